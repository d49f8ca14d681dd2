import { useState } from 'react';
import { levelOf } from '../../../shared/branch/cases/case.access.ts';
import { defaultCases } from '../../../shared/contract/default-cases.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useColleagues } from '../../staff/names.ts';
import { useSession } from '../../staff/session.ts';
import type { FormProps } from './action-sheet.tsx';
import { CaseForm, Chips, type Until, UntilChips, useInstantOf, Words } from './form-parts.tsx';

const useCasesConfig = ({ live }: FormProps) => useFloor(live, (state) => state?.config?.cases) ?? defaultCases;

export function NoteForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const [text, setText] = useState('');
  return (
    <CaseForm
      ready={text.trim() !== ''}
      confirm={t('do.save')}
      onClose={props.onClose}
      onSend={() => props.send({ type: 'case.note', caseId: props.view.id, text: text.trim() })}
    >
      <Words label={t('form.note')} value={text} onChange={setText} most={4000} rows={4} />
    </CaseForm>
  );
}

export function PromiseForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const instantOf = useInstantOf(props.live);
  const [what, setWhat] = useState('');
  const [until, setUntil] = useState<Until>('today');
  const usual = [t('form.promise.call'), t('form.promise.letter'), t('form.promise.visit')];
  return (
    <CaseForm
      ready={what.trim() !== ''}
      confirm={t('do.promise')}
      onClose={props.onClose}
      onSend={() => props.send({ type: 'case.promise', caseId: props.view.id, what: what.trim(), byAt: instantOf(until) })}
    >
      <Words label={t('form.promise.what')} value={what} onChange={setWhat} />
      <Chips label={t('log.usual')} options={usual.map((one) => [one, one] as const)} value={what} onChoose={setWhat} />
      <UntilChips value={until} onChoose={setUntil} offered={['hour', 'today', 'tomorrow', 'three', 'week']} />
    </CaseForm>
  );
}

export function TaskForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const instantOf = useInstantOf(props.live);
  const colleagues = useColleagues(props.view.branchId).filter(({ role }) => levelOf(role) > 0);
  const [kind, setKind] = useState<'rectification' | 'video' | 'other'>('rectification');
  const [what, setWhat] = useState('');
  const [ownerId, setOwner] = useState(props.view.ownerId);
  const [until, setUntil] = useState<Until>('week');
  const words = what.trim() === '' && kind === 'video' ? t('task.video') : what.trim();
  return (
    <CaseForm
      ready={words !== ''}
      confirm={t('do.task')}
      onClose={props.onClose}
      onSend={() =>
        props.send({
          type: 'case.addTask',
          caseId: props.view.id,
          kind,
          what: words,
          ownerId,
          // The video has a time of its own, set by the law of the place.
          ...(kind === 'video' ? {} : { dueAt: instantOf(until) }),
        })
      }
    >
      <Words label={t('form.task.what')} value={what} onChange={setWhat} />
      <Chips
        label={t('form.task.kind')}
        options={(['rectification', 'video', 'other'] as const).map((one) => [one, t(`form.task.${one}`)] as const)}
        value={kind}
        onChoose={setKind}
      />
      <label className="field">
        <span>{t('form.task.owner')}</span>
        <select value={ownerId} onChange={(event) => setOwner(event.target.value)}>
          {colleagues.map((one) => (
            <option key={one.staffId} value={one.staffId}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      {kind === 'video' ? null : <UntilChips value={until} onChoose={setUntil} offered={['today', 'tomorrow', 'three', 'week', 'month']} />}
    </CaseForm>
  );
}

export function CauseForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const { causes } = useCasesConfig(props);
  const [cause, setCause] = useState(props.view.cause);
  return (
    <CaseForm
      ready={cause !== undefined && cause !== props.view.cause}
      confirm={t('do.save')}
      onClose={props.onClose}
      onSend={() => (cause === undefined ? Promise.resolve() : props.send({ type: 'case.setCause', caseId: props.view.id, cause }))}
    >
      <Chips
        label={t('form.cause')}
        options={causes.map(({ id, name }) => [id, name[language]] as const)}
        value={cause}
        onChoose={setCause}
      />
    </CaseForm>
  );
}

/** An extension is nothing without its approval and the customer's knowing. */
export function ExtendForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const session = useSession();
  const { law } = useCasesConfig(props);
  const { view } = props;
  const left = law.extendDays - (view.law?.extendedDays ?? 0);
  const approvers = useColleagues(view.branchId).filter(
    ({ staffId, role }) =>
      levelOf(role) >= law.extendApprovedFrom &&
      staffId !== session?.staffId &&
      staffId !== view.ownerId &&
      !view.recused.includes(staffId),
  );
  const [days, setDays] = useState(String(Math.min(15, left)));
  const [approvedBy, setApprover] = useState('');
  const [told, setTold] = useState(false);
  const [reason, setReason] = useState('');
  const wanted = Math.trunc(Number(days));
  return (
    <CaseForm
      ready={told && approvedBy !== '' && wanted >= 1 && wanted <= left}
      confirm={t('do.extend')}
      onClose={props.onClose}
      onSend={() =>
        props.send({
          type: 'case.extend',
          caseId: view.id,
          days: wanted,
          approvedBy,
          customerNotified: true,
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        })
      }
    >
      <p className="muted">{t('form.extend.left', { n: left })}</p>
      <label className="field">
        <span>{t('form.extend.days')}</span>
        <input inputMode="numeric" value={days} maxLength={3} onChange={(event) => setDays(event.target.value.replace(/\D/g, ''))} />
      </label>
      <label className="field">
        <span>{t('form.extend.approver')}</span>
        <select value={approvedBy} onChange={(event) => setApprover(event.target.value)}>
          <option value="">–</option>
          {approvers.map((one) => (
            <option key={one.staffId} value={one.staffId}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <Words label={t('form.reason')} value={reason} onChange={setReason} />
      <label className="check">
        <input type="checkbox" checked={told} onChange={(event) => setTold(event.target.checked)} />
        <span>{t('form.extend.notified')}</span>
      </label>
    </CaseForm>
  );
}

export function JudgeForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const [justified, setJustified] = useState<'yes' | 'no'>();
  const [reason, setReason] = useState('');
  return (
    <CaseForm
      ready={justified !== undefined && reason.trim() !== ''}
      confirm={t('do.save')}
      onClose={props.onClose}
      onSend={() => props.send({ type: 'case.judge', caseId: props.view.id, justified: justified === 'yes', reason: reason.trim() })}
    >
      <Chips
        label={t('fact.justified')}
        options={(['yes', 'no'] as const).map((one) => [one, t(`justified.${one}`)] as const)}
        value={justified}
        onChoose={setJustified}
      />
      <Words label={t('form.judge.reason')} value={reason} onChange={setReason} />
    </CaseForm>
  );
}

export function CountForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const { law } = useCasesConfig(props);
  const [people, setPeople] = useState(String(props.view.onSite ?? ''));
  const onSite = Math.trunc(Number(people));
  return (
    <CaseForm
      ready={people !== ''}
      confirm={t('do.save')}
      onClose={props.onClose}
      onSend={() => props.send({ type: 'case.countPeople', caseId: props.view.id, onSite })}
    >
      <label className="field">
        <span>{t('form.count')}</span>
        <input inputMode="numeric" value={people} maxLength={5} onChange={(event) => setPeople(event.target.value.replace(/\D/g, ''))} />
        <span className="hint">{t('log.majorEvent', { n: law.majorEventPeople })}</span>
      </label>
    </CaseForm>
  );
}
