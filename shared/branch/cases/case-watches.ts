/** Which cases need a person now. Silent ones never do: they are not for the tablet. */
import type { Watch } from '../attention/attention.ts';
import type { Attention, BranchState } from '../branch.state.ts';
import type { Case } from './case.state.ts';

/** A list for people: beyond this the case list tells more. */
const MOST_PER_KIND = 50;
const MOST_LOOKED_AT = 500;

const known = new WeakMap<BranchState['cases'], readonly Watch[]>();
const ofCase = new WeakMap<Case, readonly Watch[]>();

function watchesOf(one: Case): readonly Watch[] {
  const before = ofCase.get(one);
  if (before !== undefined) return before;
  const watch = (kind: Attention['kind'], since: number, staffId: string | undefined): Watch => ({
    item: { id: `${kind}:${one.id}`, kind, since, caseId: one.id, staffId },
    at: since,
  });
  const found: Watch[] = [];
  if (one.kind === 'emergency') found.push(watch('emergency', one.loggedAt, one.ownerId));
  if (one.overdue === true) found.push(watch('caseOverdue', one.overdueSince ?? one.loggedAt, one.ownerId));
  if (one.offeredTo !== undefined) found.push(watch('caseOffered', one.offeredAt ?? one.loggedAt, one.offeredTo));
  ofCase.set(one, found);
  return found;
}

/** Asked at every command, so remembered until a case changes. */
export function caseWatches(state: BranchState): readonly Watch[] {
  const before = known.get(state.cases);
  if (before !== undefined) return before;
  const counts = new Map<string, number>();
  const found: Watch[] = [];
  let looked = 0;
  for (const id of state.notableCases.values()) {
    if (++looked > MOST_LOOKED_AT) break;
    const one = state.cases.get(id);
    for (const watch of one === undefined ? [] : watchesOf(one)) {
      const count = counts.get(watch.item.kind) ?? 0;
      if (count >= MOST_PER_KIND) continue;
      counts.set(watch.item.kind, count + 1);
      found.push(watch);
    }
  }
  known.set(state.cases, found);
  return found;
}
