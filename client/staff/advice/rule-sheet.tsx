import { Link } from '@tanstack/react-router';
import { adviceConfig } from '../../../shared/branch/advice/advice-book.ts';
import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { StaffLive } from '../branch.ts';
import { useSession } from '../session.ts';
import { RuleInWords } from './rule-in-words.tsx';

/** The rule behind advice on one screen, with this branch's own values. Who may change them finds the way. */
export function RuleSheet({ live, onClose }: { live: StaffLive; onClose: () => void }) {
  const t = useTexts(adviceSheetTexts);
  const session = useSession();
  const config = useFloor(live, (state) => state?.config);
  if (config === undefined) return null;
  const configures = session?.role === 'head' || session?.role === 'admin';
  return (
    <Sheet title={t('rule.title')} onClose={onClose} wide>
      <RuleInWords config={adviceConfig({ config })} />
      {configures ? (
        <Link className="button" to="/settings" search={{ tab: 'advice' }}>
          {t('rule.change')}
        </Link>
      ) : null}
    </Sheet>
  );
}
