/** Tuning as the hub tells of it (docs/advice.md). */
import type { AdviceThresholds } from '../../../shared/contract/advice.ts';
import type { JobView } from '../../staff/job.ts';

/** A day as played, on average. */
export interface PlayedDay {
  readonly thresholds: AdviceThresholds;
  /** 0…1. */
  readonly withinTarget: number;
  readonly windowHours: number;
  readonly openings: number;
}

export interface TuningView extends JobView {
  readonly days: { readonly have: number; readonly needed: number; readonly shown?: number };
  readonly reached?: boolean;
  readonly before?: PlayedDay;
  readonly after?: PlayedDay;
}

/** What the person can do about it now. */
export function tuningStep({ state, days, before, after }: TuningView): 'few' | 'start' | 'wait' | 'decide' | 'failed' {
  if (state === 'running') return 'wait';
  if (state === 'done' && before !== undefined && after !== undefined) return 'decide';
  if (days.have < days.needed) return 'few';
  return state === 'failed' ? 'failed' : 'start';
}

/** A bar's length against the greater of the two, 0…1. */
export const shareOf = (value: number, other: number): number => value / Math.max(value, other, Number.MIN_VALUE);
