/**
 * Calls played in order of time. Each forecast is made at the second of joining, from what was seen in earlier seconds alone; at the
 * start of each day the learner is taught anew with what earlier days brought, and bins are set anew.
 */
import { LineForecaster } from '../../shared/forecast/forecaster.ts';
import type { Customer, LineEvent } from '../../shared/forecast/line.ts';
import { LineState } from '../../shared/forecast/line.state.ts';
import { WaitModelFit } from '../../shared/forecast/wait-model.ts';
import { type Call, isScored } from './calls-file.ts';
import { callCalendar, DESCRIBED_CREDIT_S, eventsOf, FOUND_CREDIT_S } from './events.ts';
import { Recalibration } from './recalibrate.ts';
import { REFERENCES, type Reference, referenceWaits } from './references.ts';
import type { Forecast } from './score.ts';

/** Without a first day to score: so many days only teach. */
export const WARM_UP_DAYS = 7;
/** The calibration needs forecasts of a taught learner: so many days before the first that is scored the learner begins. */
const TAUGHT_BEFORE_DAYS = 5;
const ENOUGH_LESSONS = 200;

export interface Replayed {
  readonly call: Call;
  readonly forecasts: ReadonlyMap<string, Forecast>;
}

export interface ReplayOptions {
  /** Days before it only teach. */
  readonly scoreFrom: string;
  readonly seed: number;
  /** Told of each day's teaching. */
  readonly onTaught?: (date: string, lessons: number, ms: number) => void;
}

export function replay(calls: readonly Call[], { scoreFrom, seed, onTaught }: ReplayOptions): Replayed[] {
  const dates = [...new Set(calls.map((call) => call.date))].sort();
  const firstScored = dates.findIndex((date) => date >= scoreFrom);
  if (firstScored === -1) throw new Error(`no day at or after ${scoreFrom}: the files end with ${dates.at(-1)}`);
  const teachFrom = dates[Math.max(0, firstScored - TAUGHT_BEFORE_DAYS)] as string;
  const ours = new LineForecaster({ calendar: callCalendar });
  const described = new Referees(REFERENCES);
  // Our find about the order of calling, given to the formula too: how much of the gain is learning.
  const informed = new Referees(['formula'], '-found-order');
  const results: Replayed[] = [];
  const said = new Map<string, { readonly call: Call; readonly forecasts: ReadonlyMap<string, Forecast> }>();
  const found = eventsOf(calls, FOUND_CREDIT_S);
  const plain = eventsOf(calls, DESCRIBED_CREDIT_S);
  let date = '';
  for (let from = 0; from < found.length; ) {
    const at = (found[from] as (typeof found)[number]).event.at;
    let to = from;
    while (to < found.length && found[to]?.event.at === at) to += 1;
    const today = new Date(at).toISOString().slice(0, 10);
    if (today !== date) {
      date = today;
      described.refit();
      informed.refit();
      if (date >= teachFrom) teach(ours, date, seed, onTaught);
    }
    // All of a second's forecasts first, then all that happened in it.
    for (let index = from; index < to; index += 1) {
      const { event, call } = found[index] as (typeof found)[number];
      if (event.type !== 'joined' || call === undefined) continue;
      const reference = (plain[index] as (typeof plain)[number]).event;
      if (reference.type === 'joined')
        said.set(event.id, { call, forecasts: forecastsOf(ours, described, informed, event, reference, date >= teachFrom) });
    }
    for (let index = from; index < to; index += 1) {
      const { event } = found[index] as (typeof found)[number];
      if (event.type === 'started' && event.id !== undefined) {
        const one = said.get(event.id);
        if (one !== undefined && isScored(one.call)) {
          described.learn(event.id, one.call.waitS);
          informed.learn(event.id, one.call.waitS);
          if (one.call.date >= scoreFrom) results.push(one);
        }
      }
      ours.observe(event);
      informed.state.apply(event);
      described.state.apply((plain[index] as (typeof plain)[number]).event);
    }
    from = to;
  }
  return results;
}

function teach(ours: LineForecaster, date: string, seed: number, onTaught: ReplayOptions['onTaught']): void {
  const startedAt = performance.now();
  const lessons = ours.lessons();
  if (lessons.waitsS.length < ENOUGH_LESSONS) return;
  ours.adopt(new WaitModelFit(lessons, seed).finish());
  onTaught?.(date, lessons.waitsS.length, performance.now() - startedAt);
}

/** The line in one order of calling, and what the formulas said of it before. */
class Referees {
  readonly state = new LineState(callCalendar);
  private readonly recalibrations: ReadonlyMap<Reference, Recalibration>;
  private readonly said = new Map<string, Record<Reference, number>>();
  private nominal = { sum: 0, count: 0, agents: 8 };

  constructor(
    private readonly names: readonly Reference[],
    private readonly suffix = '',
  ) {
    this.recalibrations = new Map(names.map((name) => [name, new Recalibration()]));
  }

  forecast(at: number, customer: Customer): Map<string, Forecast> {
    const waits = referenceWaits(this.state, at, customer, this.nominal.agents);
    this.said.set(customer.id, waits);
    this.nominal.sum += this.state.activeWithin(900_000);
    this.nominal.count += 1;
    const forecasts = new Map<string, Forecast>();
    for (const name of this.names) {
      forecasts.set(`${name}${this.suffix}`, { q50: waits[name] });
      const recalibrated = this.recalibrations.get(name)?.apply(waits[name]);
      if (recalibrated !== undefined) forecasts.set(`${name}${this.suffix}-recalibrated`, recalibrated);
    }
    return forecasts;
  }

  learn(id: string, waitS: number): void {
    const waits = this.said.get(id);
    this.said.delete(id);
    if (waits !== undefined) for (const name of this.names) this.recalibrations.get(name)?.add(waits[name], waitS);
  }

  /** The number of agents a planner would name: the mean of earlier days. */
  refit(): void {
    for (const recalibration of this.recalibrations.values()) recalibration.refit();
    if (this.nominal.count > 0) this.nominal.agents = this.nominal.sum / this.nominal.count;
  }
}

type Joined = LineEvent & { readonly type: 'joined' };

function forecastsOf(
  ours: LineForecaster,
  described: Referees,
  informed: Referees,
  event: Joined,
  reference: Joined,
  taught: boolean,
): Map<string, Forecast> {
  const { at } = event;
  const forecasts = new Map([
    ...described.forecast(at, { ...reference, joinedAt: at }),
    ...informed.forecast(at, { ...event, joinedAt: at }),
  ]);
  if (!taught) return forecasts;
  const { forecast, simulated, learnt } = ours.detail(at, { ...event, joinedAt: at });
  for (const [name, { q10Ms, q50Ms, q90Ms }] of [
    ['simulation', simulated],
    ['learner', learnt],
    ['ours', forecast],
  ] as const)
    forecasts.set(name, { q10: q10Ms / 1_000, q50: q50Ms / 1_000, q90: q90Ms / 1_000 });
  return forecasts;
}
