import { useStaffBranch } from '../../staff/branch.ts';
import { AdviceHistorySheet } from '../../staff/advice/history-sheet.tsx';
import { WhatIfSheet } from '../../staff/advice/what-if-sheet.tsx';

/** Behind a branch's card: what was advised there, or what one window more or less would do. */
export default function BranchAdvice({ branchId, what, onClose }: { branchId: string; what: 'history' | 'whatIf'; onClose: () => void }) {
  const live = useStaffBranch(branchId);
  return what === 'history' ? <AdviceHistorySheet live={live} onClose={onClose} /> : <WhatIfSheet live={live} onClose={onClose} />;
}
