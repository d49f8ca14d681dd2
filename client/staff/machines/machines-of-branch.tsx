import { useStaffBranch } from '../branch.ts';
import { MachinesSheet } from './machines-sheet.tsx';

/** The machines of a branch from anywhere: loaded when first asked for. */
export default function MachinesOfBranch({ branchId, onClose }: { branchId: string; onClose: () => void }) {
  return <MachinesSheet live={useStaffBranch(branchId)} onClose={onClose} />;
}
