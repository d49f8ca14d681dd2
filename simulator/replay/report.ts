/** What became of a replayed day, from the hub's own log, beside what the file says. */
import type { HubEvent } from '../client/messages.ts';
import { VIP_ONE_IN } from './plan.ts';
import type { RecordedDay } from './recording.ts';

export interface Figures {
  readonly served: number;
  readonly left: number;
  readonly noShow: number;
  readonly unserved: number;
  /** Waits in seconds, to the first call. */
  readonly servedWait: Spread;
  readonly leftWait: Spread;
}

export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
  readonly p99: number;
  readonly within60s: number;
  readonly within5min: number;
}

export interface ReplayReport {
  readonly date: string;
  readonly arrivals: number;
  readonly issued: number;
  readonly file: Figures;
  readonly hub: Figures;
  /** Left in the file, but called here before their patience ended. */
  readonly leftInFileServedHere: number;
  /** Seconds of hub time between plan and log. */
  readonly lateArrivals: Spread;
  readonly longServices: Spread;
  /** What does not add up, one sentence each; empty = every arrival accounted for, none twice. */
  readonly faults: readonly string[];
}

type End = 'served' | 'left' | 'noShow' | 'unserved';

interface Course {
  issuedAt: number;
  issues: number;
  ends: End[];
  firstCalledAt?: number;
  startedAt?: number;
  endedAt?: number;
}

const ends: Readonly<Record<string, End>> = {
  'ticket.completed': 'served',
  'ticket.cancelled': 'left',
  'ticket.noShow': 'noShow',
  'ticket.unserved': 'unserved',
};

/** `ticketOf`: ticket by line of the file; `plan`: planned instants by line. */
export function replayReport(
  day: RecordedDay,
  events: readonly HubEvent[],
  ticketOf: ReadonlyMap<string, string>,
  plan: ReadonlyMap<string, { readonly at: number; readonly serviceMs: number }>,
): ReplayReport {
  const courses = follow(events);
  const lineOf = new Map([...ticketOf].map(([line, ticketId]) => [ticketId, line]));
  const outcomeInFile = new Map(day.calls.map(({ line, outcome }) => [String(line), outcome]));
  const faults: string[] = [];
  if (lineOf.size !== ticketOf.size) faults.push(`${ticketOf.size - lineOf.size} calls share a ticket with another`);
  if (ticketOf.size !== day.calls.length) faults.push(`${day.calls.length - ticketOf.size} calls of the file got no ticket`);
  const waits: Record<End, number[]> = { served: [], left: [], noShow: [], unserved: [] };
  const late: number[] = [];
  const long: number[] = [];
  let leftInFileServedHere = 0;
  for (const [ticketId, course] of courses) {
    const line = lineOf.get(ticketId);
    const planned = line === undefined ? undefined : plan.get(line);
    const end = course.ends[0];
    if (line === undefined || planned === undefined) faults.push(`ticket ${ticketId} is no call of the file`);
    if (course.issues !== 1) faults.push(`ticket ${ticketId} was issued ${course.issues} times`);
    if (course.ends.length !== 1) faults.push(`ticket ${ticketId} ended ${course.ends.length} times`);
    if (end === undefined || line === undefined || planned === undefined) continue;
    waits[end].push(((course.firstCalledAt ?? course.endedAt ?? course.issuedAt) - course.issuedAt) / 1_000);
    late.push((course.issuedAt - planned.at) / 1_000);
    if (end !== 'served') continue;
    if (outcomeInFile.get(line) === 'HANG') leftInFileServedHere++;
    long.push(((course.endedAt ?? 0) - (course.startedAt ?? 0) - planned.serviceMs) / 1_000);
  }
  const { served, left, noShow, unserved } = waits;
  const inFile = (outcome: string) => day.calls.filter((call) => call.outcome === outcome).map(({ waitS }) => waitS);
  return {
    date: day.date,
    arrivals: day.calls.length,
    issued: courses.size,
    file: figures(inFile('AGENT'), inFile('HANG'), 0, 0),
    hub: figures(served, left, noShow.length, unserved.length),
    leftInFileServedHere,
    lateArrivals: spread(late),
    longServices: spread(long),
    faults,
  };
}

