import { useState } from 'react';
import type { CaseOutcome } from '../../../shared/contract/cases.ts';
import { defaultCases } from '../../../shared/contract/default-cases.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { FormProps } from './action-sheet.tsx';
import { CaseForm, Chips, Words } from './form-parts.tsx';

const decisions = ['granted', 'partly', 'refused'] as const satisfies readonly CaseOutcome[];

/** What the customer is told, in writing: the decision, a refusal's reason, and the ways onward as the reply names them. */
export function ResolveForm({ live, view, send, onClose }: FormProps) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const config = useFloor(live, (state) => state?.config?.cases) ?? defaultCases;
  const complaint = view.kind === 'complaint';
  const templates = config.replyTemplates.filter(({ kinds }) => kinds.includes(view.kind));
  const [outcome, setOutcome] = useState('');
  const [granted, setGranted] = useState<CaseOutcome>('granted');
  const [refusal, setRefusal] = useState('');
  const [yuan, setYuan] = useState('');
  const compensationFen = Math.round(Number(yuan) * 100);
  const refused = complaint && granted === 'refused';
  return (
    <CaseForm
      ready={outcome.trim() !== '' && (!refused || refusal.trim() !== '')}
      confirm={t('do.resolve')}
      onClose={onClose}
      onSend={() =>
        send({
          type: 'case.resolve',
          caseId: view.id,
          outcome: outcome.trim(),
          ...(complaint ? { granted } : {}),
          ...(refused ? { refusalReason: refusal.trim() } : {}),
          ...(compensationFen > 0 ? { compensationFen } : {}),
        })
      }
    >
      {templates.length === 0 ? null : (
        <Chips
          label={t('form.template')}
          options={templates.map(({ id, name }) => [id, name[language]] as const)}
          value={undefined}
          onChoose={(id) => {
            const text = templates.find((one) => one.id === id)?.text[language];
            if (text !== undefined) setOutcome(text);
          }}
        />
      )}
      <Words label={t('form.outcome')} value={outcome} onChange={setOutcome} most={4000} rows={5} />
      {complaint ? (
        <>
          <Chips
            label={t('form.granted')}
            options={decisions.map((one) => [one, t(`outcome.${one}`)] as const)}
            value={granted}
            onChoose={setGranted}
          />
          {refused ? <Words label={t('form.refusal')} value={refusal} onChange={setRefusal} rows={2} /> : null}
          <label className="field">
            <span>{t('form.compensation')}</span>
            <input
              inputMode="decimal"
              value={yuan}
              maxLength={12}
              onChange={(event) => setYuan(event.target.value.replace(/[^\d.]/g, ''))}
            />
          </label>
          <div className="onward">
            <p>{t('form.onward')}</p>
            <ul>
              {view.waysOnward.map(({ id, name }) => (
                <li key={id}>{name[language]}</li>
              ))}
            </ul>
          </div>
        </>
      ) : null}
    </CaseForm>
  );
}

/** Not satisfied is an answer too: one level higher, decided anew. */
export function ReplyForm({ view, send, onClose }: FormProps) {
  const t = useTexts(casesTexts);
  const closed = view.state === 'closed';
  const [answer, setAnswer] = useState<'yes' | 'no' | undefined>(closed ? 'no' : undefined);
  const [text, setText] = useState('');
  const options = [...(closed ? [] : [['yes', t('answer.satisfied')] as const]), ['no', t('answer.dissatisfied')] as const];
  return (
    <CaseForm
      ready={answer !== undefined}
      confirm={t('do.save')}
      onClose={onClose}
      onSend={() =>
        send({ type: 'case.reply', caseId: view.id, satisfied: answer === 'yes', ...(text.trim() === '' ? {} : { text: text.trim() }) })
      }
    >
      <Chips label={t('do.reply')} options={options} value={answer} onChoose={setAnswer} />
      {answer === 'no' ? <p className="muted">{t('form.reply.up')}</p> : null}
      <Words label={t('form.reply.text')} value={text} onChange={setText} most={4000} rows={3} />
    </CaseForm>
  );
}
