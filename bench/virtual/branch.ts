/** The demo bank's main branch in virtual time: the hub's own rules, its people's plan of the day, and an agenda that runs in order. */
import type { Actor, Quote, Role } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { branch } from '../../shared/branch/branch.ts';
import type { BranchCommand } from '../../shared/contract/commands.ts';
import { demoAccounts, demoBranches, demoPosts, demoShifts } from '../../server/demo/demo-bank.ts';
import { createCalendar } from '../../server/platform/calendar.ts';

const BRANCH = 'hq-01';
const HEARD_EVERY_MS = 20_000;
const calendar = createCalendar();
const namesOf = (role: Role): string[] =>
  demoAccounts.filter((account) => account.role === role && account.branches.includes(BRANCH)).map(({ username }) => username);
const staff = {
  ofRole: namesOf,
  roleOf: (staffId: string): Role | undefined => demoAccounts.find(({ username }) => username === staffId)?.role,
};

export const actorOf = (id: string, role: Role): Actor => ({ id, kind: role === 'clock' ? 'clock' : 'staff', role, branches: '*' });
export const manager = actorOf('manager', 'manager');
export const clock = actorOf('clock', 'clock');
const head = actorOf('head', 'head');

interface Task {
  readonly at: number;
  readonly no: number;
  run(): void;
}

export class VirtualBranch {
  state: BranchState = branch.initial(BRANCH);
  readonly log: StoredBranchEvent[] = [];
  /** What is foretold of a newcomer of a kind; without it numbers are given out with the formula's wait. */
  quote: ((kind: string) => Quote | undefined) | undefined;
  private readonly tasks: Task[] = [];
  private readonly listeners: ((events: readonly StoredBranchEvent[]) => void)[] = [];
  private planned = 0;
  private ids = 0;

  /** In business from `now` on (hub ms), everybody at work as the demo plans it for that weekday (Monday is 0). */
  constructor(
    public now: number,
    weekday: number,
  ) {
    const found = demoBranches.find(({ id }) => id === BRANCH);
    if (found === undefined) throw new Error(`the demo bank has no ${BRANCH}`);
    this.do({ type: 'branch.configure', config: found.config }, head);
    for (const { staffId, kind } of demoPosts) this.do({ type: 'post.take', staffId, kind }, head);
    this.do({ type: 'branch.setPhase', phase: 'business' }, head);
    const date = this.state.day?.date ?? '';
    this.do({ type: 'roster.setDay', date, shifts: demoShifts(weekday), dutyId: 'head' }, head);
    const hear = (): void => {
      for (const { id } of found.config.machines ?? [])
        this.do({ type: 'machine.hear', machineId: id, reports: [{ at: this.now, status: { device: 'online' } }] }, actorOf(id, 'machine'));
      this.after(HEARD_EVERY_MS, hear);
    };
    hear();
  }

  onEvents(listener: (events: readonly StoredBranchEvent[]) => void): void {
    this.listeners.push(listener);
  }

  after(ms: number, run: () => void): void {
    this.at(this.now + ms, run);
  }

  at(at: number, run: () => void): void {
    this.planned += 1;
    const task = { at: Math.max(this.now, Math.round(at)), no: this.planned, run };
    let low = 0;
    let high = this.tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tasks[middle] as Task).at <= task.at) low = middle + 1;
      else high = middle;
    }
    this.tasks.splice(low, 0, task);
  }

  /** What is planned and what is due, in order, until `until`. */
  run(until: number): void {
    for (;;) {
      const due = branch.due(this.state) ?? Number.POSITIVE_INFINITY;
      const task = this.tasks[0];
      const next = Math.min(due, task?.at ?? Number.POSITIVE_INFINITY);
      if (next > until) break;
      this.now = Math.max(this.now, next);
      if (due <= next) this.do({ type: 'clock.tick' }, clock);
      else this.tasks.shift()?.run();
    }
    this.now = until;
  }

  /** What a rule refuses does not happen: answers undefined. */
  try(command: BranchCommand, by: Actor = manager): Readonly<Record<string, unknown>> | undefined {
    const context = {
      now: this.now,
      actor: by,
      newId: () => `id-${++this.ids}`,
      calendar,
      staff,
      ...(this.quote && { quote: this.quote }),
    };
    const decision = branch.decide(this.state, command, context);
    if (!decision.ok) return undefined;
    this.state = decision.state;
    this.log.push(...decision.events);
    for (const listener of this.listeners) listener(decision.events);
    return { ...decision.result };
  }

  private do(command: BranchCommand, by: Actor): void {
    if (this.try(command, by) === undefined) throw new Error(`${command.type} was refused`);
  }
}
