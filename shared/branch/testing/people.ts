/** Given / when / then for people: the test branch with a roster, shift templates and rules, keeping the posted hours of nine to five. */
import type { BranchConfig, RosterEntry } from '../../contract/config.ts';
import type { PeopleRules } from '../../contract/people.ts';
import type { BranchCommand, CommandOf } from '../../contract/commands.ts';
import { head, Scenario } from './scenario.ts';

type People = NonNullable<BranchConfig['people']>;

/** 09:00 of the scenario's first day, a Monday. */
export const MONDAY = '2026-11-23';
export const TUESDAY = '2026-11-24';

export const dayShift = {
  id: 'day',
  name: { zh: '白班', en: 'Day' },
  from: '08:30',
  until: '17:30',
  breaks: [{ earliest: '11:30', latest: '13:00', lengthMs: 3_600_000 }],
};
const lateShift = { id: 'late', name: { zh: '晚班', en: 'Late' }, from: '13:00', until: '21:00', breaks: [] };
const nightShift = { id: 'night', name: { zh: '夜班', en: 'Night' }, from: '22:00', until: '06:00', breaks: [] };

const roster: RosterEntry[] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((n): RosterEntry => ({ staffId: `teller${n}`, role: 'teller', counterId: `c${n}` })),
  { staffId: 'manager', role: 'manager' },
  { staffId: 'manager2', role: 'deputyManager' },
  { staffId: 'head', role: 'head' },
  { staffId: 'guard1', role: 'guard' },
];

/** Nothing watched unless a test asks for it. */
const quiet: Partial<PeopleRules> = {
  lobby: 0,
  lobbyBusy: 0,
  cashTellers: 0,
  nonCashTellers: 0,
  headReachable: false,
  headOnFloorBy: null,
  guards: 0,
  arrivalGraceMs: null,
  breakOverrunMs: null,
  placeOpenAheadMs: null,
  swapAnswerMs: null,
};

export interface PeopleOf {
  readonly rules?: Partial<PeopleRules>;
  readonly certificates?: People['certificates'];
  readonly roster?: (roster: RosterEntry[]) => RosterEntry[];
}

/** The same branch round the clock, with every rule on: for days on which anything may happen. */
export const anyPeople = (config: BranchConfig): BranchConfig => ({
  ...config,
  roster,
  people: { shifts: [dayShift, lateShift, nightShift], rules: { lobbyBusy: 2, busyWaiting: 3, busyAfterMs: 60_000, breakAfterWorkMs: 0 } },
});

export function staffed({ rules = {}, certificates, roster: change = (same) => same }: PeopleOf = {}): Scenario {
  return Scenario.open({}, (config) => ({
    ...config,
    roster: change(roster),
    hours: { ...config.hours, roundTheClock: false },
    people: { shifts: [dayShift, lateShift, nightShift], rules: { ...quiet, ...rules }, ...(certificates && { certificates }) },
  }));
}

/** Plans these people for the day shift of a date. */
export function plan(s: Scenario, date: string, ...staffIds: string[]): Record<string, unknown> {
  return s.do({ type: 'roster.setDay', date, shifts: staffIds.map((staffId) => ({ staffId, shiftId: 'day' })) }, head);
}

export const kindsOf = (s: Scenario): string[] =>
  Object.values(s.state.attention)
    .map(({ kind }) => kind)
    .sort();

export const setShift = (date: string, staffId: string, shift: CommandOf<'roster.setShift'>['shift']): BranchCommand => ({
  type: 'roster.setShift',
  date,
  staffId,
  shift,
});
