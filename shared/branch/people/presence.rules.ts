/** Who is here and on which post: signing on, leaving, breaks, and whether the responsible head can be reached. */
import { closeOwn, countOf, pauseForBreak, signOn } from '../counters/counter.rules.ts';
import { type Draft, done, refuse, type Rules } from '../draft.ts';
import { barred } from './bars.ts';
import { beginBreak, endBreak, presenceOf } from './break-marks.ts';
import { nextBreak } from './breaks.ts';
import type { Post } from './people.state.ts';
import { absenceOf, entryOf, postBar } from './roster.ts';

const notHere = (staffId: string) => refuse('post.not_here', `${staffId} has not signed on at any post; nothing was changed.`, { staffId });

/** Somebody here after all is not away any more. */
export function cameAfterAll(draft: Draft, staffId: string): void {
  const { date } = draft.state.day;
  if (absenceOf(draft.state, date, staffId) !== undefined) draft.emit({ type: 'roster.absenceCancelled', date, staffId });
}

function takePost(draft: Draft, staffId: string, post: Post) {
  const { state } = draft;
  const entry = entryOf(state, staffId);
  if (entry === undefined)
    return refuse('staff.unknown', `${staffId} is not on this branch's roster; add them in the settings.`, { staffId }, 'staffId');
  const bar = postBar(state, entry, post, state.day.date);
  if (bar !== undefined) return barred(bar);
  const here = presenceOf(draft, staffId);
  if (here?.post?.kind === post.kind && here.break === undefined)
    return refuse('post.taken_already', `${staffId} is on this post already.`, { staffId, post: post.kind });
  const busy = here?.post?.counterId === undefined ? undefined : closeOwn(draft, here.post.counterId);
  if (busy !== undefined) return busy;
  endBreak(draft, staffId);
  cameAfterAll(draft, staffId);
  draft.emit({ type: 'post.taken', staffId, post });
  return { result: { staffId, post } };
}

export const presenceRules = {
  'post.take': (draft, { kind, counterId, staffId = draft.context.actor.id }) => {
    if (kind !== 'counter') return takePost(draft, staffId, { kind });
    const own = counterId ?? entryOf(draft.state, staffId)?.counterId;
    if (own === undefined) return refuse('post.which_counter', 'Name the counter to sign on at.', undefined, 'counterId');
    return signOn(draft, own, staffId);
  },

  'post.leave': (draft, { staffId = draft.context.actor.id }) => {
    const here = presenceOf(draft, staffId);
    if (here === undefined) return notHere(staffId);
    const busy = here.post?.counterId === undefined ? undefined : closeOwn(draft, here.post.counterId);
    if (busy !== undefined) return busy;
    endBreak(draft, staffId);
    draft.emit({ type: 'post.left', staffId, post: here.post });
    return done;
  },

  'break.begin': (draft, { staffId = draft.context.actor.id, backAt, reason }) => {
    const here = presenceOf(draft, staffId);
    if (here === undefined) return notHere(staffId);
    if (here.break !== undefined) return refuse('break.on_already', `${staffId} is on a break already.`, { staffId });
    if (backAt !== undefined && backAt <= draft.now)
      return refuse('break.back_past', 'The end of the break lies ahead; choose a later time.', undefined, 'backAt');
    const next = nextBreak(draft.state, staffId, draft.now);
    const until = backAt ?? (next === undefined ? undefined : draft.now + next.planned.lengthMs);
    const pause = here.post?.counterId === undefined ? 'now' : pauseForBreak(draft, here.post.counterId, reason, until);
    if (pause === 'later') return { result: { staffId, backAt: until, later: true } };
    // The pause may have been long enough to count as the break.
    if (presenceOf(draft, staffId)?.break === undefined) beginBreak(draft, staffId, until);
    return { result: { staffId, backAt: until } };
  },

  'break.end': (draft, { staffId = draft.context.actor.id }) => {
    const here = presenceOf(draft, staffId);
    if (here?.break === undefined) return refuse('break.not_on', `${staffId} is not on a break.`, { staffId });
    endBreak(draft, staffId);
    const counter = here.post?.counterId === undefined ? undefined : draft.state.counters[here.post.counterId];
    if (counter?.state === 'paused') draft.emit({ type: 'counter.resumed', counterId: counter.id, cashCount: countOf(counter) });
    return done;
  },

  'duty.reach': (draft, { staffId = draft.context.actor.id, reachable }) => {
    const role = entryOf(draft.state, staffId)?.role;
    if (role !== 'head' && role !== 'supervisor')
      return refuse('duty.not_a_head', 'The responsible head of a day is a head or a supervisor of the roster.', { staffId }, 'staffId');
    if (draft.state.people.unreachable.includes(staffId) !== reachable)
      return refuse('duty.unchanged', 'This is known already; nothing was changed.', { staffId });
    draft.emit({ type: 'duty.reachSet', staffId, reachable });
    return done;
  },
} satisfies Rules;
