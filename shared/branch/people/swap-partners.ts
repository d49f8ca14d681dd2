/** With whom a day can be swapped: both may work what they take. Pure; whoever offers is judged again. */
import type { BranchState } from '../branch.state.ts';
import type { RotaShift } from './people.state.ts';
import { absenceOf, entryOf, shiftOf, staffOn } from './roster.ts';
import { shiftBar } from './substitutes.ts';

export interface SwapPartner {
  readonly staffId: string;
  readonly sameRole: boolean;
  /** What they give; none when they are free that day. */
  readonly shift?: RotaShift;
}

/** Nothing is gained by swapping the same hours at the same kind of post. */
const sameWork = (a: RotaShift, b: RotaShift): boolean => a.startsAt === b.startsAt && a.endsAt === b.endsAt && a.post.kind === b.post.kind;

/** Of the same role first, then those who give a shift of theirs. `now` in hub ms. */
export function swapPartners(
  of: BranchState,
  { date, staffId, now }: { readonly date: string; readonly staffId: string; readonly now: number },
): readonly SwapPartner[] {
  const mine = entryOf(of, staffId, date);
  const given = shiftOf(of, date, staffId);
  if (mine === undefined || (given !== undefined && given.startsAt <= now)) return [];
  const found = staffOn(of, date).flatMap((entry): SwapPartner[] => {
    if (entry.staffId === staffId || absenceOf(of, date, entry.staffId) !== undefined) return [];
    const taken = shiftOf(of, date, entry.staffId);
    if ((given === undefined && taken === undefined) || (taken !== undefined && taken.startsAt <= now)) return [];
    if (given !== undefined && taken !== undefined && sameWork(given, taken)) return [];
    if (given !== undefined && shiftBar(of, entry, date, given, taken === undefined ? [] : [date]) !== undefined) return [];
    if (taken !== undefined && shiftBar(of, mine, date, taken, given === undefined ? [] : [date]) !== undefined) return [];
    return [{ staffId: entry.staffId, sameRole: entry.role === mine.role, ...(taken === undefined ? {} : { shift: taken }) }];
  });
  return found.sort((a, b) => Number(b.sameRole) - Number(a.sameRole) || Number(b.shift !== undefined) - Number(a.shift !== undefined));
}
