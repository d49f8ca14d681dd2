/**
 * When to open a window and when to close one, on one screen:
 *
 *   **open**  when somebody who comes once a window could be ready must expect to wait longer than `openAboveMs`;
 *   **close** when, without that window, somebody who comes then would still wait less than `closeBelowMs`.
 *
 * Between the two nothing is done (hysteresis): a window just closed is not wanted back. What is expected comes from the line as it
 * is, each weighed by the work still to be done for them, and from the customers forecast until then (`WaitAhead`). Both limits are
 * tuned per branch on its own days; around them stand the bank's own bounds: time to open, least time open, fewest and most windows.
 */
import { WaitAhead } from './wait-ahead.ts';

export interface WindowThresholds {
  readonly openAboveMs: number;
  readonly closeBelowMs: number;
  /** From the decision to the first customer: so far the rule looks ahead. */
  readonly toOpenMs: number;
  /** Once open, a window stays open so long. */
  readonly leastOpenMs: number;
  readonly fewest: number;
  readonly most: number;
}

/** The windows that share a line, as they stand. */
export interface WindowView {
  /** Open or opening, not about to close. */
  readonly windows: number;
  /** Of those, how many are still opening. */
  readonly opening: number;
  /** Longest any of them has been open, ms. */
  readonly longestOpenMs: number;
  readonly waiting: number;
  /** Work still to be done, ms of one window's time: mean service of each who waits, `workLeftS` of each who is being served. */
  readonly workMs: number;
  /** Customers forecast to come within `toOpenMs`. */
  readonly coming: number;
  readonly meanServiceMs: number;
}

export type WindowAction = 'open' | 'close' | 'hold';

export interface WindowReason {
  readonly code:
    | 'waitSoon'
    | 'lineNow'
    | 'coming'
    | 'spareWindow'
    | 'steady'
    | 'alreadyOpening'
    | 'leastOpen'
    | 'fewestWindows'
    | 'mostWindows';
  readonly params: Readonly<Record<string, number>>;
}

export interface WindowDecision {
  readonly action: WindowAction;
  readonly reasons: readonly WindowReason[];
  /** Wait to be expected by who comes `toOpenMs` from now: as things stand, with one window more, with one fewer (if two are there). */
  readonly expected: { readonly waitMs: number; readonly withMoreMs: number; readonly withFewerMs?: number };
}

/** Thresholds that cannot work are told before they are used. Throws a RangeError that says what to change. */
export function checkThresholds({ openAboveMs, closeBelowMs, toOpenMs, leastOpenMs, fewest, most }: WindowThresholds): void {
  if (!(closeBelowMs >= 0 && closeBelowMs < openAboveMs))
    throw new RangeError(`the wait to close below (${closeBelowMs} ms) must be less than the wait to open above (${openAboveMs} ms)`);
  if (!(toOpenMs >= 0 && leastOpenMs >= 0)) throw new RangeError('time to open and least time open are 0 ms or more');
  if (!(Number.isInteger(fewest) && Number.isInteger(most) && fewest >= 1 && most >= fewest))
    throw new RangeError(`fewest (${fewest}) and most windows (${most}) are whole numbers, at least 1, in this order`);
}

const AHEAD_STEPS = 20;

export class WindowPolicy {
  private ahead: WaitAhead;
  /** Of the tables in use, in mean services. */
  private aheadBy = 1;

  /** Throws a RangeError for thresholds that cannot work. */
  constructor(readonly thresholds: WindowThresholds) {
    checkThresholds(thresholds);
    this.ahead = new WaitAhead(this.aheadBy);
  }

  /** What to do now. The same view gives the same answer; nothing is remembered but tables. */
  choose(view: WindowView): WindowAction {
    const { openAboveMs, closeBelowMs, leastOpenMs, fewest, most } = this.thresholds;
    const { windows, waiting } = view;
    if (windows < fewest) return 'open';
    if (windows < most && waiting > 0 && this.waitMs(view, windows) > openAboveMs) return 'open';
    if (windows > fewest && view.longestOpenMs >= leastOpenMs && this.waitMs(view, windows - 1) < closeBelowMs) return 'close';
    return 'hold';
  }

  /** Expected wait of who comes `toOpenMs` from now if so many windows serve. */
  waitMs({ workMs, coming, meanServiceMs }: WindowView, windows: number): number {
    const { toOpenMs } = this.thresholds;
    // In steps, so that a mean that is learnt on does not throw the tables away each time.
    const aheadBy = Math.round((AHEAD_STEPS * toOpenMs) / meanServiceMs) / AHEAD_STEPS;
    if (aheadBy !== this.aheadBy) {
      this.aheadBy = aheadBy;
      this.ahead = new WaitAhead(aheadBy);
    }
    const load = toOpenMs === 0 ? 0 : (coming * meanServiceMs) / toOpenMs;
    return meanServiceMs * this.ahead.expected(windows, load, workMs / meanServiceMs);
  }
}

/** What to do now and why, for people to read. */
export function decideWindows(view: WindowView, policy: WindowPolicy): WindowDecision {
  const action = policy.choose(view);
  const { windows } = view;
  const waitMs = policy.waitMs(view, Math.max(1, windows));
  const withFewerMs = windows > 1 ? policy.waitMs(view, windows - 1) : undefined;
  return {
    action,
    reasons: reasonsOf(action, view, policy.thresholds, waitMs, withFewerMs),
    expected: { waitMs, withMoreMs: policy.waitMs(view, windows + 1), ...(withFewerMs !== undefined && { withFewerMs }) },
  };
}

function reasonsOf(
  action: WindowAction,
  view: WindowView,
  { openAboveMs, closeBelowMs, toOpenMs, leastOpenMs, fewest, most }: WindowThresholds,
  waitMs: number,
  withFewerMs: number | undefined,
): readonly WindowReason[] {
  const { windows, waiting, coming, opening } = view;
  if (windows < fewest) return [{ code: 'fewestWindows', params: { windows, fewest } }];
  const line: WindowReason = { code: 'lineNow', params: { waiting, windows } };
  if (action === 'open')
    return [
      { code: 'waitSoon', params: { waitMs, limitMs: openAboveMs, inMs: toOpenMs } },
      line,
      { code: 'coming', params: { customers: coming, withinMs: toOpenMs } },
    ];
  if (action === 'close') return [{ code: 'spareWindow', params: { waitMs: withFewerMs ?? 0, limitMs: closeBelowMs } }, line];
  if (waitMs > openAboveMs && windows >= most) return [{ code: 'mostWindows', params: { windows, most } }, line];
  if (withFewerMs !== undefined && withFewerMs < closeBelowMs) {
    if (windows <= fewest) return [{ code: 'fewestWindows', params: { windows, fewest } }];
    return [{ code: 'leastOpen', params: { leastOpenMs, longestOpenMs: view.longestOpenMs } }];
  }
  if (opening > 0) return [{ code: 'alreadyOpening', params: { opening, waitMs, limitMs: openAboveMs } }];
  return [{ code: 'steady', params: { waitMs, limitMs: openAboveMs } }];
}
