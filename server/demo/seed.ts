/** Makes the demo bank on the normal road. Asked for by the demo launcher only: production has no default account. */
import type { Actor } from '../../shared/aggregate.ts';
import type { BankCommand } from '../../shared/bank/bank.commands.ts';
import { dateAfter, weekOf } from '../../shared/branch/people/dates.ts';
import { dayOf } from '../../shared/branch/people/roster.ts';
import type { BranchCommand } from '../../shared/contract/commands.ts';
import { hashPassword } from '../auth/passwords.ts';
import { putDeviceToken, putPerson, setPinHash } from '../auth/people.ts';
import type { ExecuteBankOptions, Hub } from '../hub/hub.types.ts';
import type { Ids } from '../platform/ids.ts';
import { DEMO_PASSWORD, DEMO_PIN, demoAccounts, demoBranches, demoDevices, demoPosts, demoShifts, WITHOUT_PIN } from './demo-bank.ts';

const actor: Actor = { id: 'demo', kind: 'staff', role: 'admin', branches: '*' };

/** Carries on where an interrupted seeding stopped; does nothing on a seeded bank. The hub must be started. */
export async function seedDemo(hub: Hub, ids: Ids): Promise<void> {
  const options = (body: object) => ({ actor, commandId: ids.newId(), body });

  async function ofBank(command: BankCommand, write?: ExecuteBankOptions['write']): Promise<void> {
    const outcome = await hub.executeBank(command, { ...options(command), write });
    if (!outcome.ok) throw new Error(`the demo bank: ${command.type} was refused (${outcome.code})`);
  }
  async function ofBranch(branchId: string, command: BranchCommand): Promise<void> {
    const outcome = await hub.execute(branchId, command, options(command));
    if (!outcome.ok) throw new Error(`the demo bank: ${command.type} in ${branchId} was refused (${outcome.code})`);
  }

  /** The running week and the one after it: the days that have no plan yet. */
  async function planWeeks(branchId: string): Promise<void> {
    const today = hub.state(branchId)?.day?.date;
    if (today === undefined) return;
    const days = [...weekOf(today), ...weekOf(dateAfter(today, 7))];
    const plans = days.flatMap((date, index): BranchCommand[] => {
      const state = hub.state(branchId);
      if (date < today || state === undefined || dayOf(state, date) !== undefined) return [];
      return [{ type: 'roster.setDay', date, shifts: demoShifts(index % 7), dutyId: 'head' }];
    });
    // Together, so that they share a commit. A roster changed since may refuse the demo's plan: that day is then left to its people.
    await Promise.all(plans.map((plan) => hub.execute(branchId, plan, options(plan))));
  }

  for (const { id, config } of demoBranches) {
    if (hub.bank().branches.get(id) === undefined) await ofBank({ type: 'branch.create', branchId: id, kind: 'branch', name: config.name });
    if (hub.state(id)?.config === undefined) await ofBranch(id, { type: 'branch.configure', config });
    // A demo bank made before it had machines gets them.
    const { machines } = config;
    if (machines !== undefined && hub.state(id)?.config?.machines === undefined)
      await ofBranch(id, { type: 'branch.configure', config: { machines } });
    // One made before it had a staff plan gets that, too.
    const unstaffed = config.people !== undefined && hub.state(id)?.config?.people === undefined;
    if (unstaffed) await ofBranch(id, { type: 'branch.configure', config: { people: config.people, roster: config.roster } });
    const opened = hub.eventsAfter(id, 0, 100).some((event) => event.type === 'branch.phaseSet');
    if (config.people !== undefined && (unstaffed || !opened))
      await Promise.all(demoPosts.map(({ staffId, kind }) => ofBranch(id, { type: 'post.take', staffId, kind })));
    if (!opened) await ofBranch(id, { type: 'branch.setPhase', phase: 'business' });
    if (config.people !== undefined) await planWeeks(id);
  }
  const missing = demoAccounts.filter(({ username }) => hub.bank().accounts.get(username) === undefined);
  const hashes = await Promise.all(missing.map(() => Promise.all([hashPassword(DEMO_PASSWORD), hashPassword(DEMO_PIN)])));
  // In their order, whichever hash was ready first: the first lobby manager of the bank is the first of the list.
  await Promise.all(
    missing.map(async ({ username, name, role, branches }, index) => {
      const [passwordHash = '', pinHash = ''] = hashes[index] ?? [];
      await ofBank({ type: 'account.create', username, role, branches: [...branches] }, (db) => {
        putPerson(db, { username, name, passwordHash });
        if (username !== WITHOUT_PIN) setPinHash(db, username, pinHash);
      });
    }),
  );
  for (const { id, kind, branchId, token } of demoDevices) {
    if (hub.bank().devices.get(id) === undefined)
      await ofBank({ type: 'device.create', deviceId: id, kind, branchId }, (db) => putDeviceToken(db, id, token));
  }
}
