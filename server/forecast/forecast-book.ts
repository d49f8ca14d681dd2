/** Forecasts kept with what came true, and what each branch's forecaster has learnt. Written together, off the command path. */
import type { WaitRange } from '../../shared/branch/branch.state.ts';
import type { ForecastRecord } from '../../shared/contract/outlook.ts';
import type { Database } from '../store/store.types.ts';

export interface KeptForecast {
  readonly branchId: string;
  readonly ticketId: string;
  /** Hub ms. */
  readonly madeAt: number;
  /** Told to the customer with the number. */
  readonly told: boolean;
  readonly waitMs: WaitRange;
}

export interface CameTrue {
  readonly branchId: string;
  readonly ticketId: string;
  /** Hub ms. */
  readonly at: number;
  readonly outcome: 'called' | 'left';
}

/** One business day's forecasts told to customers, as the report shows them. */
export interface DayOfForecasts extends ForecastRecord {
  /** Local date of the branch, from the ticket's id. */
  readonly date: string;
  /** Mean of what came minus what was told: positive = waits were longer than told. */
  readonly biasMs: number;
}

export interface ForecastBook {
  write(forecasts: readonly KeptForecast[], cameTrue: readonly CameTrue[]): void;
  /** Those told since `from` (hub ms) whose wait is over. Undefined: none. */
  record(branchId: string, from: number): ForecastRecord | undefined;
  days(branchId: string, from: number): DayOfForecasts[];
  /** Waits that ended while nobody watched will never be known: all open ones made before `at`. */
  giveUp(branchId: string, at: number): void;
  loadModel(branchId: string, version: number): unknown;
  saveModel(branchId: string, version: number, at: number, model: unknown): void;
  /** Erases at most `limit` of a branch's forecasts made before `at`; returns how many. */
  purgeBefore(branchId: string, at: number, limit: number): number;
}

interface Figures {
  readonly forecasts: number;
  readonly error: number | null;
  readonly within: number | null;
}

const FIGURES = `COUNT(*) AS forecasts, AVG(ABS(came_ms - median_ms)) AS error, AVG(came_ms - median_ms) AS bias,
  AVG(came_ms BETWEEN low_ms AND high_ms) AS within`;
const OVER = "told = 1 AND outcome = 'called' AND branch = ? AND made_at >= ?";

/** Asked while customers wait, of a table that keeps some thousand rows a day: each is answered by an index of its own. */
export const SUMS = {
  record: `SELECT ${FIGURES} FROM wait_forecasts WHERE ${OVER}`,
  days: `SELECT substr(ticket_id, 1, 8) AS day, ${FIGURES} FROM wait_forecasts WHERE ${OVER} GROUP BY day ORDER BY day`,
  giveUp: "UPDATE wait_forecasts SET outcome = 'unknown' WHERE branch = ? AND made_at < ? AND outcome IS NULL",
} as const;

const recordOf = ({ forecasts, error, within }: Figures): ForecastRecord => ({
  forecasts,
  meanErrorMs: Math.round(error ?? 0),
  withinRange: within ?? 0,
});

export function createForecastBook(db: Database): ForecastBook {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO wait_forecasts (branch, ticket_id, made_at, told, low_ms, median_ms, high_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const settle = db.prepare(
    'UPDATE wait_forecasts SET came_ms = ? - made_at, outcome = ? WHERE branch = ? AND ticket_id = ? AND outcome IS NULL AND made_at <= ?',
  );
  const figures = db.prepare(SUMS.record);
  const byDay = db.prepare(SUMS.days);
  const unknown = db.prepare(SUMS.giveUp);
  const load = db.prepare('SELECT model FROM forecast_models WHERE branch = ? AND version = ?').pluck();
  const save = db.prepare('INSERT OR REPLACE INTO forecast_models (branch, version, saved_at, model) VALUES (?, ?, ?, ?)');
  const purge = db.prepare(
    `DELETE FROM wait_forecasts WHERE (branch, ticket_id, made_at) IN
       (SELECT branch, ticket_id, made_at FROM wait_forecasts WHERE branch = ? AND made_at < ? LIMIT ?)`,
  );
  const write = db.transaction((forecasts: readonly KeptForecast[], cameTrue: readonly CameTrue[]) => {
    for (const { branchId, ticketId, madeAt, told, waitMs } of forecasts)
      insert.run(branchId, ticketId, madeAt, told ? 1 : 0, Math.round(waitMs.low), Math.round(waitMs.expected), Math.round(waitMs.high));
    for (const { branchId, ticketId, at, outcome } of cameTrue) settle.run(at, outcome, branchId, ticketId, at);
  });
  return {
    write: (forecasts, cameTrue) => write.immediate(forecasts, cameTrue),
    record: (branchId, from) => {
      const found = figures.get(branchId, from) as Figures;
      return found.forecasts === 0 ? undefined : recordOf(found);
    },
    days: (branchId, from) =>
      (byDay.all(branchId, from) as (Figures & { day: string; bias: number })[]).map((found) => ({
        date: `${found.day.slice(0, 4)}-${found.day.slice(4, 6)}-${found.day.slice(6)}`,
        ...recordOf(found),
        biasMs: Math.round(found.bias),
      })),
    giveUp: (branchId, at) => void unknown.run(branchId, at),
    loadModel: (branchId, version) => {
      const found = load.get(branchId, version) as string | undefined;
      return found === undefined ? undefined : (JSON.parse(found) as unknown);
    },
    saveModel: (branchId, version, at, model) => void save.run(branchId, version, at, JSON.stringify(model)),
    purgeBefore: (branchId, at, limit) => purge.run(branchId, at, limit).changes,
  };
}
