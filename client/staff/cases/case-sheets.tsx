import { EmergencySheet } from './emergency-sheet.tsx';
import { LogSheet } from './log-sheet.tsx';
import type { CaseSheet } from './open-sheet.ts';
import { ShiftSheet } from './shift-sheet.tsx';
import { StepsSheet } from './steps-sheet.tsx';

export default function CaseSheets({ sheet, onClose }: { sheet: CaseSheet; onClose: () => void }) {
  switch (sheet.kind) {
    case 'log':
      return <LogSheet branchId={sheet.branchId} ticketId={sheet.ticketId} onClose={onClose} />;
    case 'emergency':
      return <EmergencySheet branchId={sheet.branchId} onClose={onClose} />;
    case 'steps':
      return <StepsSheet branchId={sheet.branchId} caseId={sheet.caseId} onClose={onClose} />;
    case 'shift':
      return <ShiftSheet branchId={sheet.branchId} onClose={onClose} />;
  }
}