function follow(events: readonly HubEvent[]): Map<string, Course> {
  const courses = new Map<string, Course>();
  for (const event of events) {
    const { ticketId, at = 0 } = event;
    if (ticketId === undefined) continue;
    const known = courses.get(ticketId);
    if (event.type === 'ticket.issued') {
      if (known === undefined) courses.set(ticketId, { issuedAt: at, issues: 1, ends: [] });
      else known.issues++;
      continue;
    }
    if (known === undefined) continue;
    if (event.type === 'ticket.called') known.firstCalledAt ??= at;
    if (event.type === 'ticket.started') known.startedAt ??= at;
    const end = ends[event.type];
    if (end === undefined) continue;
    known.ends.push(end);
    known.endedAt = at;
  }
  return courses;
}

function figures(served: number[], left: number[], noShow: number, unserved: number): Figures {
  return { served: served.length, left: left.length, noShow, unserved, servedWait: spread(served), leftWait: spread(left) };
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const within = (limit: number) => (sorted.length === 0 ? 0 : sorted.filter((value) => value <= limit).length / sorted.length);
  const mean = sorted.length === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean, median: at(0.5), p90: at(0.9), p99: at(0.99), within60s: within(60), within5min: within(300) };
}

/** The report as lines for a person. */
export function reportLines(report: ReplayReport, speed: number): string[] {
  const { file, hub } = report;
  const row = (label: string, inFile: string, here: string) => `  ${label.padEnd(34)}${inFile.padStart(10)}${here.padStart(10)}`;
  const count = (label: string, key: 'served' | 'left' | 'noShow' | 'unserved') => row(label, String(file[key]), String(hub[key]));
  const seconds = (label: string, key: 'mean' | 'median' | 'p90') =>
    row(label, file.servedWait[key].toFixed(1), hub.servedWait[key].toFixed(1));
  const share = (label: string, key: 'within60s' | 'within5min') => row(label, percent(file.servedWait[key]), percent(hub.servedWait[key]));
  const total = hub.served + hub.left + hub.noShow + hub.unserved;
  return [
    `Replay of ${report.date} at speed ${speed}`,
    row('', 'file', 'hub'),
    row('arrivals', String(report.arrivals), String(report.issued)),
    count('served', 'served'),
    count('left before being called', 'left'),
    count('no-shows', 'noShow'),
    count('unserved at the day’s end', 'unserved'),
    seconds('wait of the served: mean, s', 'mean'),
    seconds('                    median, s', 'median'),
    seconds('                    90th percentile, s', 'p90'),
    share('                    within 60 s', 'within60s'),
    share('                    within 5 min', 'within5min'),
    row('wait of those who left: mean, s', file.leftWait.mean.toFixed(1), hub.leftWait.mean.toFixed(1)),
    `  ${report.leftInFileServedHere} who left in the file were called here before their patience ended; their stay is drawn from the day’s services.`,
    `  The file lets VIPs enter with 90 s of waiting to their credit; here VIPs go first, at most 1 call in ${VIP_ONE_IN}, so the order differs.`,
    '  Windows open as agents served lately in the file; who was idle on duty is not recorded.',
    `  Behind plan, hub seconds: arrivals p50 ${report.lateArrivals.median.toFixed(2)}, p99 ${report.lateArrivals.p99.toFixed(2)}; services p50 ${report.longServices.median.toFixed(2)}, p99 ${report.longServices.p99.toFixed(2)}`,
    `Accounting: ${report.arrivals} in the file = ${report.issued} issued = ${hub.served} served + ${hub.left} left + ${hub.noShow} noShow + ${hub.unserved} unserved${total === report.issued && report.faults.length === 0 ? ', none twice' : ''}`,
    ...report.faults.slice(0, 20).map((fault) => `FAULT: ${fault}`),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
