/** An emergency under way: its steps ticked off as they are done, who has been told, what the report will say. */
import { useState } from 'react';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { playbooksOf } from '../../../shared/branch/cases/policy.ts';
import type { Playbook, ReportField } from '../../../shared/contract/cases.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { clockTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import type { StaffLive } from '../branch.ts';
import { FreeText } from '../free-text.tsx';
import { useNames } from '../names.ts';
import { commands } from '../session.ts';
import { Toward } from './case-words.tsx';

const told = ['head', 'superior', '110', '120', '119', 'security'] as const;
const fields: readonly ReportField[] = ['place', 'time', 'cause', 'nature', 'amount', 'people', 'harm', 'reaction', 'trend', 'measures'];

export function usePlan(live: StaffLive, one: Case): Playbook | undefined {
  const config = useFloor(live, (state) => state?.config);
  return playbooksOf(config === undefined ? {} : { config }).find(({ id }) => id === one.playbookId);
}

export function EmergencyPlan({ live, one }: { live: StaffLive; one: Case }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const plan = usePlan(live, one);
  const send = (command: FloorCommand) => commands.send(live.branchId, command);
  const over = one.state === 'closed' || one.state === 'withdrawn';
  return (
    <div className="plan">
      <p className="alarm-note">
        <strong>{t('emergency.notTheAlarm')}</strong>
      </p>
      {plan?.publicWords === undefined ? null : (
        <p className="sentence">
          <small className="muted">{t('emergency.publicWords')}</small>
          <br />
          {plan.publicWords[language]}
        </p>
      )}
      <Steps live={live} one={one} plan={plan} over={over} send={send} />
      <Informed live={live} one={one} over={over} send={send} />
      <Report live={live} one={one} over={over} send={send} />
    </div>
  );
}

interface Part {
  readonly live: StaffLive;
  readonly one: Case;
  readonly over: boolean;
  readonly send: (command: FloorCommand) => Promise<unknown>;
}

function Steps({ live, one, plan, over, send }: Part & { plan: Playbook | undefined }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  return (
    <ol className="steps" aria-label={t('emergency.steps')}>
      {(plan?.steps ?? []).map((step) => {
        const ticked = one.steps?.[step.id];
        const dueAt = one.loggedAt + step.withinMs;
        return (
          <li key={step.id}>
            <button
              type="button"
              role="checkbox"
              className="step"
              aria-checked={ticked !== undefined}
              aria-disabled={over || ticked !== undefined}
              data-step={step.id}
              onClick={() => {
                if (ticked === undefined && !over) void send({ type: 'case.tickStep', caseId: one.id, stepId: step.id });
              }}
            >
              <span className="step-box" aria-hidden="true">
                {ticked === undefined ? null : (
                  <svg viewBox="0 0 24 24" width="22" height="22">
                    <path
                      d="m5 13 4.5 4.5L19 7"
                      fill="none"
                      stroke="currentColor"
                      strokeWidth="3"
                      strokeLinecap="round"
                      strokeLinejoin="round"
                    />
                  </svg>
                )}
              </span>
              <span className="step-text">{step.text[language]}</span>
              <span className="step-who">
                <span className="chip">{t(`who.${step.role}`)}</span>
                {ticked === undefined ? (
                  over ? null : (
                    <span className={`step-due ${dueAt < live.clock.now() ? 's-over' : 's-waiting'}`}>
                      {dueAt < live.clock.now() ? <StateShape state="over" size={12} /> : null}
                      <Toward clock={live.clock} at={dueAt} />
                    </span>
                  )
                ) : (
                  <span className="step-done">{`${clockTime(ticked.at, zone, language)} ${nameOf(ticked.by)}`}</span>
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function Informed({ live, one, over, send }: Part) {
  const t = useTexts(casesTexts);
  const [whom, setWhom] = useState('');
  const inform = async (name: string): Promise<void> => {
    if (name === '') return;
    await send({ type: 'case.inform', caseId: one.id, whom: name });
    setWhom('');
  };
  return (
    <section className="stack">
      <h3>{t('emergency.told')}</h3>
      {one.informedRefs === undefined || one.informedRefs.length === 0 ? (
        <p className="muted">{t('emergency.told.none')}</p>
      ) : (
        <ul className="told">
          {one.informedRefs.map((ref) => (
            <li key={ref}>
              <StateShape state="serving" size={12} /> <FreeText branchId={live.branchId} refId={ref} />
            </li>
          ))}
        </ul>
      )}
      {over ? null : (
        <>
          <div className="choices" role="group" aria-label={t('emergency.told.add')}>
            {told.map((one) => (
              <Button key={one} className="choice" onPress={() => inform(t(`told.${one}`))}>
                {t(`told.${one}`)}
              </Button>
            ))}
          </div>
          <form
            className="one-line"
            onSubmit={(event) => {
              event.preventDefault();
              void inform(whom.trim());
            }}
          >
            <label className="field">
              <span>{t('emergency.told.other')}</span>
              <input value={whom} maxLength={500} onChange={(event) => setWhom(event.target.value)} />
            </label>
            <Button type="submit" disabled={whom.trim() === ''}>
              {t('emergency.told.add')}
            </Button>
          </form>
        </>
      )}
    </section>
  );
}

function Report({ live, one, over, send }: Part) {
  const t = useTexts(casesTexts);
  const [draft, setDraft] = useState<Partial<Record<ReportField, string>>>({});
  const filled = Object.entries(draft).filter(([, text]) => text.trim() !== '');
  const save = async (): Promise<void> => {
    await send({ type: 'case.report', caseId: one.id, fields: Object.fromEntries(filled.map(([field, text]) => [field, text.trim()])) });
    setDraft({});
  };
  const count = Object.keys(one.reportRefs ?? {}).length;
  return (
    <details className="log-more report">
      <summary>
        <span>{t('report.title')}</span>
        <small className="muted">{t('report.count', { n: count, of: fields.length })}</small>
      </summary>
      <div className="log-more-grid">
        {fields.map((field) => {
          const ref = one.reportRefs?.[field];
          return (
            <label key={field} className="field">
              <span>{t(`report.${field}`)}</span>
              {ref === undefined ? null : (
                <span className="hint">
                  <FreeText branchId={live.branchId} refId={ref} />
                </span>
              )}
              {over ? null : (
                <textarea
                  rows={2}
                  maxLength={4000}
                  value={draft[field] ?? ''}
                  onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
                />
              )}
            </label>
          );
        })}
      </div>
      {over ? null : (
        <div className="form-actions">
          <Button variant="primary" disabled={filled.length === 0} onPress={save}>
            {t('report.save')}
          </Button>
        </div>
      )}
    </details>
  );
}
