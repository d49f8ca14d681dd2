/** How many windows were staffed, from who served lately: the file does not say who was on duty. */
import type { RecordedCall } from './recording.ts';

export interface Shift {
  /** Seconds after midnight from which `windows` are open. */
  readonly fromS: number;
  readonly windows: number;
}

export const LATELY_S = 30 * 60;

/**
 * An agent counts from the begin of a service until `latelyS` after the last one's end. Services whose agent
 * is not recorded count while they last.
 */
export function staffing(calls: readonly RecordedCall[], latelyS: number = LATELY_S): Shift[] {
  const steps: { at: number; change: number }[] = [];
  const add = (from: number, to: number) => steps.push({ at: from, change: 1 }, { at: to, change: -1 });
  const byAgent = new Map<string, [number, number][]>();
  for (const { agent, serviceStartS, serviceS } of calls) {
    if (serviceStartS === undefined || serviceS === undefined) continue;
    const span: [number, number] = [serviceStartS, serviceStartS + serviceS];
    if (agent === undefined) add(...span);
    else byAgent.set(agent, [...(byAgent.get(agent) ?? []), span]);
  }
  for (const spans of byAgent.values()) {
    let on: [number, number] | undefined;
    for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
      if (on !== undefined && from <= on[1]) on[1] = Math.max(on[1], to + latelyS);
      else {
        if (on !== undefined) add(...on);
        on = [from, to + latelyS];
      }
    }
    if (on !== undefined) add(...on);
  }
  steps.sort((a, b) => a.at - b.at || b.change - a.change);
  const shifts: Shift[] = [];
  let windows = 0;
  for (const { at, change } of steps) {
    windows += change;
    const last = shifts.at(-1);
    if (last?.fromS === at) shifts[shifts.length - 1] = { fromS: at, windows };
    else shifts.push({ fromS: at, windows });
  }
  return shifts;
}

/** Windows open at an instant. */
export function windowsAt(shifts: readonly Shift[], atS: number): number {
  return shifts.findLast(({ fromS }) => fromS <= atS)?.windows ?? 0;
}
