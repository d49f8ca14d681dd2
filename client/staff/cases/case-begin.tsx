import { levelOf } from '../../../shared/branch/cases/case.access.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Button } from '../../ui/button.tsx';
import { useSession } from '../session.ts';
import { openCaseSheet } from './open-sheet.ts';

/** In the strip of screens without a bar of their own: always one tap away. */
export function CaseBegin({ branchId }: { branchId: string }) {
  const t = useTexts(casesTexts);
  const session = useSession();
  if (session === null || session === undefined || levelOf(session.role) === 0) return null;
  return (
    <div className="case-begin">
      <Button variant="primary" onPress={() => openCaseSheet({ kind: 'log', branchId })}>
        {t('button.log')}
      </Button>
      <Button variant="danger" onPress={() => openCaseSheet({ kind: 'emergency', branchId })}>
        {t('button.emergency')}
      </Button>
    </div>
  );
}
