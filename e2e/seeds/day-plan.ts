/** What kind of day a seed makes: its rules, its crowd, its misfortunes. */
import type { BranchConfig, CounterConfig, RosterEntry } from '../../shared/contract/config.ts';
import { defaultLimits, defaultPolicy, defaultServices } from '../../shared/contract/default-config.ts';
import { type Random, seededRandom } from '../../simulator/random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Monday 2026-11-23, 00:00 in Shanghai, as the world's true time. */
export const MIDNIGHT = Date.UTC(2026, 10, 22, 16);
export const TELLERS = 6;

/** How the hub gets through the night: running, stopped, or asleep with its machine. */
export type Night = 'awake' | 'down' | 'asleep';

export interface Day {
  readonly opensAt: number;
  readonly closesAt: number;
  readonly lastArrivalAt: number;
  readonly nextMorningAt: number;
  readonly meanGapMs: number;
  readonly peaks: readonly (readonly [from: number, to: number])[];
  readonly night: Night;
  readonly config: BranchConfig;
  /** How many of each fault the day has. */
  readonly kills: number;
  readonly restarts: number;
  readonly clockSteps: number;
  readonly drops: number;
  readonly fullDisks: number;
}

const opensAt = MIDNIGHT + 9 * HOUR;
const closesAt = MIDNIGHT + 17 * HOUR;
const all = defaultServices.map(({ id }) => id);
const cash = defaultServices.filter(({ zone }) => zone === 'cash').map(({ id }) => id);
const workday = { opens: '09:00', closes: '17:00' };

const counters: CounterConfig[] = [
  { id: 'c1', number: 1, kind: 'cash', serviceIds: cash },
  { id: 'c2', number: 2, kind: 'cash', serviceIds: cash },
  { id: 'c3', number: 3, kind: 'cash', serviceIds: all },
  { id: 'c4', number: 4, kind: 'nonCash', serviceIds: all },
  { id: 'c5', number: 5, kind: 'priority', serviceIds: cash },
  { id: 'c6', number: 6, kind: 'elastic', actsAs: 'cash', serviceIds: all },
];

const roster: RosterEntry[] = [
  ...counters.map((counter, index): RosterEntry => ({ staffId: `teller${index + 1}`, role: 'teller', counterId: counter.id })),
  { staffId: 'manager', role: 'manager' },
  { staffId: 'head', role: 'head' },
];

function configFor(random: Random): BranchConfig {
  const policy = {
    ...defaultPolicy,
    raiseAfterMs: Math.round(random.between(5, 40)) * MINUTE,
    divertReturnMs: Math.round(random.between(3, 30)) * MINUTE,
    lateAfterCalls: Math.floor(random.between(0, 5)),
    vipOneIn: 1 + Math.floor(random.between(0, 5)),
    autoStart: random.chance(0.3),
    cashCountOnPause: random.chance(0.7),
  };
  const hours = {
    timeZone: 'Asia/Shanghai',
    roundTheClock: random.chance(0.2),
    week: [workday, workday, workday, workday, workday, null, null],
    holidays: [],
    makeUpDays: [],
  };
  return { name: { zh: '种子支行', en: 'Seed branch' }, hours, services: defaultServices, counters, limits: defaultLimits, policy, roster };
}

export function planDay(seed: number): Day {
  const random = seededRandom(seed, 'day');
  return {
    opensAt,
    closesAt,
    lastArrivalAt: closesAt + 10 * MINUTE,
    nextMorningAt: MIDNIGHT + 24 * HOUR + 30 * MINUTE,
    meanGapMs: random.between(2.5, 5.5) * MINUTE,
    peaks: [
      [MIDNIGHT + 9.5 * HOUR, MIDNIGHT + 10.5 * HOUR],
      [MIDNIGHT + 12 * HOUR, MIDNIGHT + 13 * HOUR],
    ],
    night: (['awake', 'down', 'asleep'] as const)[Math.floor(random.between(0, 3))] ?? 'awake',
    config: configFor(random),
    kills: 2 + Math.floor(random.between(0, 4)),
    restarts: Math.floor(random.between(0, 3)),
    clockSteps: Math.floor(random.between(1, 6)),
    drops: 3 + Math.floor(random.between(0, 6)),
    fullDisks: Math.floor(random.between(0, 4)),
  };
}
