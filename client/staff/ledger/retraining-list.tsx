import { mayDo } from '../../../shared/branch/access.ts';
import { staffTexts } from '../../i18n/staff.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import type { StaffLive } from '../branch.ts';
import { useNames } from '../names.ts';
import { commands, useSession } from '../session.ts';

/** Retraining proposed by the rules; the branch head confirms, and says when it is passed. */
export function RetrainingList({ live }: { live: StaffLive }) {
  const t = useTexts(staffTexts);
  const nameOf = useNames(live.branchId);
  const session = useSession();
  const state = useFloor(live, (floor) => floor);
  const open = Object.values(state?.retraining ?? {}).filter((one) => one.state !== 'passed');
  if (state === undefined || session === null || session === undefined || open.length === 0) return null;
  const actor = { id: session.staffId, kind: 'staff', role: session.role, branches: session.branchIds } as const;
  return (
    <section className="stack">
      <h3>{t('retraining.title')}</h3>
      <ul className="ledger">
        {open.map(({ staffId, state: step, overrunIds }) => {
          const command = { type: step === 'proposed' ? 'retraining.confirm' : 'retraining.pass', staffId } as const;
          return (
            <li key={staffId} className="ledger-entry ledger-line">
              <b>{nameOf(staffId)}</b>
              <span>{step === 'proposed' ? t('retraining.proposed', { n: overrunIds.length }) : t('retraining.confirmed')}</span>
              {mayDo(state, actor, command) === undefined ? (
                <Button variant="primary" onPress={() => commands.send(live.branchId, command)}>
                  {step === 'proposed' ? t('retraining.confirm') : t('retraining.pass')}
                </Button>
              ) : (
                <span className="muted">{t('retraining.headOnly')}</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
