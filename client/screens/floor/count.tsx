import { waitingIn, type Zone } from '../../staff/figures.ts';
import { useBranchState } from './floor-context.ts';

/** How many wait, of a zone or of all. It changes with every customer, so it is drawn alone: nothing around it is. */
export function Count({ zone }: { zone?: Zone }) {
  const count = useBranchState((state) => (zone === undefined ? state.waiting : waitingIn(state, zone)));
  return <span className="count">{count}</span>;
}
