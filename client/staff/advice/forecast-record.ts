/** How good the forecasts were, as people read it. */
import type { ForecastRecord } from '../../../shared/contract/outlook.ts';

/** As `GET …/forecasts` answers. */
export interface ForecastDays {
  readonly days: readonly (ForecastRecord & { readonly date: string; readonly biasMs: number })[];
}

export const PROMISED = 0.8;
/** Fewer say nothing of eight in ten. */
const ENOUGH = 50;
const ABOUT = 0.04;

export type Verdict = 'few' | 'good' | 'tooNarrow' | 'tooWide';

export function verdictOf({ forecasts, withinRange }: ForecastRecord): Verdict {
  if (forecasts < ENOUGH) return 'few';
  if (withinRange < PROMISED - ABOUT) return 'tooNarrow';
  return withinRange > PROMISED + ABOUT ? 'tooWide' : 'good';
}

/** Of all days together, each forecast counting once; undefined without any. */
export function recordOf(days: readonly ForecastRecord[]): ForecastRecord | undefined {
  const forecasts = days.reduce((sum, day) => sum + day.forecasts, 0);
  if (forecasts === 0) return undefined;
  const mean = (of: (day: ForecastRecord) => number): number => days.reduce((sum, day) => sum + of(day) * day.forecasts, 0) / forecasts;
  return { forecasts, meanErrorMs: mean((day) => day.meanErrorMs), withinRange: mean((day) => day.withinRange) };
}
