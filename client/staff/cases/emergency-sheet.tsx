import { useState } from 'react';
import type { Playbook } from '../../../shared/contract/cases.ts';
import { playbooksOf } from '../../../shared/branch/cases/policy.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useStaffBranch } from '../branch.ts';
import { commands } from '../session.ts';
import { ChooseBranch } from './choose-branch.tsx';
import { openCaseSheet } from './open-sheet.ts';

/** One tap on its kind starts it. The everyday ones stand first; the silent ones last, without a colour. */
export function EmergencySheet({ branchId: begun, onClose }: { branchId: string; onClose: () => void }) {
  const [branchId, setBranch] = useState(begun);
  const live = useStaffBranch(branchId);
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const [drill, setDrill] = useState(false);
  const [busy, setBusy] = useState(false);
  const config = useFloor(live, (state) => state?.config);
  const plans = playbooksOf(config === undefined ? {} : { config }).toSorted(
    (a, b) => Number(a.id === 'other') - Number(b.id === 'other') || b.grade - a.grade,
  );

  const start = async (plan: Playbook): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await commands.send(branchId, {
      type: 'case.log',
      kind: 'emergency',
      channel: 'counter',
      severity: plan.severity,
      subject: plan.name[language],
      playbookId: plan.id,
      ...(drill ? { drill } : {}),
    });
    setBusy(false);
    if (!answer.ok) return;
    const { caseId } = answer.value.result as unknown as { caseId: string };
    // A silent one leaves no trace on this screen: whoever stands near may be the reason for it.
    if (plan.silent) onClose();
    else openCaseSheet({ kind: 'steps', branchId, caseId });
  };

  return (
    <Sheet title={t('emergency.title')} onClose={onClose} wide>
      <p className="alarm-note">
        <strong>{t('emergency.notTheAlarm')}</strong>
      </p>
      <ChooseBranch branchId={branchId} onChoose={setBranch} />
      <div className="emergency-tiles">
        {plans
          .filter(({ silent }) => !silent)
          .map((plan) => (
            <button
              key={plan.id}
              type="button"
              className="emergency-tile"
              data-playbook={plan.id}
              aria-disabled={busy}
              onClick={() => void start(plan)}
            >
              {plan.name[language]}
            </button>
          ))}
      </div>
      <section className="emergency-quiet" aria-label={t('emergency.silent')}>
        <p className="muted">{t('emergency.silent')}</p>
        <div className="choices">
          {plans
            .filter(({ silent }) => silent)
            .map((plan) => (
              <button
                key={plan.id}
                type="button"
                className="choice"
                data-playbook={plan.id}
                aria-disabled={busy}
                onClick={() => void start(plan)}
              >
                {plan.name[language]}
              </button>
            ))}
        </div>
      </section>
      <button type="button" role="switch" className="drill-switch" aria-checked={drill} onClick={() => setDrill(!drill)}>
        <i aria-hidden="true" />
        <span className="two-lines">
          {t('emergency.drill')}
          <small className="muted">{t('emergency.drill.hint')}</small>
        </span>
      </button>
    </Sheet>
  );
}
