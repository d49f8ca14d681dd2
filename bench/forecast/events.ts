/** The calls as the line's events, in order of time. Within a second: joined, then ended, left, started. */
import type { LineEvent } from '../../shared/forecast/line.ts';
import { type Call, isScored } from './calls-file.ts';

export interface Told {
  readonly event: LineEvent;
  /** Of a `joined` event. */
  readonly call: Call | undefined;
  readonly scored: boolean;
}

const RANK = { joined: 0, ended: 1, left: 2, started: 3, server: 4 } as const;

/**
 * Credit by class of priority, in seconds. The file's description gives only VIPs 90; in the calls of February each class overtakes the
 * one below that came up to 90 s before, and never one that came earlier than that (docs/forecasting.md).
 */
export const DESCRIBED_CREDIT_S = [0, 0, 90] as const;
export const FOUND_CREDIT_S = [0, 90, 180] as const;

export function eventsOf(calls: readonly Call[], creditsS: readonly number[]): Told[] {
  const told: Told[] = [];
  for (const [index, call] of calls.entries()) {
    if (call.outcome === 'PHANTOM') continue;
    const id = `c${index}`;
    const { kind, priority, joinedAtS, exitedAtS, service, agent } = call;
    const add = (event: LineEvent, of?: Call): void => void told.push({ event, call: of, scored: of !== undefined && isScored(of) });
    const queued = joinedAtS !== undefined && exitedAtS !== undefined;
    if (queued) {
      add({ type: 'joined', at: joinedAtS * 1_000, id, kind, priority, creditMs: (creditsS[priority] ?? 0) * 1_000 }, call);
      if (call.outcome === 'HANG') add({ type: 'left', at: exitedAtS * 1_000, id });
    }
    if (call.outcome !== 'AGENT') continue;
    const startedAtS = queued ? exitedAtS : (service?.startedAtS ?? call.arrivedAtS);
    const known = service !== undefined && agent !== '';
    add({ type: 'started', at: startedAtS * 1_000, kind, ...(queued && { id }), ...(known && { server: agent }) });
    if (known) add({ type: 'ended', at: Math.min(Math.max(startedAtS, service.endedAtS), startedAtS + 3_600) * 1_000, server: agent });
  }
  return told.sort((a, b) => a.event.at - b.event.at || RANK[a.event.type] - RANK[b.event.type]);
}

/** The clock on the wall of the calls' city. */
export const callCalendar = (at: number): { day: number; weekday: number; timeOfDayMs: number } => {
  const day = Math.floor(at / 86_400_000);
  // 1 January 1970 was a Thursday.
  return { day, weekday: ((day + 3) % 7) + 1, timeOfDayMs: at - day * 86_400_000 };
};
