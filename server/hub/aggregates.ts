/** The two aggregates of Counterflow, as the hub wants them. */
import { bank } from '../../shared/bank/bank.ts';
import { staffDirectory } from '../../shared/bank/staff-directory.ts';
import { branch } from '../../shared/branch/branch.ts';
import type { Aggregates, BankShape, BranchShape } from './hub.types.ts';

export const aggregates: Aggregates<BranchShape, BankShape> = {
  branch,
  bank,
  staffOf: staffDirectory,
  hasBranch: (state, branchId) => state.branches.get(branchId)?.kind === 'branch',
};
