/**
 * A branch's two thresholds tuned on its own days: the earlier ones are played with every candidate, and what the best comes to is shown on the
 * later ones, which it never saw, beside what the present thresholds come to there. The days are played by the very rule that advises.
 */
import type { BranchState } from '../branch/branch.state.ts';
import { adviceConfig } from '../branch/advice/advice-book.ts';
import { paceOf } from '../branch/predict/predict.ts';
import { actingKind } from '../branch/queue/eligible.ts';
import { zoneOf } from '../branch/queue/order.ts';
import type { AdviceThresholds } from '../contract/advice.ts';
import type { CounterKind } from '../contract/config.ts';
import { type Arrivals, type DayOutcome, type DaySetting, simulateDay } from './branch-day.simulation.ts';
import { BranchLessons } from './branch-lessons.ts';
import { timeOfDay } from './day-time.ts';
import { type DayFigures, DayTotals } from './day-figures.ts';
import { MOST_KINDS } from './errand-kinds.ts';
import type { DayFlow } from './flow-forecast.ts';
import { type Zone, zones } from './outlook.ts';
import { type PastCustomer, type PastDay, servedMs } from './past-day.ts';
import { ServiceLessons } from './service-times.ts';
import { type TuningGoal, tuneWindows } from './tune-windows.ts';
import { type DayKnowledge, windowRule } from './window-rule.ts';

/** Days that only teach what comes before anything is tuned on. */
const WARM_UP_DAYS = 3;
/** More recent ones tell more. */
const MOST_PLAYED_DAYS = 18;
/** Of the days played, the share that tunes; the rest shows. */
const TUNING_SHARE = 2 / 3;
/** Fewer days are not enough to tell a good threshold from a lucky one. */
export const NEEDED_DAYS = 9;
export const MOST_DAYS = WARM_UP_DAYS + MOST_PLAYED_DAYS + 21;
const SHARE_WITHIN = 0.95;
/** An opening counts as so many window-hours. */
const OPENING_HOURS = 0.02;
const MINUTE_MS = 60_000;
const HALF_DAY_MS = 12 * 3_600_000;

const openAbove = Array.from({ length: 13 }, (_none, step) => (2 + step / 2) * MINUTE_MS);
const closeBelow = [0.2, 0.4, 0.7, 1, 1.5, 2].map((minutes) => minutes * MINUTE_MS);

/** What thresholds come to, a day. */
export interface ThresholdPicture {
  readonly thresholds: AdviceThresholds;
  /** Share called within the branch's target, 0…1. */
  readonly withinTarget: number;
  readonly windowHours: number;
  readonly openings: number;
}

export interface BranchTuning {
  readonly before: ThresholdPicture;
  readonly after: ThresholdPicture;
  /** The target was reached on the days tuned on. */
  readonly reached: boolean;
  readonly tunedDays: number;
  readonly shownDays: number;
}

/** The customers of a zone and its windows, on one day. */
interface PlayedLine {
  readonly arrivals: Arrivals;
  readonly known: DayKnowledge;
  readonly rules: DaySetting['rules'];
  readonly startS: number;
  readonly endS: number;
}

/** Zones have windows of their own; one pair of thresholds holds for all of them. */
type PlayedDay = readonly PlayedLine[];

/** Yields the share done after each day played. Throws a RangeError for fewer than `NEEDED_DAYS`; days oldest first. */
export function* tuneBranch(state: BranchState, days: readonly PastDay[]): Generator<number, BranchTuning> {
  if (days.length < NEEDED_DAYS) throw new RangeError(`tuning needs ${NEEDED_DAYS} business days, not ${days.length}`);
  const played: PlayedDay[] = [];
  for (const day of playable(state, days)) {
    played.push(day);
    yield 0;
  }
  const recent = played.slice(-MOST_PLAYED_DAYS);
  const tuned = recent.slice(0, Math.ceil(recent.length * TUNING_SHARE));
  const shown = recent.slice(tuned.length);
  const { thresholds } = adviceConfig(state);
  const goal: TuningGoal = {
    withinS: (state.config?.policy.servedTargetMs ?? 0) / 1_000,
    share: SHARE_WITHIN,
    openingHours: OPENING_HOURS,
  };
  const candidates = [
    thresholds,
    ...openAbove.flatMap((open) => closeBelow.filter((close) => close < open).map((close) => ({ openAboveMs: open, closeBelowMs: close }))),
  ];
  const playLine = (limits: AdviceThresholds, { arrivals, known, rules, startS, endS }: PlayedLine): DayOutcome => {
    const atFirst = Math.min(rules.most, Math.max(rules.fewest, Math.round(loadOf(known, startS))));
    const windows = Array.from({ length: rules.most }, (_none, place) => (place < atFirst ? { openedAtS: startS } : {}));
    return simulateDay(arrivals, { startS, doorsCloseS: endS, windows, rules }, windowRule(limits, rules, known, startS));
  };
  const play = (limits: AdviceThresholds, day: PlayedDay): DayOutcome => together(day.map((line) => playLine(limits, line)));
  const tuning = tuneWindows(candidates, tuned.length, (limits, day) => play(limits, tuned[day] as PlayedDay), goal);
  let step = tuning.next();
  while (step.done !== true) {
    yield step.value.done / step.value.of;
    step = tuning.next();
  }
  const { best, reached } = step.value;
  const picture = (limits: AdviceThresholds): ThresholdPicture => {
    const totals = new DayTotals(goal.withinS, false);
    for (const day of shown) totals.add(play(limits, day));
    return pictureOf(limits, totals.figures());
  };
  return {
    before: picture(thresholds),
    after: picture(best.candidate),
    reached,
    tunedDays: tuned.length,
    shownDays: shown.length,
  };
}

