/** What a morning came to: waits, what was advised and what became of it, and how near the waits foretold were. */
import { BEGINS, LASTS_MS, type Morning } from './morning.ts';

const MINUTE = 60_000;
/** The 90 % wait is that of those called within the last so many minutes. */
const LATELY_MS = 10 * MINUTE;
/** What takes the place of advice that was over within so long is the same advice to whoever looks. */
const SAME_WITHIN_MS = MINUTE;

/** Nearest rank of any list. */
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);

interface Called {
  readonly arrivedAt: number;
  readonly calledAt: number;
  readonly waitMs: number;
}

const calledOf = ({ tickets }: Morning): Called[] =>
  tickets.flatMap(({ arrivedAt, issuedAt, firstCalledAt }) =>
    firstCalledAt === undefined ? [] : { arrivedAt, calledAt: firstCalledAt, waitMs: firstCalledAt - issuedAt },
  );

/** First minute in which nine in ten of those called lately had waited longer than the branch promises. */
function passedAt(called: readonly Called[], targetMs: number): number | undefined {
  for (let at = BEGINS + LATELY_MS; at <= BEGINS + LASTS_MS; at += MINUTE) {
    const lately = called.filter(({ calledAt }) => calledAt > at - LATELY_MS && calledAt <= at);
    if (
      quantile(
        lately.map(({ waitMs }) => waitMs),
        0.9,
      ) > targetMs
    )
      return at;
  }
  return undefined;
}

/** Since when an opening had been advised without a break at that instant; undefined if none was. */
function openingSince({ log }: Morning, at: number): number | undefined {
  const open = new Set<string>();
  let since: number | undefined;
  let overAt = Number.NEGATIVE_INFINITY;
  for (const event of log) {
    if (event.at > at) break;
    if (event.type === 'advice.given' && event.advice.kind === 'openWindow') {
      if (open.size === 0 && (since === undefined || event.at - overAt > SAME_WITHIN_MS)) since = event.at;
      open.add(event.adviceId);
    } else if ('adviceId' in event && event.type.startsWith('advice.') && open.delete(event.adviceId ?? '')) overAt = event.at;
  }
  return open.size > 0 || at - overAt <= SAME_WITHIN_MS ? since : undefined;
}

export interface MorningFigures {
  readonly calls: number;
  readonly meanMinutes: number;
  readonly wait90Minutes: number;
  readonly withinTarget: number;
  readonly turnedRound: number;
  /** Minutes from the first advice to open that stood until then to the moment the 90 % wait passed the promise; absent: it never did. */
  readonly leadMinutes?: number;
  /** The 90 % wait passed the promise with no advice to open. */
  readonly unadvised: boolean;
  readonly pieces: number;
  readonly withdrawn: { readonly outlook: number; readonly impossible: number };
  readonly expired: number;
  readonly accepted: number;
  readonly carriedOut: number;
  readonly openings: number;
  readonly closings: number;
  /** The 90 % wait foretold for the horizon against what those customers then waited, minutes. */
  readonly foretold: { readonly mae: number; readonly bias: number; readonly worst: number };
}

/** The first minutes teach the mix and are left out; so is what has no whole horizon ahead. */
function foretoldErrors({ foretold, horizonMs }: Morning, called: readonly Called[]): number[] {
  return foretold.flatMap(({ at, wait90Ms }) => {
    if (at < BEGINS + 5 * MINUTE || at + horizonMs > BEGINS + LASTS_MS) return [];
    const ahead = called.filter(({ arrivedAt, calledAt }) => calledAt > at && arrivedAt < at + horizonMs);
    return (
      (wait90Ms -
        quantile(
          ahead.map(({ waitMs }) => waitMs),
          0.9,
        )) /
      MINUTE
    );
  });
}

export function figuresOf(morning: Morning): MorningFigures {
  const { log, targetMs, balked } = morning;
  const called = calledOf(morning);
  const waits = called.map(({ waitMs }) => waitMs);
  const passed = passedAt(called, targetMs);
  const since = passed === undefined ? undefined : openingSince(morning, passed);
  const errors = foretoldErrors(morning, called);
  const count = (type: string): number => log.filter((event) => event.type === type).length;
  const outlook = log.filter((event) => event.type === 'advice.withdrawn' && event.quietKey !== undefined).length;
  const done = new Set(log.flatMap((event) => (event.type === 'advice.carriedOut' ? event.adviceId : [])));
  const doneOf = (kind: string): number =>
    log.filter((event) => event.type === 'advice.given' && event.advice.kind === kind && done.has(event.adviceId)).length;
  return {
    calls: called.length,
    meanMinutes: mean(waits) / MINUTE,
    wait90Minutes: quantile(waits, 0.9) / MINUTE,
    withinTarget: waits.filter((wait) => wait <= targetMs).length / Math.max(1, waits.length),
    turnedRound: balked,
    ...(passed !== undefined && since !== undefined && { leadMinutes: (passed - since) / MINUTE }),
    unadvised: passed !== undefined && since === undefined,
    pieces: count('advice.given'),
    withdrawn: { outlook, impossible: count('advice.withdrawn') - outlook },
    expired: count('advice.expired'),
    accepted: count('advice.accepted'),
    carriedOut: count('advice.carriedOut'),
    openings: doneOf('openWindow'),
    closings: doneOf('closeWindow'),
    foretold: { mae: mean(errors.map(Math.abs)), bias: mean(errors), worst: Math.max(0, ...errors.map(Math.abs)) },
  };
}
