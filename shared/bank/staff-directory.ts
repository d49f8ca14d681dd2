/** Who works for a branch, read out of the bank's state. */
import type { StaffDirectory } from '../aggregate.ts';
import { branchesOf } from './bank.ts';
import type { Account, BankState } from './bank.state.ts';

/** Costs nothing until it is asked. */
export function staffDirectory(bank: BankState, branchId: string): StaffDirectory {
  const worksHere = (account: Account): boolean => {
    if (account.disabled || account.role === 'admin') return false;
    const branches = branchesOf(bank, account);
    return branches === '*' || branches.includes(branchId);
  };
  return {
    roleOf: (staffId) => {
      const account = bank.accounts.get(staffId);
      return account !== undefined && worksHere(account) ? account.role : undefined;
    },
    ofRole: (role) =>
      [...bank.accounts.values()].filter((account) => account.role === role && worksHere(account)).map(({ username }) => username),
  };
}
