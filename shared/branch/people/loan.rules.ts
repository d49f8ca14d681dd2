/** What the bank decided about people between branches, told to both: said twice it changes nothing. */
import { done, type Rules } from '../draft.ts';
import type { Loan } from './people.state.ts';

const known = (loans: Readonly<Record<string, Loan>>, loanId: string): Loan | undefined =>
  Object.hasOwn(loans, loanId) ? loans[loanId] : undefined;

export const loanRules = {
  'staff.lend': (draft, { loanId, staffId, date, toBranchId }) => {
    if (known(draft.state.people.loans, loanId) === undefined) draft.emit({ type: 'staff.lent', loanId, staffId, date, toBranchId });
    return done;
  },
  'staff.borrow': (draft, { loanId, staffId, date, fromBranchId, entry }) => {
    if (known(draft.state.people.loans, loanId) === undefined)
      draft.emit({ type: 'staff.borrowed', loanId, staffId, date, fromBranchId, entry });
    return done;
  },
  'staff.endLoan': (draft, { loanId }) => {
    const loan = known(draft.state.people.loans, loanId);
    if (loan !== undefined) draft.emit({ type: 'staff.loanEnded', loanId, staffId: loan.staffId, date: loan.date });
    return done;
  },
} satisfies Rules;
