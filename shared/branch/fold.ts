import type { Envelope } from '../aggregate.ts';
import type { BranchEvent, BranchEventOf } from './branch.events.ts';
import type { BranchState } from './branch.state.ts';

/** What a subject's events do to the state: no rule, no check. */
export type Folds = { readonly [T in BranchEvent['type']]?: (state: BranchState, event: Envelope & BranchEventOf<T>) => BranchState };
