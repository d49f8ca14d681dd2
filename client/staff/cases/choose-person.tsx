import { levelOf } from '../../../shared/branch/cases/case.access.ts';
import { isOff } from '../../../shared/branch/cases/people.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { staffTexts } from '../../i18n/staff.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { useStaffBranch } from '../branch.ts';
import { useColleagues } from '../names.ts';
import { staffRole } from '../roles.ts';

/** Colleagues who may take a case, leads first; those off shift are left out. */
export function ChoosePerson({
  branchId,
  except,
  fromLevel = 1,
  onChoose,
}: {
  branchId: string;
  except: readonly string[];
  fromLevel?: number;
  onChoose: (staffId: string) => unknown;
}) {
  const t = useTexts(casesTexts);
  const staff = useTexts(staffTexts);
  const live = useStaffBranch(branchId);
  const offShift = useFloor(live, (state) => state?.offShift);
  const colleagues = useColleagues(branchId)
    .filter(({ staffId, role }) => levelOf(role) >= fromLevel && !except.includes(staffId))
    .filter(({ staffId }) => offShift === undefined || !isOff({ offShift }, staffId, live.clock.now()))
    // A case goes from a window to the lobby, from the lobby to the head: the nearest first.
    .toSorted((a, b) => Number(levelOf(a.role) === 1) - Number(levelOf(b.role) === 1) || levelOf(a.role) - levelOf(b.role));
  return (
    <div className="people" role="group" aria-label={t('choose.person')}>
      {colleagues.length === 0 ? <p className="muted">{t('choose.none')}</p> : null}
      {colleagues.map((one) => (
        <Button key={one.staffId} data-staff={one.staffId} onPress={() => onChoose(one.staffId)}>
          <span className="two-lines">
            {one.name}
            <small className="muted">{staff(`role.${staffRole(one.role)}`)}</small>
          </span>
        </Button>
      ))}
    </div>
  );
}
