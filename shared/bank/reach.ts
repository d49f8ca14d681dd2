/** Which floors an account reaches. */
import type { Account, BankBranch, BankState } from './bank.state.ts';

/** The floors an account reaches: its own branches and all below its units; `'*'` for an administrator. */
export function branchesOf(state: BankState, account: Account): readonly string[] | '*' {
  return account.role === 'admin' ? '*' : floorsOf(state, account.branches);
}

/** Branches as they are, units as the branches below them. */
export function floorsOf(state: BankState, ids: readonly string[]): readonly string[] {
  if (ids.every((id) => state.branches.get(id)?.kind === 'branch')) return ids;
  const given = new Set(ids);
  return [...state.branches.values()]
    .filter((branch) => branch.kind === 'branch' && isUnder(state, branch, given))
    .map((branch) => branch.id);
}

function isUnder(state: BankState, branch: BankBranch, given: ReadonlySet<string>): boolean {
  let here: BankBranch | undefined = branch;
  while (here) {
    if (given.has(here.id)) return true;
    here = here.parentId === undefined ? undefined : state.branches.get(here.parentId);
  }
  return false;
}
