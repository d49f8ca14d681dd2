/** Who works here: role, posts, skills, certificates with their end, hours agreed. */
import { useState } from 'react';
import { peopleRules, postsOf } from '../../../shared/branch/people/roster.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useStaffActing } from '../../staff/acting.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { hoursOf } from '../../staff/people/people-words.tsx';
import { Button } from '../../ui/button.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { endingCertificates } from './rota-view.ts';
import { StaffForm } from './staff-form.tsx';

export function StaffPanel({ live }: { live: StaffLive }) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const { may } = useStaffActing(live);
  const config = useFloor(live, (state) => state?.config);
  const today = useFloor(live, (state) => state?.day?.date ?? '');
  const [opened, open] = useState<string>();
  if (config === undefined) return null;
  const rules = peopleRules({ config });
  const contractOf = (own: { dayMs: number; weekMs: number } | undefined) => own ?? rules?.contract;
  const edits = may({ type: 'branch.configure', config: {} });
  const entry = config.roster.find(({ staffId }) => staffId === opened);
  return (
    <section className="panel people-staff" aria-label={t('view.staff')}>
      <div className="rota-bar">
        <p className="muted">{t(edits ? 'staff.lead' : 'staff.leadRead', { n: config.roster.length })}</p>
        {edits ? (
          <Button data-do="add" onPress={() => open('')}>
            {t('staff.add')}
          </Button>
        ) : null}
      </div>
      {config.roster.length === 0 ? <p className="people-none">{t('staff.nobody')}</p> : null}
      <div className="rota-scroll">
        <table className="staff-table">
          <thead>
            <tr>
              {(['name', 'posts', 'skills', 'certificates', 'hours'] as const).map((one) => (
                <th key={one} scope="col">
                  {t(`staff.${one}`)}
                </th>
              ))}
              {edits ? <th scope="col" aria-label={t('staff.edit')} /> : null}
            </tr>
          </thead>
          <tbody>
            {config.roster.map((one) => {
              const ending = endingCertificates(one, today, rules?.certificateWarnDays ?? 30);
              const contract = contractOf(one.contract);
              return (
                <tr key={one.staffId} data-staff={one.staffId}>
                  <th scope="row">
                    <strong>{nameOf(one.staffId)}</strong>
                    <small className="muted">
                      {t(`kind.${one.role}`)} · {one.staffId}
                    </small>
                  </th>
                  <td>
                    {postsOf(one)
                      .map((post) => t(`post.${post}`))
                      .join(' · ')}
                  </td>
                  <td>
                    {one.serviceIds === undefined
                      ? t('staff.allSkills')
                      : t('staff.someSkills', { n: one.serviceIds.length, of: config.services.length })}
                  </td>
                  <td>
                    {(one.certificates ?? []).length === 0 ? <span className="muted">{t('staff.noCertificates')}</span> : null}
                    {(one.certificates ?? []).map(({ kind, expiresOn }) => {
                      const end = ending.find((other) => other.kind === kind && other.expiresOn === expiresOn);
                      return end === undefined ? (
                        <span key={kind} className="staff-certificate">
                          {t('certificate.until', { kind, date: expiresOn })}
                        </span>
                      ) : (
                        <span key={kind} className={`badge staff-certificate s-${end.expired ? 'over' : 'near'}`}>
                          <StateShape state={end.expired ? 'over' : 'near'} />
                          {t(end.expired ? 'certificate.expired' : 'certificate.ends', { kind, date: expiresOn })}
                        </span>
                      );
                    })}
                  </td>
                  <td>
                    {contract === undefined ? '–' : t('staff.contract', { day: hoursOf(contract.dayMs), week: hoursOf(contract.weekMs) })}
                  </td>
                  {edits ? (
                    <td>
                      <Button aria-label={t('staff.editOf', { name: nameOf(one.staffId) })} onPress={() => open(one.staffId)}>
                        {t('staff.edit')}
                      </Button>
                    </td>
                  ) : null}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {opened === undefined ? null : <StaffForm live={live} {...(entry === undefined ? {} : { entry })} onClose={() => open(undefined)} />}
    </section>
  );
}
