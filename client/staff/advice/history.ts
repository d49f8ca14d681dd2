/** Advice so far and what it brought, as `GET …/advice` answers. */
import type { Advice, Measured } from '../../../shared/branch/advice/advice.state.ts';

export interface PastAdvice extends Omit<Advice, 'state'> {
  readonly state: Advice['state'] | 'measured' | 'declined' | 'withdrawn' | 'expired';
  readonly byItself: boolean;
  readonly late: boolean;
  readonly endedAt?: number | null;
  readonly endedBy?: string | null;
  readonly reasonRef?: string | null;
  readonly brought?: { readonly before: Measured; readonly after: Measured };
}

export interface HistorySummary {
  readonly all: number;
  readonly accepted: number;
  readonly declined: number;
  readonly measured: number;
  /** Means over what was measured with customers before and after; undefined without any. */
  readonly wait90Ms?: { readonly before: number; readonly after: number };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export function summaryOf(past: readonly PastAdvice[]): HistorySummary {
  const compared = past.flatMap(({ brought }) =>
    brought?.before.wait90Ms === undefined || brought.after.wait90Ms === undefined
      ? []
      : [{ before: brought.before.wait90Ms, after: brought.after.wait90Ms }],
  );
  return {
    all: past.length,
    accepted: past.filter(({ acceptedAt }) => acceptedAt !== undefined).length,
    declined: past.filter(({ state, acceptedAt }) => state === 'declined' && acceptedAt === undefined).length,
    measured: past.filter(({ state }) => state === 'measured').length,
    ...(compared.length === 0
      ? {}
      : { wait90Ms: { before: mean(compared.map(({ before }) => before)), after: mean(compared.map(({ after }) => after)) } }),
  };
}
