/** Breaks as they are recorded: begun by the person's word or by a pause long enough for the one planned, ended by being back. */
import type { Draft } from '../draft.ts';
import { nextBreak } from './breaks.ts';
import type { Presence } from './people.state.ts';

export const presenceOf = ({ state }: Draft, staffId: string): Presence | undefined =>
  Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId] : undefined;

/** The planned break, where one may begin by now; else one of its own. */
export function beginBreak(draft: Draft, staffId: string, backAt: number | undefined): void {
  const next = nextBreak(draft.state, staffId, draft.now);
  const planned = next !== undefined && next.planned.earliestAt <= draft.now ? { date: next.date, index: next.index } : {};
  draft.emit({ type: 'break.began', staffId, backAt, ...planned });
}

/** A pause announced for at least half of the planned break, at a time it may be taken, is that break. */
export function breakByPause(draft: Draft, staffId: string | undefined, backAt: number | undefined): void {
  if (staffId === undefined || backAt === undefined || presenceOf(draft, staffId)?.break !== undefined) return;
  const next = nextBreak(draft.state, staffId, draft.now);
  if (next === undefined || next.planned.earliestAt > draft.now || backAt - draft.now < next.planned.lengthMs / 2) return;
  beginBreak(draft, staffId, backAt);
}

/** Back at a post, or gone home. */
export function endBreak(draft: Draft, staffId: string | undefined): void {
  const away = staffId === undefined ? undefined : presenceOf(draft, staffId)?.break;
  if (staffId === undefined || away === undefined) return;
  draft.emit({ type: 'break.ended', staffId, date: away.date, index: away.index, tookMs: draft.now - away.since });
}
