/** The clock of one transaction (限时服务, domain.md section 3): what has run, what is allowed, when it is passed. All in ms. */
import type { Policy } from '../../contract/config.ts';
import type { Item } from '../branch.state.ts';

/** Time of the teller's own: authorisations and outages do not count. */
export function ranMs(item: Item, now: number): number {
  const until = item.endedAt ?? item.pausedSince ?? now;
  return Math.max(0, until - item.startedAt - item.pausedMs);
}

/** Limit with extensions; undefined = no limit. */
export function allowedMs(item: Item): number | undefined {
  if (item.limitMs === undefined) return undefined;
  return item.extensions.reduce((sum, extension) => sum + extension.addMs, item.limitMs);
}

/** When the limit will be passed if nothing changes; undefined while the clock stands, once ended, or without a limit. */
export function limitAt(item: Item): number | undefined {
  const allowed = allowedMs(item);
  if (allowed === undefined || item.pausedSince !== undefined || item.endedAt !== undefined) return undefined;
  return item.startedAt + item.pausedMs + allowed;
}

/** Stage of an overrun: -1 in time, 0 past the limit, 1…3 from each stage on. */
export function stageOf(overMs: number, policy: Policy): number {
  if (overMs <= 0) return -1;
  return policy.stagesMs.filter((fromMs) => overMs >= fromMs).length;
}

/** The next thing time alone brings to this transaction. */
export interface NextMark {
  readonly at: number;
  /** -1 = the warning near the limit. */
  readonly stage: number;
}

export function nextMark(item: Item, policy: Policy): NextMark | undefined {
  const passesAt = limitAt(item);
  const allowed = allowedMs(item);
  if (passesAt === undefined || allowed === undefined) return undefined;
  if (item.stage < 0) {
    const nearAt = Math.round(passesAt - allowed * (1 - policy.warnShare));
    return item.near ? { at: passesAt, stage: 0 } : { at: nearAt, stage: -1 };
  }
  const fromMs = policy.stagesMs[item.stage];
  return fromMs === undefined ? undefined : { at: passesAt + fromMs, stage: item.stage + 1 };
}

/** After an extension the marks already passed may lie ahead again. */
export function remark(item: Item, policy: Policy, now: number): Item {
  const allowed = allowedMs(item);
  if (allowed === undefined) return item;
  const ran = ranMs(item, now);
  return { ...item, near: ran >= allowed * policy.warnShare, stage: stageOf(ran - allowed, policy) };
}
