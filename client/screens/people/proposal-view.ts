/** A roster proposed by the hub, made into what the screen draws: need against coverage, and what is missing. Pure. */
import type { RosterPart, RosterTotals } from '../../../shared/roster/compare.ts';
import type { Coverage, Shortfall, SlotCoverage } from '../../../shared/roster/coverage.ts';
import { type Post, SLOT_MS } from '../../../shared/roster/roster-problem.ts';
import type { CommandOf } from '../../../shared/contract/commands.ts';
import type { JobView } from '../../staff/job.ts';

export interface ProposalPart extends RosterPart {
  /** What accepts it. */
  readonly command: CommandOf<'roster.setShift'>;
}

/** A roster beside the rota: whole, or of the days made so far. */
export interface ProposalTold {
  readonly dates: readonly string[];
  readonly proposal: Pick<Coverage, 'slots'> & {
    /** No roster needs less; absent while it is still being made. */
    readonly proven?: boolean;
    /** In half hours of staff time, what is missing priced above all of it. */
    readonly cost?: number;
    readonly leastCost?: number;
  };
  readonly comparison: {
    readonly before: RosterTotals;
    readonly after: RosterTotals;
    readonly parts: readonly ProposalPart[];
    readonly unchanged: number;
  };
}

/** A proposal as the hub tells of it (docs/forecasting.md). */
export interface ProposalView extends JobView {
  readonly id: string;
  readonly told?: ProposalTold;
  /** Why it could not be made. */
  readonly problem?: { readonly code: string; readonly detail: string };
}

/** How good the roster is known to be: the best, so many staff hours from it at most, or perhaps one that leaves less missing. */
export function standing({ proposal, comparison }: ProposalTold): 'best' | { readonly hours: number } | 'unsure' | undefined {
  const { proven, cost = 0, leastCost = 0 } = proposal;
  if (proven === undefined) return undefined;
  if (proven) return 'best';
  const apartMs = (cost - leastCost) * SLOT_MS;
  return apartMs < comparison.after.staffMs ? { hours: apartMs / 3_600_000 } : 'unsure';
}

export interface CurveSlot {
  readonly fromMs: number;
  readonly need: number;
  readonly before: number;
  readonly after: number;
}

const missingAt = (shortfalls: readonly Shortfall[], { date, fromMs, post }: SlotCoverage): number =>
  shortfalls.reduce(
    (sum, one) => sum + (one.kind === 'post' && one.date === date && one.fromMs === fromMs && one.post === post ? one.missing : 0),
    0,
  );

/** Persons needed and there, per half hour of a day on a post: as the rota stands, and as proposed. Never more than needed is counted. */
export function curveOf({ proposal, comparison }: ProposalTold, date: string, post: Post): readonly CurveSlot[] {
  return proposal.slots
    .filter((slot) => slot.date === date && slot.post === post)
    .map((slot) => ({
      fromMs: slot.fromMs,
      need: slot.need,
      before: slot.need - missingAt(comparison.before.shortfalls, slot),
      after: slot.planned,
    }));
}

/** Half hours in which nothing is missing, of those in which somebody is needed. */
export const keptOf = (curve: readonly CurveSlot[], which: 'before' | 'after'): number =>
  curve.filter((slot) => slot[which] >= slot.need).length;

/** A shortfall over a stretch of a day: half hours one after the other with as many missing are one line. */
export type Gap = Exclude<Shortfall, { kind: 'post' }> | (Extract<Shortfall, { kind: 'post' }> & { readonly toMs: number });

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function gapsOf(shortfalls: readonly Shortfall[]): readonly Gap[] {
  const gaps: Gap[] = [];
  const byPost = shortfalls
    .filter((one) => one.kind === 'post')
    // Rules first: what they lack and what customers lack go on side by side.
    .toSorted((a, b) => byText(a.date, b.date) || byText(b.why, a.why) || byText(a.post, b.post) || a.fromMs - b.fromMs);
  for (const one of byPost) {
    const last = gaps.at(-1);
    const goesOn =
      last?.kind === 'post' &&
      last.date === one.date &&
      last.post === one.post &&
      last.why === one.why &&
      last.missing === one.missing &&
      last.toMs === one.fromMs;
    if (goesOn) gaps[gaps.length - 1] = { ...last, toMs: one.fromMs + SLOT_MS };
    else gaps.push({ ...one, toMs: one.fromMs + SLOT_MS });
  }
  return [...shortfalls.filter((one) => one.kind !== 'post'), ...gaps];
}

export const partKey = ({ staffId, date }: Pick<ProposalPart, 'staffId' | 'date'>): string => `${date} ${staffId}`;

/** `08:30`: ms after local midnight. */
export const clockOf = (ms: number): string =>
  `${String(Math.floor(ms / 3_600_000)).padStart(2, '0')}:${String(Math.floor(ms / 60_000) % 60).padStart(2, '0')}`;

/** The corners of a step line, in units of half hours and persons, from the top down. */
export const stepsOf = (curve: readonly CurveSlot[], which: 'need' | 'before' | 'after', most: number): string =>
  curve.map((slot, index) => `${index},${most - slot[which]} ${index + 1},${most - slot[which]}`).join(' ');
