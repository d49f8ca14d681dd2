/** Who may sign on at a shared terminal, with the posts open to each. */
import type { BranchState, Counter } from '../../shared/branch/branch.state.ts';
import { shiftAt } from '../../shared/branch/people/breaks.ts';
import type { Post } from '../../shared/branch/people/people.state.ts';
import { postBar, postsOf, skillsAt, staffOn } from '../../shared/branch/people/roster.ts';
import type { RosterEntry } from '../../shared/contract/config.ts';
import type { TerminalPerson } from '../../shared/contract/terminal.ts';

interface Known {
  readonly names: ReadonlyMap<string, string>;
  /** Usernames with a PIN. */
  readonly pins: ReadonlySet<string>;
  /** Hub time. */
  readonly now: number;
}

const isFree = (counter: Counter | undefined): boolean =>
  counter === undefined || counter.state === 'closed' || (counter.state === 'idle' && counter.staffId === undefined);

/** In the order they are offered. Whoever sits at a counter leaves it before taking another. */
function postsOpen(state: BranchState, entry: RosterEntry, planned: Post | undefined, at: Post | undefined): Post[] {
  const date = state.day?.date ?? '';
  const counters = (state.config?.counters ?? []).filter(({ id }) => isFree(state.counters[id]) && skillsAt(state, entry, id).can > 0);
  const kinds = postsOf(entry).filter((kind) => kind !== at?.kind);
  const all = kinds.flatMap((kind): Post[] => (kind === 'counter' ? counters.map(({ id }) => ({ kind, counterId: id })) : [{ kind }]));
  const rank = ({ kind, counterId }: Post): number =>
    kind === planned?.kind && counterId === planned.counterId ? 0 : kind === 'counter' && counterId === entry.counterId ? 1 : 2;
  return all.filter((post) => postBar(state, entry, post, date) === undefined).toSorted((a, b) => rank(a) - rank(b));
}

export function terminalPeople(state: BranchState, { names, pins, now }: Known): TerminalPerson[] {
  return staffOn(state, state.day?.date ?? '').map((entry) => {
    const { staffId, role } = entry;
    const here = Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId] : undefined;
    const shift = shiftAt(state, staffId, now)?.shift;
    return {
      staffId,
      name: names.get(staffId) ?? staffId,
      role,
      hasPin: pins.has(staffId),
      ...(here === undefined ? {} : { here }),
      posts: postsOpen(state, entry, shift?.post, here?.post),
      ...(shift === undefined ? {} : { shift: { startsAt: shift.startsAt, endsAt: shift.endsAt, post: shift.post } }),
      offShift: Object.hasOwn(state.offShift, staffId),
    };
  });
}
