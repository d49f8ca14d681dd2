/** From a recorded day to virtual customers: who comes when, with what, and how long they would wait. */
import type { Arrival } from '../people/crowd.ts';
import { seededRandom } from '../random.ts';
import type { RecordedCall, RecordedDay } from './recording.ts';

/** The call centre's types as services of the replay branch. */
export const replayServices = [
  { type: 'PS', id: 'regular', letter: 'A', zh: '普通业务', en: 'Regular' },
  { type: 'NE', id: 'stock', letter: 'B', zh: '证券业务', en: 'Stock exchange' },
  { type: 'NW', id: 'prospect', letter: 'C', zh: '新客咨询', en: 'New customers' },
  { type: 'IN', id: 'internet', letter: 'D', zh: '网银支持', en: 'Internet support' },
  { type: 'PE', id: 'english', letter: 'E', zh: '英语服务', en: 'English' },
  { type: 'TT', id: 'callback', letter: 'F', zh: '回访', en: 'Call-back' },
] as const;

const OTHER = 'regular';

/** At the replay branch a VIP takes at most one call in so many. */
export const VIP_ONE_IN = 2;

/**
 * One arrival per recorded call, keyed by its line; `dayStartAt` is the branch's local midnight. A customer who left in
 * the file leaves after the same wait; called before that, the stay is drawn from the day's services of that type.
 */
export function planReplay(day: RecordedDay, dayStartAt: number, seed: number): Arrival[] {
  const known = new Map<string, string>(replayServices.map(({ type, id }) => [type, id]));
  const times = servedTimes(day.calls);
  return day.calls.map((call) => {
    const serviceS = call.serviceS ?? drawServed(times, call, seed);
    return {
      at: dayStartAt + call.arrivalS * 1_000,
      key: String(call.line),
      visit: {
        segment: call.vip ? 'vip' : 'ordinary',
        transactions: [{ serviceId: known.get(call.type) ?? OTHER, ms: serviceS * 1_000 }],
        walkMs: 0,
        noShow: 'no',
        ...(call.outcome === 'HANG' && { patienceMs: call.waitS * 1_000 }),
      },
    };
  });
}

function servedTimes(calls: readonly RecordedCall[]): Map<string, number[]> {
  const times = new Map<string, number[]>([['', []]]);
  for (const { type, serviceS } of calls) {
    if (serviceS === undefined) continue;
    times.set(type, [...(times.get(type) ?? []), serviceS]);
    times.get('')?.push(serviceS);
  }
  return times;
}

function drawServed(times: ReadonlyMap<string, number[]>, call: RecordedCall, seed: number): number {
  const pool = times.get(call.type) ?? times.get('') ?? [];
  return pool[Math.floor(seededRandom(seed, 'stay', call.line).next() * pool.length)] ?? 0;
}
