/** The window policy as a rule that a simulated day can be played by: it sees what the branch would see then, and nothing later. */
import type { FloorNow, WindowRule, WindowRules } from './branch-day.simulation.ts';
import type { DayFlow } from './flow-forecast.ts';
import { FlowToday } from './flow-today.ts';
import { type ServiceTimes, workLeftS } from './service-times.ts';
import { WindowPolicy, type WindowThresholds, type WindowView } from './window-policy.ts';

/** What earlier days taught. */
export interface DayKnowledge {
  readonly flow: DayFlow;
  readonly services: ServiceTimes;
}

export type WindowLimits = Pick<WindowThresholds, 'openAboveMs' | 'closeBelowMs'>;

/** A rule for one day, from its start; seconds of the day's own midnight. */
export function windowRule(limits: WindowLimits, rules: WindowRules, knowledge: DayKnowledge, startS: number): WindowRule {
  const { toOpenS, leastOpenS, fewest, most } = rules;
  const policy = new WindowPolicy({ ...limits, toOpenMs: toOpenS * 1_000, leastOpenMs: leastOpenS * 1_000, fewest, most });
  const today = new FlowToday(knowledge.flow, startS * 1_000);
  let told = 0;
  return (now) => {
    for (; told < now.arrived; told += 1) today.arrived(now.nowS * 1_000);
    const action = policy.choose(viewOf(now, knowledge.services, today, toOpenS));
    return action === 'open' ? now.windows + 1 : action === 'close' ? now.windows - 1 : now.windows;
  };
}

function viewOf(now: FloorNow, services: ServiceTimes, today: FlowToday, toOpenS: number): WindowView {
  const { nowS, windows, opening, waiting, waitingByKind, busy, busyKind, busySinceS } = now;
  let workS = 0;
  for (let kind = 0; kind < services.meanOfKindS.length; kind += 1)
    workS += (waitingByKind[kind] as number) * (services.meanOfKindS[kind] as number);
  for (let place = 0; place < busy; place += 1)
    workS += workLeftS(services, busyKind[place] as number, nowS - (busySinceS[place] as number));
  const nowMs = nowS * 1_000;
  return {
    windows,
    opening,
    // The simulation itself holds windows open as long as they must be.
    longestOpenMs: Number.POSITIVE_INFINITY,
    waiting,
    workMs: workS * 1_000,
    coming: today.expected(nowMs, nowMs, nowMs + toOpenS * 1_000),
    meanServiceMs: services.meanS * 1_000,
  };
}
