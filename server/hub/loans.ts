/** Carries what the bank decided about loans of people into both branches; looks again at every start, so that nothing is lost between. */
import { clockActor } from '../../shared/aggregate.ts';
import type { StaffLoan, StoredBankEvent } from '../../shared/bank/bank.state.ts';
import type { BranchCommand } from '../../shared/contract/commands.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { Hub } from './hub.types.ts';

interface Parts {
  readonly hub: Hub;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Loans {
  follow(events: readonly StoredBankEvent[]): void;
  /** Once the hub runs. */
  start(): void;
}

export function createLoans({ hub, ids, clock, log }: Parts): Loans {
  async function tell(branchId: string, command: BranchCommand): Promise<void> {
    const outcome = await hub.execute(branchId, command, { actor: clockActor, commandId: ids.newId(), body: command });
    if (!outcome.ok) log.error({ branch: branchId, code: outcome.code, type: command.type }, 'a loan could not be told to a branch');
  }

  async function begin({ id: loanId, staffId, date, fromBranchId, toBranchId }: StaffLoan): Promise<void> {
    const entry = hub.state(fromBranchId)?.config?.roster.find((one) => one.staffId === staffId);
    if (entry === undefined) {
      log.warn({ branch: fromBranchId }, 'a person lent is not on the roster of their branch');
      return;
    }
    // The counter is one of the home branch.
    const { counterId: _home, ...skills } = entry;
    const tasks: Promise<void>[] = [];
    if (hub.state(fromBranchId)?.people.loans[loanId] === undefined)
      tasks.push(tell(fromBranchId, { type: 'staff.lend', loanId, staffId, date, toBranchId }));
    if (hub.state(toBranchId)?.people.loans[loanId] === undefined)
      tasks.push(tell(toBranchId, { type: 'staff.borrow', loanId, staffId, date, fromBranchId, entry: skills }));
    await Promise.all(tasks);
  }

  /** Ended at the bank: no branch goes by it any more. */
  async function endStale(): Promise<void> {
    const { branches, loans } = hub.bank();
    const stale = [...branches.values()].flatMap(({ id }) =>
      Object.keys(hub.state(id)?.people.loans ?? {}).flatMap((loanId) => (loans.get(loanId) === undefined ? [{ id, loanId }] : [])),
    );
    await Promise.all(stale.map(({ id, loanId }) => tell(id, { type: 'staff.endLoan', loanId })));
  }

  async function reconcile(): Promise<void> {
    const now = clock.now();
    for (const loan of hub.bank().loans.values()) if (loan.untilAt > now) await begin(loan);
    await endStale();
  }

  const run = (): void => void reconcile().catch((error: unknown) => log.error({ err: error }, 'loans could not be told to the branches'));
  return {
    follow: (events) => {
      if (events.some(({ type }) => type === 'loan.made' || type === 'loan.ended')) run();
    },
    start: run,
  };
}
