/** What the plan waits for: places of the next days that nobody fills, and offers to swap. Pure. */
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { PeopleState, RotaShift, Swap } from '../../../shared/branch/people/people.state.ts';
import { dayOf } from '../../../shared/branch/people/roster.ts';

export interface Place {
  readonly staffId: string;
  readonly date: string;
  readonly shift: RotaShift;
}

export interface ToSettle {
  /** Today's stand among those missing. */
  readonly places: readonly Place[];
  /** The longest waiting first; `late`: for too long. */
  readonly swaps: readonly (Swap & { readonly late: boolean })[];
}

export function toSettle(people: PeopleState, attention: BranchState['attention'], today: string): ToSettle {
  const items = Object.values(attention);
  const places = items.flatMap(({ kind, staffId, date }): Place[] => {
    if (kind !== 'placeOpen' || staffId === undefined || date === undefined || date <= today) return [];
    const shift = dayOf({ people }, date)?.shifts[staffId];
    return shift === undefined ? [] : [{ staffId, date, shift }];
  });
  const late = new Set(items.flatMap(({ kind, swapId }) => (kind === 'swapWaiting' && swapId !== undefined ? [swapId] : [])));
  return {
    places: places.toSorted((a, b) => a.shift.startsAt - b.shift.startsAt),
    swaps: Object.values(people.swaps)
      .map((swap) => ({ ...swap, late: late.has(swap.id) }))
      .toSorted((a, b) => a.offeredAt - b.offeredAt),
  };
}
