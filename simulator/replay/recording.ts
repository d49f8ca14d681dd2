/** A recorded real day, call by call (comma separated, one header line; times in seconds after midnight). */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface RecordedCall {
  /** Line number in the file: what a ticket is accounted by. */
  readonly line: number;
  readonly type: string;
  readonly vip: boolean;
  /** Joined the queue, or left the voice menu when it never queued. */
  readonly arrivalS: number;
  readonly waitS: number;
  readonly outcome: 'AGENT' | 'HANG';
  /** Served calls only; capped at an hour. */
  readonly serviceS?: number;
  readonly serviceStartS?: number;
  readonly serviceEndS?: number;
  /** Absent in some served rows too. */
  readonly agent?: string;
}

export interface RecordedDay {
  readonly date: string;
  /** In order of arrival. */
  readonly calls: readonly RecordedCall[];
  /** Rows that are no customers. */
  readonly phantoms: number;
}

export const LONGEST_SERVICE_S = 3_600;

const columns = [
  'date',
  'type',
  'priority',
  'vru_exit_s',
  'queue_join_s',
  'queue_wait_s',
  'outcome',
  'service_start_s',
  'service_end_s',
  'service_s',
  'agent',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Throws, naming the line and the column, when the file is not of this form; a day without rows is an error too. */
export async function readRecordedDay(file: string, date: string): Promise<RecordedDay> {
  return parseRecordedDay(createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY }), date);
}

export async function parseRecordedDay(lines: AsyncIterable<string> | Iterable<string>, date: string): Promise<RecordedDay> {
  let read: ((line: string) => Row) | undefined;
  let line = 0;
  let phantoms = 0;
  const days = new Set<string>();
  const calls: RecordedCall[] = [];
  for await (const text of lines) {
    line++;
    if (read === undefined) {
      read = reader(text);
      continue;
    }
    if (text.trim() === '') continue;
    const row = read(text);
    days.add(row.date);
    if (row.date !== date) continue;
    if (row.outcome === 'PHANTOM') phantoms++;
    else calls.push(toCall(row, line));
  }
  if (calls.length === 0) throw new Error(`no call of ${date} in the file; it has ${[...days].slice(0, 40).join(', ') || 'no day at all'}`);
  return { date, phantoms, calls: calls.sort((a, b) => a.arrivalS - b.arrivalS || a.line - b.line) };
}

function reader(header: string): (line: string) => Row {
  const names = header
    .replace(/^\uFEFF/, '')
    .trim()
    .split(',');
  const places = columns.map((column) => {
    const place = names.indexOf(column);
    if (place === -1) throw new Error(`line 1: the column ${column} is missing`);
    return [column, place] as const;
  });
  return (text) => {
    const cells = text.split(',');
    return Object.fromEntries(places.map(([column, place]) => [column, cells[place]?.trim() ?? ''])) as Row;
  };
}

function toCall(row: Row, line: number): RecordedCall {
  const { outcome } = row;
  if (outcome !== 'AGENT' && outcome !== 'HANG')
    throw new Error(`line ${line}: outcome is ${outcome || 'empty'}, not AGENT, HANG or PHANTOM`);
  const number = (column: 'vru_exit_s' | 'queue_join_s' | 'queue_wait_s' | 'service_start_s' | 'service_end_s' | 'service_s') => {
    if (row[column] === '') return undefined;
    const value = Number(row[column]);
    if (!Number.isFinite(value) || value < 0) throw new Error(`line ${line}: ${column} is ${row[column]}, not seconds`);
    return value;
  };
  const arrivalS = number('queue_join_s') ?? number('vru_exit_s');
  if (arrivalS === undefined) throw new Error(`line ${line}: neither queue_join_s nor vru_exit_s says when the call came`);
  const serviceS = number('service_s');
  if (outcome === 'AGENT' && serviceS === undefined) throw new Error(`line ${line}: a served call without service_s`);
  const served = outcome === 'AGENT' && {
    serviceS: Math.min(serviceS ?? 0, LONGEST_SERVICE_S),
    serviceStartS: number('service_start_s'),
    serviceEndS: number('service_end_s'),
  };
  return {
    line,
    type: row.type,
    vip: row.priority === '2',
    arrivalS,
    waitS: number('queue_wait_s') ?? 0,
    outcome,
    ...served,
    ...(row.agent !== '' && { agent: row.agent }),
  };
}
