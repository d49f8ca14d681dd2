/** The windows that share a line, as the window policy looks at them: read off the branch as it stands and what its days taught. */
import type { CounterConfig } from '../contract/config.ts';
import { type Outlook, zones } from './outlook.ts';
import { lineWorkS } from './service-times.ts';
import type { WindowView } from './window-policy.ts';

const taken = (mask: number, bit: number): boolean => (mask & (1 << bit)) !== 0;

/** Work expected of each kind within `aheadMs`, ms of one window's time, and customers. */
function expectedOf(outlook: Outlook, aheadMs: number): { readonly work: Float64Array; readonly customers: Float64Array } {
  const { kinds, experience, options } = outlook;
  const customers = new Float64Array(kinds.all.length);
  for (const zone of zones) {
    const mix = outlook.mixOf(zone);
    const each = (experience.stayShare * experience.expected(zone, options.now, options.now + aheadMs)) / Math.max(1, mix.length);
    for (const { serviceId, segment } of mix) {
      const bit = kinds.of(serviceId, segment);
      customers[bit] = (customers[bit] as number) + each;
    }
  }
  return { customers, work: customers.map((count, bit) => count * meanMs(outlook, bit)) };
}

const meanMs = ({ kinds, experience }: Outlook, bit: number): number =>
  1_000 * experience.durationsOf(kinds.all[bit]?.serviceId ?? '').meanS();

const sumOf = (values: Float64Array, mask: number): number => values.reduce((sum, value, bit) => sum + (taken(mask, bit) ? value : 0), 0);

/** What part of a window's time this line has: it is shared with what else the window does, and bounded by how much of the line it may take. */
function partOf(own: number, line: number, work: Float64Array, windows: number): number {
  const shared = sumOf(work, own & line);
  if (shared === 0) return own === line ? 1 : 0;
  return Math.min(1, (shared / sumOf(work, line)) * windows) * (shared / sumOf(work, own));
}

/**
 * The line of those a window may take (`line`: kinds as bits) and the windows that serve it `toOpenMs` from now. A window that does
 * only part of the line, or much else beside it, counts for that part; the sum is rounded.
 */
export function lineNow(outlook: Outlook, line: number, toOpenMs: number): WindowView {
  const { state, experience, options, kinds } = outlook;
  const { customers, work } = expectedOf(outlook, toOpenMs);
  const coming = sumOf(customers, line);
  const meanServiceMs = coming > 0 ? sumOf(work, line) / coming : 1_000 * experience.durationsOf('').meanS();
  const soonS = toOpenMs / 1_000;
  const serving: { readonly config: CounterConfig; readonly takes: number; readonly opening: boolean }[] = [];
  for (const [place, window] of outlook.windows({ do: 'nothing' }).entries()) {
    const config = outlook.counters[place];
    if (config === undefined || window.openedAtS === undefined || window.openedAtS > soonS) continue;
    if (window.closesAtS !== undefined && window.closesAtS <= soonS) continue;
    serving.push({ config, takes: window.takes ?? -1, opening: window.openedAtS > 0 });
  }
  let windows = 0;
  let opening = 0;
  let longestOpenMs = 0;
  let workMs = 0;
  for (const { config, takes, opening: soon } of serving) {
    const part = partOf(takes, line, work, serving.length);
    windows += part;
    if (soon) opening += part;
    const counter = state.counters[config.id];
    if (counter === undefined || part === 0) continue;
    if (!soon) longestOpenMs = Math.max(longestOpenMs, options.now - (counter.openedAt ?? counter.since));
    const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
    if (ticket === undefined || !taken(line, kinds.of(ticket.serviceId, ticket.segment))) continue;
    const elapsedS = (options.now - (ticket.calledAt ?? ticket.startedAt ?? options.now)) / 1_000;
    workMs += 1_000 * lineWorkS(experience.durationsOf(ticket.serviceId).residualS(elapsedS), meanServiceMs / 1_000);
  }
  let waiting = 0;
  for (const [bit, count] of outlook.waitingByKind.entries()) {
    if (count === 0 || !taken(line, bit)) continue;
    waiting += count;
    workMs += count * meanMs(outlook, bit);
  }
  return {
    windows: Math.round(windows),
    opening: Math.round(opening),
    longestOpenMs,
    waiting,
    workMs,
    coming,
    meanServiceMs,
  };
}
