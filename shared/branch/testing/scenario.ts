/** Given / when / then for the branch core: a branch in Shanghai, a clock of its own, ids that count. */
import type { Actor, BusinessDay, Calendar, Context, Role, StaffDirectory } from '../../aggregate.ts';
import type { BranchCommand } from '../../contract/commands.ts';
import type { BranchConfig, CounterConfig, Policy, RosterEntry } from '../../contract/config.ts';
import { defaultLimits, defaultPolicy, defaultServices } from '../../contract/default-config.ts';
import type { StoredBranchEvent } from '../branch.events.ts';
import type { BranchState, Counter, Ticket } from '../branch.state.ts';
import { branch } from '../branch.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 2026-11-23 (a Monday) 09:00 in Shanghai. */
export const NINE = Date.UTC(2026, 10, 23, 1, 0, 0);
const SHANGHAI = 8 * HOUR;

/** UTC+8 without summer time; the server's own calendar is tested against real zones. */
export const shanghai: Calendar = {
  dayOf(at, hours): BusinessDay {
    const midnight = Math.floor((at + SHANGHAI) / DAY) * DAY - SHANGHAI;
    const date = new Date(midnight + SHANGHAI).toISOString().slice(0, 10);
    const endsAt = midnight + DAY;
    return hours.roundTheClock === true ? { date, endsAt } : { date, endsAt, opensAt: midnight + 9 * HOUR, closesAt: midnight + 17 * HOUR };
  },
  addBusinessMs(at, ms, hours) {
    if (hours.roundTheClock === true) return at + ms;
    let left = ms;
    for (let from = at; ; ) {
      const { opensAt = from, closesAt = from, endsAt } = shanghai.dayOf(from, hours);
      const begins = Math.max(from, opensAt);
      const open = Math.max(0, closesAt - begins);
      if (left <= open) return begins + left;
      left -= open;
      from = endsAt;
    }
  },
  addDays(at, days) {
    return Math.floor((at + SHANGHAI) / DAY) * DAY - SHANGHAI + (days + 1) * DAY;
  },
  instantOf: (date, time) => Date.parse(`${date}T00:00:00Z`) - SHANGHAI + Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * MINUTE,
};

/** The people of the test branch: seven tellers, two lobby managers, a head, a region, a head office. */
const people: Readonly<Partial<Record<Role, readonly string[]>>> = {
  teller: [1, 2, 3, 4, 5, 6, 7].map((n) => `teller${n}`),
  manager: ['manager', 'manager2'],
  head: ['head'],
  regional: ['region'],
  headOffice: ['office'],
};

export const testStaff: StaffDirectory = {
  roleOf: (staffId) => (Object.keys(people) as Role[]).find((role) => people[role]?.includes(staffId)),
  ofRole: (role) => people[role] ?? [],
};

const cashServices = defaultServices.map(({ id }) => id).filter((id) => id !== 'account-opening' && id !== 'wealth');
const counter = (number: number, kind: CounterConfig['kind'], serviceIds: string[]): CounterConfig => ({
  id: `c${number}`,
  number,
  kind,
  serviceIds,
});

export const testConfig = (policy: Partial<Policy> = {}): BranchConfig => ({
  name: { zh: '测试支行', en: 'Test branch' },
  hours: { timeZone: 'Asia/Shanghai', roundTheClock: true, week: [null, null, null, null, null, null, null], holidays: [], makeUpDays: [] },
  services: defaultServices,
  counters: [
    counter(1, 'cash', cashServices),
    counter(2, 'cash', cashServices),
    counter(3, 'cash', cashServices),
    counter(4, 'nonCash', ['account-opening', 'wealth']),
    counter(5, 'priority', cashServices),
    counter(6, 'vip', cashServices),
    { ...counter(7, 'elastic', cashServices), actsAs: 'cash' },
  ],
  limits: defaultLimits,
  policy: { ...defaultPolicy, ...policy },
  roster: [
    ...[1, 2, 3, 4, 5, 6, 7].map((n): RosterEntry => ({ staffId: `teller${n}`, role: 'teller', counterId: `c${n}` })),
    { staffId: 'manager', role: 'manager' },
    { staffId: 'head', role: 'head' },
  ],
});

