/** People and posts that have nothing to do with one another, as rosters of their own: guards hold no window, tellers guard nothing. */
import { type Post, posts, type RosterProblem, type RosterStaff, rightsOn } from '../../shared/roster/roster-problem.ts';

interface Group {
  readonly staff: RosterStaff[];
  readonly posts: Set<Post>;
  heads: boolean;
}

/** Together they need and cost what the whole does. What nobody here may do, and people who may do nothing, are the first one's. */
export function problemsApart(problem: RosterProblem): readonly RosterProblem[] {
  let groups: Group[] = [];
  for (const person of problem.staff) {
    const held = new Set(problem.days.flatMap(({ date }) => rightsOn(person, date).map(({ post }) => post)));
    const mine: Group = { staff: [person], posts: held, heads: person.head === true };
    const meets = (group: Group): boolean => (group.heads && mine.heads) || [...held].some((post) => group.posts.has(post));
    for (const group of groups.filter(meets)) {
      mine.staff.unshift(...group.staff);
      for (const post of group.posts) mine.posts.add(post);
      mine.heads ||= group.heads;
    }
    groups = [...groups.filter((group) => !meets(group)), mine];
  }
  const [first = { staff: [], posts: new Set<Post>(), heads: false }, ...others] = groups.filter(
    (group) => group.posts.size > 0 || group.heads,
  );
  first.staff.push(...groups.filter((group) => group.posts.size === 0 && !group.heads).flatMap(({ staff }) => staff));
  for (const post of posts) if (!others.some((group) => group.posts.has(post))) first.posts.add(post);
  first.heads = !others.some(({ heads }) => heads);
  return [first, ...others].map(({ staff, posts: own, heads }) => ({
    ...problem,
    staff,
    days: problem.days.map((day) => ({
      ...day,
      heads: heads ? day.heads : 0,
      needs: day.needs.map((needs) => Object.fromEntries(Object.entries(needs).filter(([post]) => own.has(post as Post)))),
    })),
  }));
}
