/** "One window more or less for the rest of the day", asked of the hub; and how its answer is drawn. Durations in ms, instants hub time. */
import type { Answer } from '../../live/api.ts';
import { api } from '../session.ts';

export type WhatIfKind = 'cash' | 'nonCash';
export interface WhatIfQuestion {
  readonly change: 'more' | 'less';
  readonly kind: WhatIfKind;
}

export interface WhatIfWaits {
  readonly wait10Ms: number;
  readonly wait50Ms: number;
  readonly wait90Ms: number;
  /** 0…1. */
  readonly withinTarget: number;
  readonly clearedAt: { readonly low: number; readonly expected: number; readonly high: number };
}

export interface WhatIfAnswer extends WhatIfQuestion {
  readonly counterId: string;
  readonly until: number;
  readonly without: WhatIfWaits;
  readonly with: WhatIfWaits;
}

export const questions: readonly WhatIfQuestion[] = [
  { change: 'more', kind: 'cash' },
  { change: 'less', kind: 'cash' },
  { change: 'more', kind: 'nonCash' },
  { change: 'less', kind: 'nonCash' },
];

export const askWhatIf = (branchId: string, question: WhatIfQuestion): Promise<Answer<WhatIfAnswer>> =>
  api.send('POST', `/api/branches/${encodeURIComponent(branchId)}/what-if`, question);

/** The end of the scale: the next whole four minutes that hold both bands, so that the middle is a whole minute too. */
export function scaleOf(...highs: readonly number[]): number {
  const STEP = 4 * 60_000;
  return Math.max(STEP, Math.ceil(Math.max(...highs) / STEP) * STEP);
}

/** Where a band stands on the scale, in percent of its length. */
export function bandOf({ wait10Ms, wait50Ms, wait90Ms }: WhatIfWaits, scaleMs: number): { from: number; width: number; middle: number } {
  const at = (ms: number): number => Math.min(100, Math.max(0, (ms / scaleMs) * 100));
  return { from: at(wait10Ms), width: Math.max(1, at(wait90Ms) - at(wait10Ms)), middle: at(wait50Ms) };
}

/** Half a minute is what a person feels. */
export function effectOf(before: WhatIfWaits, after: WhatIfWaits): 'better' | 'worse' | 'same' {
  const gained = before.wait90Ms - after.wait90Ms;
  return gained > 30_000 ? 'better' : gained < -30_000 ? 'worse' : 'same';
}
