import { staffTexts } from '../../i18n/staff.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { StaffLive } from '../branch.ts';
import { Ledger } from './ledger.tsx';
import { RetrainingList } from './retraining-list.tsx';

export function LedgerSheet({ live, onClose }: { live: StaffLive; onClose: () => void }) {
  const t = useTexts(staffTexts);
  return (
    <Sheet title={t('ledger.title')} onClose={onClose} wide>
      <RetrainingList live={live} />
      <Ledger live={live} />
    </Sheet>
  );
}
