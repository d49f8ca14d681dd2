/**
 * `npm run bench -- windows --calls FILE… [--score-from DATE] [--thin 0.5] [--seeds 20] [--opens 08:00] [--closes 18:00]
 * [--fewest 2] [--most 8]`: when to open and close windows, ours and what it is held against, on the customers and services of call-by-call
 * files. One JSON line a policy. Everything is tuned on the days before `--score-from` (default: the last third of the days is scored).
 */
import { parseArgs } from 'node:util';
import type { Arrivals, DaySetting, WindowRule } from '../../shared/forecast/branch-day.simulation.ts';
import { simulateDay } from '../../shared/forecast/branch-day.simulation.ts';
import { type DayFigures, DayTotals } from '../../shared/forecast/day-figures.ts';
import { bestOf, type Tried, tuneWindows } from '../../shared/forecast/tune-windows.ts';
import { type WindowLimits, windowRule } from '../../shared/forecast/window-rule.ts';
import { type Call, readCalls } from '../forecast/calls-file.ts';
import type { Bench } from '../support/report.ts';
import { daysOf, type Hours, thinned, type WindowDay } from './days.ts';
import { clairvoyantRule, type LineLimits, thresholdRule } from './rivals.ts';

const WITHIN_S = 300;
const TO_OPEN_S = 180;
const LEAST_OPEN_S = 900;
/** Days that only teach what comes before anything is tuned on. */
const WARM_UP_DAYS = 3;
/** Most recent days to tune on, and how often each is thinned anew. */
const TUNING_DAYS = 15;
const TUNING_SEEDS = 2;
/** Coins of tuning days are others than those of scored days. */
const TUNING_SEED = 10_000;
/** An opening counts as so many window-hours, for every policy alike (beside the 3 minutes it takes). */
const OPENING_HOURS = 0.02;
const COMPARED_AT = [0.9, 0.95, 0.97] as const;
/** A policy's own line is drawn through what it comes to when tuned for each of these. */
const LINE_AT = [0.85, 0.88, 0.9, 0.92, 0.935, 0.95, 0.965, 0.975, 0.985] as const;

export interface WindowsOptions extends Hours {
  readonly scoreFrom: string | undefined;
  readonly thin: number;
  readonly seeds: number;
  readonly fewest: number;
  readonly most: number;
}

/** A family of rules with one parameter set to tune. */
interface Family<Candidate> {
  readonly name: string;
  readonly candidates: readonly Candidate[];
  rule(candidate: Candidate, day: WindowDay, arrivals: Arrivals): WindowRule | undefined;
}

export function runWindows(bench: Bench, args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      calls: { type: 'string', multiple: true, default: [] },
      'score-from': { type: 'string' },
      thin: { type: 'string', default: '0.5' },
      seeds: { type: 'string', default: '20' },
      opens: { type: 'string', default: '08:00' },
      closes: { type: 'string', default: '18:00' },
      fewest: { type: 'string', default: '2' },
      most: { type: 'string', default: '8' },
    },
  });
  const files = [...values.calls, ...positionals];
  if (files.length === 0) throw new Error('name at least one file: npm run bench -- windows --calls FILE…');
  const thin = Number(values.thin);
  if (!(thin > 0 && thin <= 1)) throw new Error(`--thin is a share above 0 and at most 1, not ${values.thin}`);
  windowsBench(
    bench,
    files.flatMap((file) => readCalls(file)),
    {
      scoreFrom: values['score-from'],
      thin,
      seeds: wholeNumber('--seeds', values.seeds),
      opensS: timeOfDay('--opens', values.opens),
      closesS: timeOfDay('--closes', values.closes),
      fewest: wholeNumber('--fewest', values.fewest),
      most: wholeNumber('--most', values.most),
    },
  );
}

