/** The waits predicted last, laid out for the command path: a number given out quotes what lies here and reckons nothing. */
import type { ServiceForecast } from '../../shared/contract/outlook.ts';

export interface OutlookBoard {
  /** Undefined: nothing predicted, or nothing fresh. */
  quote(branchId: string, kind: string): ServiceForecast | undefined;
  put(branchId: string, at: number, quotes: ReadonlyMap<string, ServiceForecast>): void;
}

/** Real ms after which a forecast is no longer quoted: the forecaster stands still, the formula does not. */
const FRESH_MS = 15_000;

export function createOutlookBoard(realNow: () => number): OutlookBoard {
  const boards = new Map<string, { readonly at: number; readonly quotes: ReadonlyMap<string, ServiceForecast> }>();
  return {
    quote: (branchId, kind) => {
      const board = boards.get(branchId);
      return board === undefined || realNow() - board.at > FRESH_MS ? undefined : board.quotes.get(kind);
    },
    put: (branchId, at, quotes) => void boards.set(branchId, { at, quotes }),
  };
}
