/** A shift as somebody gives it, made into instants: the one place where local times of the rota become them. */
import type { BreakTemplate, PostKind } from '../../contract/people.ts';
import type { CommandOf } from '../../contract/commands.ts';
import { type Draft, refuse } from '../draft.ts';
import { barred } from './bars.ts';
import { dateAfter } from './dates.ts';
import type { PlannedBreak, Post, RotaShift } from './people.state.ts';
import { absenceOf, entryOf, lentTo, plannedShiftOf, postBar, postsOf, skillsAt } from './roster.ts';

type Given = Omit<CommandOf<'roster.setDay'>['shifts'][number], 'staffId'>;
type Planned = { readonly found: RotaShift } | ReturnType<typeof refuse>;

const LONGEST_MS = 16 * 3_600_000;
const MINUTES_A_DAY = 24 * 60;

/** A local time of the shift that began at `from` on `date`: earlier on the clock means the next day. */
function instantOf(draft: Draft, date: string, from: string, time: string, inclusive: boolean): number {
  const nextDay = inclusive ? time < from : time <= from;
  return draft.context.calendar.instantOf(nextDay ? dateAfter(date, 1) : date, time, draft.state.config.hours);
}

const usualPost = (kinds: readonly PostKind[], counterId: string | undefined): Post => {
  const [kind = 'backOffice'] = kinds;
  return kind === 'counter' && counterId !== undefined ? { kind, counterId } : { kind };
};

function postOf(draft: Draft, staffId: string, given: Given, date: string): Post {
  const entry = entryOf(draft.state, staffId, date);
  const kinds = entry === undefined ? [] : postsOf(entry);
  if (given.counterId !== undefined) return { kind: 'counter', counterId: given.counterId };
  if (given.post === undefined) return usualPost(kinds, entry?.counterId);
  return given.post === 'counter' ? usualPost(['counter'], entry?.counterId) : { kind: given.post };
}

function breaksOf(draft: Draft, date: string, from: string, templates: readonly BreakTemplate[]): PlannedBreak[] {
  return templates.map(({ earliest, latest, lengthMs }) => ({
    earliestAt: instantOf(draft, date, from, earliest, true),
    latestAt: instantOf(draft, date, from, latest, true),
    lengthMs,
  }));
}

/** What happened of a break already stays with it when the plan of a day under way is changed. */
const keepHistory = (breaks: readonly PlannedBreak[], before: RotaShift | undefined): PlannedBreak[] =>
  breaks.map((planned, index) => {
    const { beganAt, endedAt } = before?.breaks[index] ?? {};
    return { ...planned, ...(beganAt === undefined ? {} : { beganAt }), ...(endedAt === undefined ? {} : { endedAt }) };
  });

/** @param path of the shift in the command. */
export function planShift(draft: Draft, staffId: string, date: string, given: Given, path: string): Planned {
  const { state } = draft;
  const entry = entryOf(state, staffId, date);
  if (entry === undefined)
    return refuse('staff.unknown', `${staffId} is not on this branch's roster; add them in the settings.`, { staffId }, `${path}.staffId`);
  const template = state.config.people?.shifts.find(({ id }) => id === given.shiftId);
  if (given.shiftId !== undefined && template === undefined)
    return refuse('roster.shift_unknown', `There is no shift template ${given.shiftId}.`, { shiftId: given.shiftId }, `${path}.shiftId`);
  const from = given.from ?? template?.from;
  const until = given.until ?? template?.until;
  if (from === undefined || until === undefined)
    return refuse('roster.times_missing', 'Name a shift template, or from when until when.', undefined, path);
  const post = postOf(draft, staffId, given, date);
  if (post.counterId !== undefined && !state.config.counters.some(({ id }) => id === post.counterId))
    return refuse(
      'counter.unknown',
      `There is no counter ${post.counterId} in this branch; see the floor for its counters.`,
      { counterId: post.counterId },
      `${path}.counterId`,
    );
  const startsAt = instantOf(draft, date, from, from, true);
  const endsAt = instantOf(draft, date, from, until, false);
  const breaks = breaksOf(draft, date, from, given.breaks ?? template?.breaks ?? []);
  const outside = breaks.some(
    ({ earliestAt, latestAt, lengthMs }) => earliestAt < startsAt || latestAt < earliestAt || latestAt + lengthMs > endsAt,
  );
  if (outside || endsAt - startsAt > LONGEST_MS)
    return refuse('roster.times_wrong', 'A shift lasts at most 16 hours, and its breaks lie within it.', undefined, path);
  const bar = postBar(state, entry, post, date);
  if (bar !== undefined) return barred(bar, path);
  if (post.counterId !== undefined && skillsAt(state, entry, post.counterId).can === 0)
    return barred({ code: 'staff.no_skill', params: { staffId, counterId: post.counterId } }, path);
  return {
    found: {
      staffId,
      ...(given.shiftId === undefined ? {} : { shiftId: given.shiftId }),
      startsAt,
      endsAt,
      post,
      breaks: keepHistory(breaks, plannedShiftOf(state, date, staffId)),
    },
  };
}

const wallTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The same shift on another date: the local times are kept, the instants are those of that date. */
export function moveShift(draft: Draft, shift: RotaShift, from: string, to: string): RotaShift {
  const { calendar } = draft.context;
  const { hours } = draft.state.config;
  const midnight = calendar.instantOf(from, '00:00', hours);
  const moved = (at: number): number => {
    const days = at >= calendar.instantOf(dateAfter(from, 1), '00:00', hours) ? 1 : 0;
    const date = dateAfter(from, days);
    const base = days === 0 ? midnight : calendar.instantOf(date, '00:00', hours);
    // Minutes gone since midnight are the time on the wall, but for a day on which the clocks change: by how much it is off, the calendar says.
    const gone = Math.min(MINUTES_A_DAY - 1, Math.round((at - base) / 60_000));
    const off = Math.round((at - calendar.instantOf(date, wallTime(gone), hours)) / 60_000);
    return calendar.instantOf(dateAfter(to, days), wallTime(gone + off), hours);
  };
  const { fills: _own, ...rest } = shift;
  return {
    ...rest,
    startsAt: moved(shift.startsAt),
    endsAt: moved(shift.endsAt),
    breaks: shift.breaks.map(({ earliestAt, latestAt, lengthMs }) => ({
      earliestAt: moved(earliestAt),
      latestAt: moved(latestAt),
      lengthMs,
    })),
  };
}

/** Why a shift copied to another date cannot be worked there; undefined when it can. */
export function copyBar(draft: Draft, shift: RotaShift, date: string): string | undefined {
  const { state } = draft;
  const entry = entryOf(state, shift.staffId, date);
  if (entry === undefined) return 'staff.unknown';
  if (absenceOf(state, date, shift.staffId) !== undefined) return 'staff.absent';
  if (lentTo(state, shift.staffId, date) !== undefined) return 'staff.lent';
  if (shift.post.counterId !== undefined && !state.config.counters.some(({ id }) => id === shift.post.counterId)) return 'counter.unknown';
  return postBar(state, entry, shift.post, date)?.code;
}