export function windowsBench(bench: Bench, calls: readonly Call[], options: WindowsOptions): void {
  const startedAt = performance.now();
  const days = daysOf(calls, options, options.thin);
  const from = options.scoreFrom ?? days[Math.floor((days.length * 2) / 3)]?.date ?? '';
  const earlier = days
    .filter(({ date }) => date < from)
    .slice(WARM_UP_DAYS)
    .slice(-TUNING_DAYS);
  const scored = days.filter(({ date }) => date >= from);
  if (earlier.length === 0 || scored.length === 0)
    throw new Error(
      `${days.length} business days, ${scored.length} of them from ${from}: some to score and more than ${WARM_UP_DAYS} before them are needed`,
    );
  bench.log(
    `windows: tuned on ${earlier.length} days ${earlier[0]?.date} … ${earlier.at(-1)?.date}, scored on ${scored.length} from ${from}`,
  );
  const table = new Table(earlier, scored, options, from);
  table.fixed(3);
  table.fixed(4);
  table.family(lineThreshold('threshold', 'waiting'));
  table.family(lineThreshold('thresholdInSystem', 'inSystem'));
  table.family(ours(options));
  table.family(clairvoyant(options));
  table.goals();
  bench.log(`windows: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_none, index) => from + index * step);

function lineThreshold(name: string, counting: LineLimits['counting']): Family<LineLimits> {
  const [opens, closes] =
    counting === 'waiting'
      ? [range(0.5, 2.5, 0.125), [0.01, 0.2, 0.35, 0.5, 0.75]]
      : [range(1.5, 3.3, 0.1), [0.34, 0.51, 0.67, 0.8, 0.9, 1, 1.1]];
  const candidates = opens.flatMap((openAbove) => closes.map((closeBelow): LineLimits => ({ openAbove, closeBelow, counting })));
  return { name, candidates: candidates.filter(({ openAbove, closeBelow }) => closeBelow < openAbove), rule: thresholdRule };
}

function ours(options: WindowsOptions): Family<WindowLimits> {
  const candidates = range(3, 8, 0.5).flatMap((open) =>
    [0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8].map((close): WindowLimits => ({ openAboveMs: open * 60_000, closeBelowMs: close * 60_000 })),
  );
  return {
    name: 'ours',
    candidates,
    rule: (limits, { known }) => windowRule(limits, rulesOf(options), known, options.opensS),
  };
}

function clairvoyant(options: WindowsOptions): Family<number> {
  return {
    name: 'clairvoyant',
    candidates: range(-0.6, 1.4, 0.1),
    rule: (beta, _day, arrivals) => clairvoyantRule(arrivals, beta, options, TO_OPEN_S),
  };
}

const rulesOf = ({ fewest, most }: WindowsOptions): DaySetting['rules'] => ({ toOpenS: TO_OPEN_S, leastOpenS: LEAST_OPEN_S, fewest, most });

/** Plays, tunes and prints. */
class Table {
  private readonly tuningDays: readonly { readonly day: WindowDay; readonly arrivals: Arrivals }[];
  private readonly scoredDays: typeof this.tuningDays;
  /** What each family comes to on the scored days, tuned for one service level after another. */
  private readonly lines = new Map<string, readonly DayFigures[]>();
  private readonly startWith: number;

  constructor(
    earlier: readonly WindowDay[],
    scored: readonly WindowDay[],
    private readonly options: WindowsOptions,
    private readonly from: string,
  ) {
    const { thin, seeds, fewest } = options;
    const all = (days: readonly WindowDay[], times: number, first: number): typeof this.tuningDays =>
      days.flatMap((day) => range(1, times, 1).map((seed) => ({ day, arrivals: thinned(day, thin, first + seed) })));
    this.tuningDays = all(earlier, TUNING_SEEDS, TUNING_SEED);
    this.scoredDays = all(scored, seeds, 0);
    this.startWith = Math.max(fewest, Math.round(usualLoad(earlier, options)));
  }

  fixed(windows: number): void {
    this.print(
      `fixed${windows}`,
      this.score((): undefined => undefined, windows),
      {},
    );
  }

  family<Candidate>(family: Family<Candidate>): void {
    const tuning = tuneWindows(
      family.candidates,
      this.tuningDays.length,
      (candidate, index) => {
        const { day, arrivals } = this.tuningDays[index] as (typeof this.tuningDays)[number];
        return this.play(arrivals, family.rule(candidate, day, arrivals), this.startWith);
      },
      goalAt(0.95),
    );
    let step = tuning.next();
    while (step.done !== true) step = tuning.next();
    const { tried } = step.value;
    const known = new Map<Candidate, DayFigures>();
    const scoreOf = ({ candidate }: Tried<Candidate>): DayFigures => {
      const figures = known.get(candidate) ?? this.score((day, arrivals) => family.rule(candidate, day, arrivals), this.startWith);
      known.set(candidate, figures);
      return figures;
    };
    for (const share of [0.9, 0.95]) {
      const { best, reached } = bestOf(tried, goalAt(share));
      const tuned = { share, reached, within5: round(best.figures.within), windowHours: round(best.figures.windowHours) };
      this.print(share === 0.95 ? family.name : `${family.name}.${share * 100}`, scoreOf(best), { limits: best.candidate, tuned });
    }
    const line = LINE_AT.map((share) => scoreOf(bestOf(tried, goalAt(share)).best)).sort((a, b) => a.within - b.within);
    this.lines.set(family.name, line);
    for (const share of COMPARED_AT) {
      const between = at(line, share);
      if (between !== undefined) this.print(`${family.name}@${share * 100}`, between, { interpolated: true });
    }
  }

  /** Ours at equal service: window-hours and openings over those of each rival, from the policies' own lines. */
  goals(): void {
    const mine = this.lines.get('ours') ?? [];
    for (const rival of ['threshold', 'thresholdInSystem', 'clairvoyant']) {
      for (const share of COMPARED_AT) {
        const [ours, theirs] = [at(mine, share), at(this.lines.get(rival) ?? [], share)];
        if (ours === undefined || theirs === undefined) continue;
        const hours = round(ours.windowHours / theirs.windowHours);
        const openings = round(ours.openings / Math.max(1e-9, theirs.openings));
        const goal = rival === 'clairvoyant' ? {} : { goal: 'hours <= 0.95, openings < 1', ok: hours <= 0.95 && openings < 1 };
        write({ bench: 'windows', goalOf: `ours@${share * 100}`, over: rival, hours, openings, ...goal });
      }
    }
  }

  private score(ruleOf: (day: WindowDay, arrivals: Arrivals) => WindowRule | undefined, startWith: number): DayFigures {
    const totals = new DayTotals(WITHIN_S);
    for (const { day, arrivals } of this.scoredDays) totals.add(this.play(arrivals, ruleOf(day, arrivals), startWith));
    return totals.figures();
  }

  private play(arrivals: Arrivals, rule: WindowRule | undefined, startWith: number) {
    const { opensS, closesS } = this.options;
    const windows = Array.from({ length: startWith }, () => ({ openedAtS: opensS }));
    return simulateDay(arrivals, { startS: opensS, doorsCloseS: closesS, windows, rules: rulesOf(this.options) }, rule);
  }

  private print(policy: string, figures: DayFigures, more: Readonly<Record<string, unknown>>): void {
    const { seeds, thin } = this.options;
    write({
      bench: 'windows',
      policy,
      within5: round(figures.within),
      windowHours: round(figures.windowHours),
      openings: round(figures.openings),
      mean: round(figures.meanWaitS),
      p95: round(figures.p95WaitS),
      openHours: round(figures.openHours),
      customers: round(figures.served / figures.days),
      days: figures.days / seeds,
      scoreFrom: this.from,
      thin,
      seeds,
      ...more,
    });
  }
}

const goalAt = (share: number) => ({ withinS: WITHIN_S, share, openingHours: OPENING_HOURS });

/** On a line of figures in order of service level: what lies at one; undefined beyond its ends. */
function at(line: readonly DayFigures[], share: number): DayFigures | undefined {
  const index = line.findIndex(({ within }) => within >= share);
  const [below, above] = [line[index - 1], line[index]];
  if (below === undefined || above === undefined) return undefined;
  const part = (share - below.within) / (above.within - below.within);
  const mix = (of: keyof DayFigures): number => below[of] + (above[of] - below[of]) * part;
  return {
    days: below.days,
    served: mix('served'),
    within: share,
    meanWaitS: mix('meanWaitS'),
    p95WaitS: mix('p95WaitS'),
    windowHours: mix('windowHours'),
    openHours: mix('openHours'),
    openings: mix('openings'),
  };
}

/** Work of an ordinary day spread over its hours, in windows: as many are open when the doors open. */
function usualLoad(days: readonly WindowDay[], { thin, opensS, closesS }: WindowsOptions): number {
  const workS = days.reduce((sum, { customers }) => sum + customers.reduce((work, { serviceS }) => work + serviceS, 0), 0);
  return (thin * workS) / (days.length * (closesS - opensS));
}

function timeOfDay(option: string, text: string): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) throw new Error(`${option} is a time like 08:00, not ${text}`);
  return Number(hours) * 3_600 + Number(minutes) * 60;
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value > 0)) throw new Error(`${option} is a whole number above 0, not ${text}`);
  return value;
}

const round = (value: number): number => Number(value.toPrecision(4));
const write = (line: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
