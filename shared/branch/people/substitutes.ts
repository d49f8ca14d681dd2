/** Who may take somebody's place: skill, role, certificate, hours, rest; best first, each with why. Pure. */
import type { Role } from '../../aggregate.ts';
import type { RosterEntry } from '../../contract/config.ts';
import type { BranchState } from '../branch.state.ts';
import { plansPeople } from './people.access.ts';
import { hoursBar, type Leaving, weekMsOf } from './hours.ts';
import type { RotaShift } from './people.state.ts';
import { absenceOf, type Bar, entryOf, peopleRules, postBar, postsOf, skillsAt, staffOn } from './roster.ts';

export interface Substitute {
  readonly staffId: string;
  /** Signed on in the branch now: asked for today's shifts only. */
  readonly here: boolean;
  readonly sameRole: boolean;
  /** The post is this person's usual one. */
  readonly usualPost: boolean;
  /** Of the counter's services; absent at other posts. */
  readonly skills?: { readonly can: number; readonly of: number };
  /** Of the week's hours, once this shift is worked: told to those who plan. */
  readonly hoursLeftMs: number;
}

/** What stands against this person working this shift that day; undefined when nothing does. */
export function shiftBar(state: BranchState, entry: RosterEntry, date: string, shift: RotaShift, leaving: Leaving = []): Bar | undefined {
  const { staffId } = entry;
  if (absenceOf(state, date, staffId) !== undefined) return { code: 'staff.absent', params: { staffId, date } };
  const bar = postBar(state, entry, shift.post, date);
  if (bar !== undefined) return bar;
  const { counterId } = shift.post;
  if (counterId !== undefined && skillsAt(state, entry, counterId).can === 0)
    return { code: 'staff.no_skill', params: { staffId, counterId } };
  return hoursBar(state, entry, date, { ...shift, staffId }, leaving);
}

/** As whoever does not plan hears of it: the hours of a colleague are not theirs to know. */
export function substituteTold(role: Role, substitute: Substitute): Omit<Substitute, 'hoursLeftMs'> {
  const { hoursLeftMs: _theirs, ...told } = substitute;
  return plansPeople(role) ? substitute : told;
}

/** Everybody who may work `shift` in place of its person. Best first: here already, of the same role, usually at such a post, able to do most, with most hours left. */
export function substitutesFor(state: BranchState, date: string, shift: RotaShift): Substitute[] {
  const rules = peopleRules(state);
  if (rules === undefined) return [];
  const absent = entryOf(state, shift.staffId, date);
  const found: Substitute[] = [];
  for (const entry of staffOn(state, date)) {
    if (entry.staffId === shift.staffId || shiftBar(state, entry, date, shift) !== undefined) continue;
    const { staffId, contract = rules.contract } = entry;
    const { counterId } = shift.post;
    found.push({
      staffId,
      here: date === state.day?.date && Object.hasOwn(state.people.presence, staffId),
      sameRole: entry.role === absent?.role,
      usualPost: postsOf(entry)[0] === shift.post.kind,
      ...(counterId === undefined ? {} : { skills: skillsAt(state, entry, counterId) }),
      hoursLeftMs: contract.weekMs - weekMsOf(state, staffId, date) - (shift.endsAt - shift.startsAt),
    });
  }
  const share = ({ skills }: Substitute): number => (skills === undefined || skills.of === 0 ? 1 : skills.can / skills.of);
  return found.sort(
    (a, b) =>
      Number(b.here) - Number(a.here) ||
      Number(b.sameRole) - Number(a.sameRole) ||
      Number(b.usualPost) - Number(a.usualPost) ||
      share(b) - share(a) ||
      b.hoursLeftMs - a.hoursLeftMs ||
      (a.staffId < b.staffId ? -1 : 1),
  );
}
