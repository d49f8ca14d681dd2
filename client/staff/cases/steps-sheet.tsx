import { Link } from '@tanstack/react-router';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Since } from '../../ui/clock.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useStaffBranch } from '../branch.ts';
import { CaseTitle } from './case-words.tsx';
import { EmergencyPlan } from './emergency-plan.tsx';

/** The plan of an emergency, from the banner or right after its start. */
export function StepsSheet({ branchId, caseId, onClose }: { branchId: string; caseId: string; onClose: () => void }) {
  const live = useStaffBranch(branchId);
  const t = useTexts(casesTexts);
  const one = useFloor(live, (state) => state?.cases.get(caseId));
  if (one === undefined) return null;
  return (
    <Sheet
      title={
        <span className="sheet-title">
          <span>
            <CaseTitle live={live} one={one} />
          </span>
          {one.drill === true ? <span className="chip chip-call">{t('drill')}</span> : null}
          <Since clock={live.clock} since={one.loggedAt} />
        </span>
      }
      onClose={onClose}
      wide
      actions={
        <Link className="button b-primary" to="/cases/$caseId" params={{ caseId }} search={{ branch: branchId }} onClick={onClose}>
          {t('open.case')}
        </Link>
      }
    >
      <EmergencyPlan live={live} one={one} />
    </Sheet>
  );
}
