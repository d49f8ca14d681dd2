/** Call-by-call files of a call centre (Technion's “Anonymous Bank”): a header line, then one call a line. */
import { readFileSync } from 'node:fs';

const DAY_S = 86_400;

export interface Call {
  /** In its file; the header is line 1. */
  readonly line: number;
  /** Seconds since 1970 as if the clock on the wall were UTC. */
  readonly joinedAtS: number | undefined;
  readonly exitedAtS: number | undefined;
  readonly waitS: number;
  readonly date: string;
  readonly kind: string;
  readonly priority: number;
  readonly outcome: string;
  /** When the caller came to the agents, queued or not. */
  readonly arrivedAtS: number;
  readonly service: { readonly startedAtS: number; readonly endedAtS: number } | undefined;
  readonly agent: string;
}

const COLUMNS = ['date', 'type', 'priority', 'vru_exit_s', 'queue_join_s', 'queue_exit_s', 'queue_wait_s', 'outcome'] as const;
const SERVICE_COLUMNS = ['service_start_s', 'service_end_s', 'agent'] as const;

/** Throws what is wrong, with the line and what to do. */
export function readCalls(file: string): Call[] {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  const header = (lines[0] ?? '').split(',');
  const missing = [...COLUMNS, ...SERVICE_COLUMNS].filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Error(`${file}: the first line must name the columns; ${missing.join(', ')} missing`);
  const calls: Call[] = [];
  for (const [index, text] of lines.entries()) {
    if (index === 0 || text === '') continue;
    calls.push(callOf(text.split(','), header, `${file}:${index + 1}`, index + 1));
  }
  return calls;
}

function callOf(cells: readonly string[], header: readonly string[], where: string, line: number): Call {
  const cell = (name: (typeof COLUMNS)[number] | (typeof SERVICE_COLUMNS)[number]): string => cells[header.indexOf(name)] ?? '';
  const date = cell('date');
  const midnightS = Date.parse(`${date}T00:00:00Z`) / 1_000;
  if (Number.isNaN(midnightS)) throw new Error(`${where}: "${date}" is not a date like 1999-02-01`);
  const seconds = (name: 'vru_exit_s' | 'queue_join_s' | 'queue_exit_s' | 'service_start_s' | 'service_end_s'): number | undefined => {
    const text = cell(name);
    if (text === '') return undefined;
    const value = Number(text);
    if (!Number.isFinite(value)) throw new Error(`${where}: ${name} "${text}" is not a number of seconds`);
    return midnightS + value;
  };
  const joined = seconds('queue_join_s');
  const arrived = joined ?? seconds('vru_exit_s') ?? seconds('service_start_s') ?? midnightS;
  const exited = joined === undefined ? undefined : afterMidnight(seconds('queue_exit_s') ?? joined, joined);
  const began = seconds('service_start_s');
  const ended = seconds('service_end_s');
  const started = began === undefined ? undefined : afterMidnight(began, exited ?? arrived);
  return {
    line,
    date,
    joinedAtS: joined,
    exitedAtS: exited,
    waitS: Number(cell('queue_wait_s') || 0),
    kind: cell('type'),
    priority: Number(cell('priority') || 0),
    outcome: cell('outcome'),
    arrivedAtS: arrived,
    // 0 stands for a service whose times were not noted.
    service:
      started === undefined || ended === undefined || began === midnightS
        ? undefined
        : { startedAtS: Math.max(started, exited ?? started), endedAtS: afterMidnight(ended, started) },
    agent: cell('agent'),
  };
}

/** Seconds count from the midnight of the call's own date: what follows past the next midnight seems to lie before. */
const afterMidnight = (at: number, before: number): number => (at < before - DAY_S / 2 ? at + DAY_S : at);

export const isScored = (call: Call): boolean => call.outcome === 'AGENT' && call.joinedAtS !== undefined && call.waitS > 0;
