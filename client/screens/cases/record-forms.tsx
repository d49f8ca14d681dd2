import { useState } from 'react';
import { levelOf } from '../../../shared/branch/cases/case.access.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import { ranks } from '../../staff/cases/case-words.tsx';
import { useColleagues } from '../../staff/names.ts';
import { useSession } from '../../staff/session.ts';
import type { FormProps } from './action-sheet.tsx';
import { CaseForm, Chips, Words } from './form-parts.tsx';

/** A correction is an entry of its own: what stood there stays in the timeline. */
export function CorrectForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const { view } = props;
  const [subject, setSubject] = useState(view.subject ?? '');
  const [details, setDetails] = useState(view.details ?? '');
  const [severity, setSeverity] = useState(String(view.severity));
  const [reason, setReason] = useState('');
  const changes = {
    ...(subject.trim() === (view.subject ?? '') || subject.trim() === '' ? {} : { subject: subject.trim() }),
    ...(details.trim() === (view.details ?? '') || details.trim() === '' ? {} : { details: details.trim() }),
    ...(Number(severity) === view.severity ? {} : { severity: Number(severity) }),
  };
  return (
    <CaseForm
      ready={Object.keys(changes).length > 0 && reason.trim() !== ''}
      confirm={t('do.save')}
      onClose={props.onClose}
      onSend={() => props.send({ type: 'case.correct', caseId: view.id, ...changes, reason: reason.trim() })}
    >
      <Words label={t('form.correct.subject')} value={subject} onChange={setSubject} most={200} />
      <Words label={t('form.correct.details')} value={details} onChange={setDetails} most={4000} rows={3} />
      <Chips
        label={t('form.correct.severity')}
        options={ranks.map((one) => [String(one), t(`severity.${one}`)] as const)}
        value={severity}
        onChoose={setSeverity}
      />
      <Words label={t('form.reason')} value={reason} onChange={setReason} />
      <Chips
        label={t('log.usual')}
        options={[t('form.correct.typo'), t('form.correct.learned')].map((one) => [one, one] as const)}
        value={reason}
        onChoose={setReason}
      />
    </CaseForm>
  );
}

export function RecuseForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const session = useSession();
  const { view } = props;
  const colleagues = useColleagues(view.branchId).filter(({ staffId, role }) => levelOf(role) > 0 && !view.recused.includes(staffId));
  const [staffId, setStaff] = useState(session?.staffId ?? '');
  const [reason, setReason] = useState('');
  return (
    <CaseForm
      ready={staffId !== '' && reason.trim() !== ''}
      confirm={t('do.recuse')}
      onClose={props.onClose}
      onSend={() => props.send({ type: 'case.recuse', caseId: view.id, staffId, reason: reason.trim() })}
    >
      <label className="field">
        <span>{t('form.recuse.who')}</span>
        <select value={staffId} onChange={(event) => setStaff(event.target.value)}>
          {colleagues.map((one) => (
            <option key={one.staffId} value={one.staffId}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <Words label={t('form.reason')} value={reason} onChange={setReason} />
      <Chips
        label={t('log.usual')}
        options={[t('form.recuse.related'), t('form.recuse.concerned')].map((one) => [one, one] as const)}
        value={reason}
        onChoose={setReason}
      />
    </CaseForm>
  );
}

/** Praise from a customer, or a colleague who bore what was not their fault. */
export function AwardForm(props: FormProps) {
  const t = useTexts(casesTexts);
  const session = useSession();
  const { view } = props;
  const colleagues = useColleagues(view.branchId).filter(({ staffId, role }) => levelOf(role) > 0 && staffId !== session?.staffId);
  const [kind, setKind] = useState<'praised' | 'wronged'>(view.kind === 'praise' ? 'praised' : 'wronged');
  const [staffId, setStaff] = useState(view.aboutStaffId === session?.staffId ? '' : (view.aboutStaffId ?? ''));
  const [reason, setReason] = useState('');
  return (
    <CaseForm
      ready={staffId !== '' && reason.trim() !== ''}
      confirm={t('do.award')}
      onClose={props.onClose}
      onSend={() => props.send({ type: 'award.give', staffId, kind, caseId: view.id, reason: reason.trim() })}
    >
      <Chips
        label={t('form.award.kind')}
        options={(['praised', 'wronged'] as const).map((one) => [one, t(`form.award.${one}`)] as const)}
        value={kind}
        onChoose={setKind}
      />
      <label className="field">
        <span>{t('form.award.who')}</span>
        <select value={staffId} onChange={(event) => setStaff(event.target.value)}>
          <option value="">–</option>
          {colleagues.map((one) => (
            <option key={one.staffId} value={one.staffId}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <Words label={t('form.reason')} value={reason} onChange={setReason} />
    </CaseForm>
  );
}
