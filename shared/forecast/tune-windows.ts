/**
 * Thresholds tuned on a branch's own days: every candidate plays every day, and of those that reach the service level the one that
 * takes the least of people's time wins. A generator: whoever runs it decides how much of it at a time, shows how far it is, or stops.
 */
import type { DayOutcome } from './branch-day.simulation.ts';
import { type DayFigures, DayTotals } from './day-figures.ts';

export interface TuningGoal {
  readonly withinS: number;
  /** Share to be served within it, 0 … 1. */
  readonly share: number;
  /** An opening counts as much as so many window-hours: walking over, counting cash, telling the line. */
  readonly openingHours: number;
}

export interface Tried<Candidate> {
  readonly candidate: Candidate;
  readonly figures: DayFigures;
}

export interface TuningProgress {
  readonly done: number;
  readonly of: number;
}

export interface Tuned<Candidate> {
  readonly best: Tried<Candidate>;
  /** No candidate reached the goal on these days: the best is the one that came nearest. */
  readonly reached: boolean;
  readonly tried: readonly Tried<Candidate>[];
}

/** `play(candidate, day)` for day 0 … days−1. Yields after each day played. Throws a RangeError without candidates or days. */
export function* tuneWindows<Candidate>(
  candidates: readonly Candidate[],
  days: number,
  play: (candidate: Candidate, day: number) => DayOutcome,
  goal: TuningGoal,
): Generator<TuningProgress, Tuned<Candidate>, void> {
  if (candidates.length === 0 || days <= 0) throw new RangeError('tuning needs at least one candidate and one day');
  const tried: Tried<Candidate>[] = [];
  let done = 0;
  for (const candidate of candidates) {
    const totals = new DayTotals(goal.withinS);
    for (let day = 0; day < days; day += 1) {
      totals.add(play(candidate, day));
      done += 1;
      yield { done, of: candidates.length * days };
    }
    tried.push({ candidate, figures: totals.figures() });
  }
  return bestOf(tried, goal);
}

/** The cheapest that reaches the goal; if none does, the one that comes nearest to it. */
export function bestOf<Candidate>(tried: readonly Tried<Candidate>[], goal: TuningGoal): Tuned<Candidate> {
  const cost = ({ figures }: Tried<Candidate>): number => figures.windowHours + goal.openingHours * figures.openings;
  const reaching = tried.filter(({ figures }) => figures.within >= goal.share);
  const reached = reaching.length > 0;
  const [first, ...others] = reached ? reaching : tried;
  if (first === undefined) throw new RangeError('nothing was tried');
  const better = reached
    ? (a: Tried<Candidate>, b: Tried<Candidate>): boolean => cost(a) < cost(b)
    : (a: Tried<Candidate>, b: Tried<Candidate>): boolean => a.figures.within > b.figures.within;
  return { best: others.reduce((best, each) => (better(each, best) ? each : best), first), reached, tried };
}
