/** What the hub may advise, and how far it may go by itself: a form over the branch's `advice` section. */
import { useState } from 'react';
import type { AdviceConfig } from '../../../shared/contract/advice.ts';
import { type AdviceKind, adviceKinds } from '../../../shared/contract/advice-kinds.ts';
import { defaultAdvice } from '../../../shared/contract/default-advice.ts';
import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { RuleInWords } from '../../staff/advice/rule-in-words.tsx';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { type AdviceForm, fromForm, type NumberField, numbers, problemsOf, toForm } from './advice-form.rules.ts';
import type { Configuration, Loaded } from './configuration.ts';
import { ProblemList } from './problem-list.tsx';
import '../../staff/advice/advice.css';

const limits: readonly NumberField[] = [
  'openAboveMs',
  'closeBelowMs',
  'horizonMs',
  'timeToOpenMs',
  'minOpenMs',
  'closeWithinMs',
  'lifeMs',
  'measureMs',
  'standMs',
  'quietMs',
  'declinedMs',
  'clearlyWorse',
];
const bounds: readonly NumberField[] = ['mostAnHour', 'leastWindows', 'mostWindows'];
const modes = ['off', 'advise', 'act'] as const;

interface Part {
  readonly form: AdviceForm;
  readonly put: (part: Partial<AdviceForm>) => void;
}

function Numbers({ form, put, fields }: Part & { fields: readonly NumberField[] }) {
  const t = useTexts(adviceSheetTexts);
  const problems = problemsOf(form);
  return (
    <div className="advice-numbers">
      {fields.map((field) => {
        const { least, most } = numbers[field];
        const problem = problems[field];
        return (
          <label key={field} className="field">
            <span>{t(`form.${field}`)}</span>
            <input
              inputMode="decimal"
              name={field}
              value={form[field]}
              maxLength={6}
              aria-invalid={problem !== undefined}
              onChange={(event) => put({ [field]: event.target.value })}
            />
            {problem === undefined ? null : (
              <span className="form-problem" role="alert">
                {t(`form.${problem}`, { least, most })}
              </span>
            )}
          </label>
        );
      })}
    </div>
  );
}

function Kinds({
  label,
  chosen,
  onChoose,
}: {
  label: string;
  chosen: readonly AdviceKind[];
  onChoose: (kinds: readonly AdviceKind[]) => void;
}) {
  const t = useTexts(adviceSheetTexts);
  return (
    <div role="group" aria-label={label}>
      {adviceKinds.map((kind) => (
        <label key={kind} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(kind)}
            onChange={(event) => onChoose(adviceKinds.filter((one) => (one === kind ? event.target.checked : chosen.includes(one))))}
          />
          {t(`kind.${kind}`)}
        </label>
      ))}
    </div>
  );
}

function Bounds({ form, put }: Part) {
  const t = useTexts(adviceSheetTexts);
  const problems = problemsOf(form);
  return (
    <fieldset>
      <legend>{t('form.act')}</legend>
      <Kinds label={t('form.act.kinds')} chosen={form.actKinds} onChoose={(actKinds) => put({ actKinds })} />
      <Numbers form={form} put={put} fields={bounds} />
      <label className="check">
        <input type="checkbox" checked={form.limited} onChange={(event) => put({ limited: event.target.checked })} />
        {t('form.between')}
      </label>
      {form.limited ? (
        <div className="advice-numbers">
          {(['from', 'until'] as const).map((field) => (
            <label key={field} className="field">
              <span>{t(`form.${field}`)}</span>
              <input name={field} value={form[field]} maxLength={5} onChange={(event) => put({ [field]: event.target.value })} />
              {problems[field] === undefined ? null : (
                <span className="form-problem" role="alert">
                  {t('form.time')}
                </span>
              )}
            </label>
          ))}
        </div>
      ) : null}
    </fieldset>
  );
}

export function AdviceSettings({ loaded, save }: { loaded: Loaded; save: Configuration['save'] }) {
  const t = useTexts(adviceSheetTexts);
  const stored: AdviceConfig = { ...defaultAdvice, ...loaded.config.advice };
  const [form, setForm] = useState(() => toForm(stored));
  const [problem, setProblem] = useState<Problem>();
  const put = (part: Partial<AdviceForm>): void => setForm((known) => ({ ...known, ...part }));
  const faulty = Object.keys(problemsOf(form)).length > 0;
  const same = JSON.stringify(toForm(stored)) === JSON.stringify(form);
  const submit = async (): Promise<void> => {
    if (faulty) return;
    const refused = await save({ advice: fromForm(form) });
    setProblem(refused);
    if (refused === undefined) toast('done', (language) => translator(adviceSheetTexts, language)('form.saved'));
  };
  return (
    <form
      className="advice-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <RuleInWords config={faulty ? stored : fromForm(form)} />
      <div className="advice-modes" role="group" aria-label={t('form.mode')}>
        {modes.map((mode) => (
          <button
            key={mode}
            type="button"
            className="advice-mode"
            data-mode={mode}
            aria-pressed={form.mode === mode}
            onClick={() => put({ mode })}
          >
            <b>{t(`mode.${mode}`)}</b>
            <span className="muted">{t(`mode.${mode}.hint`)}</span>
          </button>
        ))}
      </div>
      {form.mode === 'act' ? <Bounds form={form} put={put} /> : null}
      <fieldset>
        <legend>{t('form.kinds')}</legend>
        <Kinds label={t('form.kinds')} chosen={form.kinds} onChoose={(kinds) => put({ kinds })} />
      </fieldset>
      <fieldset>
        <legend>{t('form.limits')}</legend>
        <Numbers form={form} put={put} fields={limits} />
        <label className="check">
          <input type="checkbox" checked={form.waitForSignOn} onChange={(event) => put({ waitForSignOn: event.target.checked })} />
          {t('form.waitForSignOn')}
        </label>
      </fieldset>
      <ProblemList problem={problem} />
      <div className="settings-actions">
        <Button disabled={same} onPress={() => setForm(toForm(stored))}>
          {t('form.revert')}
        </Button>
        <Button type="submit" variant="primary" disabled={faulty || (same && loaded.configured)}>
          {t('form.save')}
        </Button>
      </div>
    </form>
  );
}
