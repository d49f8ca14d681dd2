/** Everybody of today's plan and everybody here, with how each stands right now. Pure; some dozens of people. */
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { shiftAt } from '../../../shared/branch/people/breaks.ts';
import type { Post, Presence, RotaShift } from '../../../shared/branch/people/people.state.ts';
import { absenceOf, entryOf, plannedShiftOf, staffOn } from '../../../shared/branch/people/roster.ts';
import type { RosterEntry } from '../../../shared/contract/config.ts';
import type { StateName } from '../../ui/state-shape.tsx';

/** `breakOver`: should be back by now. `missing`: the shift has begun, nobody signed on. */
export const looks = ['missing', 'breakOver', 'onPost', 'onBreak', 'free', 'later', 'away', 'off'] as const;
export type Look = (typeof looks)[number];

export const lookShape: Readonly<Record<Look, StateName>> = {
  missing: 'over',
  breakOver: 'near',
  onPost: 'serving',
  onBreak: 'paused',
  free: 'idle',
  later: 'waiting',
  away: 'closed',
  off: 'closed',
};

export interface PersonNow {
  readonly entry: RosterEntry;
  readonly staffId: string;
  readonly look: Look;
  /** The clock of the look: on this post, on the break, missing since. */
  readonly since?: number;
  readonly here?: Presence;
  /** The shift of now or of later today, absent or not. */
  readonly shift?: RotaShift;
  /** The date of that shift. */
  readonly date: string;
  /** Who took the place of somebody away. */
  readonly filledBy?: string;
}

const postRank = ['lobby', 'counter', 'floor', 'guard', 'backOffice'] as const;

function lookOf(here: Presence | undefined, shift: RotaShift | undefined, away: boolean, now: number): Pick<PersonNow, 'look' | 'since'> {
  if (here?.break !== undefined) {
    const late = here.break.backAt !== undefined && here.break.backAt < now;
    return { look: late ? 'breakOver' : 'onBreak', since: here.break.since };
  }
  if (here !== undefined) return { look: here.post === undefined ? 'free' : 'onPost', since: here.since };
  if (shift === undefined || shift.endsAt <= now) return { look: away ? 'away' : 'off' };
  if (away) return { look: 'away' };
  return shift.startsAt <= now ? { look: 'missing', since: shift.startsAt } : { look: 'later' };
}

/** The order people are read in: by how they stand, then by post and counter, then as on the roster. */
export function peopleNow(state: BranchState, now: number): readonly PersonNow[] {
  const today = state.day?.date;
  if (today === undefined) return [];
  const own = staffOn(state, today);
  const guests = Object.keys(state.people.presence).flatMap((id) =>
    own.some((one) => one.staffId === id) ? [] : (entryOf(state, id) ?? []),
  );
  const found = [...own, ...guests].map((entry): PersonNow => {
    const { staffId } = entry;
    const here = Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId] : undefined;
    const running = shiftAt(state, staffId, now);
    const date = running?.date ?? today;
    const shift = running?.shift ?? plannedShiftOf(state, today, staffId);
    const absence = absenceOf(state, date, staffId);
    return {
      entry,
      staffId,
      date,
      ...lookOf(here, shift, absence !== undefined, now),
      ...(here === undefined ? {} : { here }),
      ...(shift === undefined ? {} : { shift }),
      ...(absence?.filledBy === undefined ? {} : { filledBy: absence.filledBy }),
    };
  });
  const number = (id: string | undefined): number => state.config?.counters.find((one) => one.id === id)?.number ?? 0;
  const rank = ({ here, shift }: PersonNow): number => {
    const post: Post | undefined = here?.post ?? shift?.post;
    return post === undefined ? 1_000_000 : postRank.indexOf(post.kind) * 10_000 + number(post.counterId);
  };
  return found
    .map((one, index) => ({ one, index }))
    .sort((a, b) => looks.indexOf(a.one.look) - looks.indexOf(b.one.look) || rank(a.one) - rank(b.one) || a.index - b.index)
    .map(({ one }) => one);
}
