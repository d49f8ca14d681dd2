/** Who works for a branch, read out of the bank's state. */
import type { Role, StaffDirectory } from '../aggregate.ts';
import { branchesOf } from './reach.ts';
import type { Account, BankState } from './bank.state.ts';

/** Deadlines that fall together ask the same of the same bank: accounts are looked through once. */
const asked = new WeakMap<BankState, Map<string, readonly string[]>>();

/** Costs nothing until it is asked. */
export function staffDirectory(bank: BankState, branchId: string): StaffDirectory {
  const worksHere = (account: Account): boolean => {
    if (account.disabled || account.role === 'admin') return false;
    const branches = branchesOf(bank, account);
    return branches === '*' || branches.includes(branchId);
  };
  const find = (role: Role): readonly string[] =>
    [...bank.accounts.values()].filter((account) => account.role === role && worksHere(account)).map(({ username }) => username);
  return {
    roleOf: (staffId) => {
      const account = bank.accounts.get(staffId);
      return account !== undefined && worksHere(account) ? account.role : undefined;
    },
    ofRole: (role) => {
      const known = asked.get(bank) ?? new Map<string, readonly string[]>();
      asked.set(bank, known);
      const key = `${role}|${branchId}`;
      const found = known.get(key) ?? find(role);
      known.set(key, found);
      return found;
    },
  };
}
