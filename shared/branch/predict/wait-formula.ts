/**
 * The formula behind every wait told to a customer. Apart from the branch's state, so that a kiosk can reckon with it
 * without carrying the core. Whoever brings a better predictor replaces `predictWait`; nothing else knows how it is made.
 */
import type { WaitRange } from '../branch.state.ts';

export interface WaitInput {
  /** People who go first. */
  readonly ahead: number;
  /** Windows open now that serve this service (paused ones do not). */
  readonly windows: number;
  /** Of those, windows with nobody in front of them. */
  readonly idle: number;
  /** Mean time a window was lately taken up by one of those ahead, from call to call-free. */
  readonly paceMs: number;
}

export type WaitPredictor = (input: WaitInput) => WaitRange;

/** Spread of bank service times: their standard deviation is about their mean (a bank's call log, forecasting.md). */
const SPREAD = 1;
/** Eight in ten waits fall within the range, if departures were independent. */
const EIGHT_IN_TEN = 1.2816;

/** Departures needed until it is one's turn × time between departures: (Q+1)/(sμ), Whitt 1999. All in ms. */
export const predictWait: WaitPredictor = ({ ahead: people, windows, idle, paceMs }) => {
  const departures = Math.max(0, people + 1 - idle);
  if (departures === 0) return { low: 0, expected: 0, high: 0 };
  // Nobody serves it now: the range assumes one window will, and says so by being wide.
  const open = Math.max(1, windows);
  const gapMs = paceMs / open;
  const expected = departures * gapMs;
  const spread = EIGHT_IN_TEN * SPREAD * Math.sqrt(departures) * gapMs * (windows === 0 ? 2 : 1);
  return { low: Math.round(Math.max(0, expected - spread)), expected: Math.round(expected), high: Math.round(expected + spread) };
};