const pictureOf = (thresholds: AdviceThresholds, { within, windowHours, openings }: DayFigures): ThresholdPicture => ({
  thresholds,
  withinTarget: within,
  windowHours,
  openings,
});

/** What all lines of a day came to. */
function together(lines: readonly DayOutcome[]): DayOutcome {
  const sum = (figure: (one: DayOutcome) => number): number => lines.reduce((all, one) => all + figure(one), 0);
  return {
    waitS: Float64Array.from(lines.flatMap(({ waitS }) => [...waitS])),
    left: sum(({ left }) => left),
    openS: sum(({ openS }) => openS),
    staffedS: sum(({ staffedS }) => staffedS),
    openings: sum(({ openings }) => openings),
    lastServedS: Math.max(0, ...lines.map(({ lastServedS }) => lastServedS)),
  };
}

const windowsOf: Readonly<Record<Zone, readonly CounterKind[]>> = { cash: ['cash', 'priority'], nonCash: ['nonCash', 'corporate'] };

/** The windows of a zone and the branch's bounds on them; undefined where it has none. */
function rulesOf(state: BranchState, zone: Zone): DaySetting['rules'] | undefined {
  const { timeToOpenMs, minOpenMs } = adviceConfig(state);
  const windows = state.config?.counters.filter((config) => windowsOf[zone].includes(actingKind(config))).length ?? 0;
  return windows === 0 ? undefined : { toOpenS: timeToOpenMs / 1_000, leastOpenS: minOpenMs / 1_000, fewest: 1, most: windows };
}

/** Windows' worth of work in the first hour. */
function loadOf({ flow, services }: DayKnowledge, startS: number): number {
  const first = Math.floor(startS / 300);
  const coming = flow.slots.slice(first, first + 12).reduce((sum, one) => sum + one, 0);
  return (coming * services.meanS) / 3_600;
}

/** What a zone's earlier days teach of its services. */
class ZoneLessons {
  private readonly kinds = new Map<string, number>();
  private readonly times: ServiceLessons;

  constructor(
    state: BranchState,
    readonly zone: Zone,
    readonly rules: DaySetting['rules'],
  ) {
    const services = (state.config?.services ?? []).filter((service) => service.zone === zone);
    for (const { id } of services) this.kindOf(id);
    const usual = services.reduce((sum, { id }) => sum + paceOf(state, id), 0) / Math.max(1, services.length);
    this.times = new ServiceLessons(Math.min(MOST_KINDS, Math.max(1, this.kinds.size)), usual / 1_000);
  }

  /** Undefined on a day on which nobody came for it. */
  line(day: PastDay, served: readonly PastCustomer[], flow: DayFlow): PlayedLine | undefined {
    const [first, last] = [served[0], served.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    return {
      arrivals: {
        arrivesS: Float64Array.from(served, ({ arrivedAt }) => timeOfDay(arrivedAt, day) / 1_000),
        serviceS: Float64Array.from(served, (customer) => (servedMs(customer) ?? 0) / 1_000),
        kind: Uint8Array.from(served, ({ serviceId }) => this.kindOf(serviceId)),
      },
      known: { flow, services: this.times.freeze() },
      rules: this.rules,
      startS: timeOfDay(day.opensAt ?? first.arrivedAt, day) / 1_000,
      endS: timeOfDay(Math.max(day.closesAt ?? 0, last.arrivedAt), day) / 1_000,
    };
  }

  learn(served: readonly PastCustomer[]): void {
    for (const customer of served) this.times.learn(this.kindOf(customer.serviceId), (servedMs(customer) ?? 0) / 1_000);
  }

  private kindOf(serviceId: string): number {
    const known = this.kinds.get(serviceId) ?? Math.min(this.kinds.size, MOST_KINDS - 1);
    this.kinds.set(serviceId, known);
    return known;
  }
}

/** Customers who were served, by zone, each day with what the days before it teach. */
function* playable(state: BranchState, days: readonly PastDay[]): Generator<PlayedDay, void> {
  const lessons = new BranchLessons(state);
  const ofZones = zones.flatMap((zone) => {
    const rules = rulesOf(state, zone);
    return rules === undefined ? [] : new ZoneLessons(state, zone, rules);
  });
  const servedIn = (day: PastDay, zone: Zone): readonly PastCustomer[] =>
    day.customers.filter((customer) => {
      const tookMs = servedMs(customer) ?? 0;
      return tookMs > 0 && tookMs < HALF_DAY_MS && zoneOf(state, customer.serviceId) === zone;
    });
  for (const [index, day] of days.entries()) {
    const lines = ofZones.flatMap((one) => one.line(day, servedIn(day, one.zone), lessons.day(one.zone, lessons.traitsOf(day))) ?? []);
    if (index >= WARM_UP_DAYS && lines.length > 0) yield lines;
    lessons.learn(day);
    for (const one of ofZones) one.learn(servedIn(day, one.zone));
  }
}