export const actor = (id: string, role: Role): Actor => ({
  id,
  kind: role === 'kiosk' ? 'device' : role === 'clock' ? 'clock' : 'staff',
  role,
  branches: ['hq'],
});
export const manager = actor('manager', 'manager');
export const head = actor('head', 'head');
export const region = actor('region', 'regional');
export const office = actor('office', 'headOffice');
export const teller = (n: number): Actor => actor(`teller${n}`, 'teller');
export const clock = actor('clock', 'clock');

export class Scenario {
  state: BranchState = branch.initial('hq');
  now = NINE;
  readonly log: StoredBranchEvent[] = [];
  private ids = 0;

  static open(policy: Partial<Policy> = {}, change: (config: BranchConfig) => BranchConfig = (config) => config): Scenario {
    const scenario = new Scenario();
    scenario.do({ type: 'branch.configure', config: change(testConfig(policy)) }, head);
    scenario.do({ type: 'branch.setPhase', phase: 'business' }, head);
    return scenario;
  }

  context(by: Actor): Context {
    return { now: this.now, actor: by, newId: () => `id-${++this.ids}`, calendar: shanghai, staff: testStaff };
  }

  /** Runs a command that must be accepted; returns its result. */
  do(command: BranchCommand, by: Actor = manager): Record<string, unknown> {
    const decision = branch.decide(this.state, command, this.context(by));
    if (!decision.ok) throw new Error(`${command.type} refused: ${decision.refusal.code} — ${decision.refusal.message}`);
    this.log.push(...decision.events);
    this.state = decision.state;
    return { ...decision.result };
  }

  /** Runs a command that must be refused; returns the code. */
  refused(command: BranchCommand, by: Actor = manager): string {
    const decision = branch.decide(this.state, command, this.context(by));
    if (decision.ok) throw new Error(`${command.type} was accepted`);
    return decision.refusal.code;
  }

  /** Lets time pass, ticking whenever something is due, as the hub does. */
  pass(ms: number): this {
    const until = this.now + ms;
    for (;;) {
      const due = branch.due(this.state);
      if (due === undefined || due > until) break;
      this.now = Math.max(this.now, due);
      this.do({ type: 'clock.tick' }, clock);
    }
    this.now = until;
    return this;
  }

  issue(serviceId = 'deposit', segment: Ticket['segment'] = 'ordinary', more: object = {}): string {
    return this.do({ type: 'ticket.issue', serviceId, segment, ...more } as BranchCommand).ticketId as string;
  }

  open(...counterIds: string[]): this {
    for (const counterId of counterIds) this.do({ type: 'counter.open', counterId });
    return this;
  }

  /** Calls the next at a counter; returns the ticket's id. */
  call(counterId = 'c1'): string {
    return this.do({ type: 'ticket.callNext', counterId }).ticketId as string;
  }

  start(counterId = 'c1', more: object = {}): this {
    this.do({ type: 'ticket.start', counterId, ...more } as BranchCommand);
    return this;
  }

  complete(counterId = 'c1'): this {
    this.do({ type: 'ticket.complete', counterId });
    return this;
  }

  ticket(id: string): Ticket {
    const ticket = this.state.tickets.get(id);
    if (ticket === undefined) throw new Error(`no ticket ${id}`);
    return ticket;
  }

  counter(id: string): Counter {
    const found = this.state.counters[id];
    if (found === undefined) throw new Error(`no counter ${id}`);
    return found;
  }

  /** Types of all events since a mark, attention apart. */
  types(since = 0): string[] {
    return this.log
      .slice(since)
      .map(({ type }) => type)
      .filter((type) => !type.startsWith('attention.'));
  }

  events<T extends StoredBranchEvent['type']>(type: T): Extract<StoredBranchEvent, { type: T }>[] {
    return this.log.filter((event): event is Extract<StoredBranchEvent, { type: T }> => event.type === type);
  }
}
