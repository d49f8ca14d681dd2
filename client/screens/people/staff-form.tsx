/** One person of the roster: role, posts, skills, certificates, hours. Saving writes the branch's roster section. */
import { useState } from 'react';
import type { RosterEntry } from '../../../shared/contract/config.ts';
import type { PostKind, StaffKind } from '../../../shared/contract/people.ts';
import { defaultPosts } from '../../../shared/contract/default-people.ts';
import { commonTexts } from '../../i18n/common.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { commands } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toast.tsx';
import { draftFault, draftOf, entryOfDraft, newPerson, type StaffDraft, withEntry } from './staff-entry.ts';

const kinds = Object.keys(defaultPosts) as StaffKind[];
/** As a record, so that none is forgotten. */
const everyPost: Record<PostKind, true> = { counter: true, lobby: true, backOffice: true, guard: true, floor: true };
const posts = Object.keys(everyPost) as PostKind[];
const MOST_CERTIFICATES = 20;

/** `entry` left out: somebody new. */
export function StaffForm({ live, entry, onClose }: { live: StaffLive; entry?: RosterEntry; onClose: () => void }) {
  const t = useTexts(peopleTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const config = useFloor(live, (state) => state?.config);
  const [draft, setDraft] = useState<StaffDraft>(() => (entry === undefined ? newPerson : draftOf(entry)));
  const set = (change: Partial<StaffDraft>): void => setDraft((before) => ({ ...before, ...change }));
  if (config === undefined) return null;
  const services = config.services;
  const fault = draftFault(draft, entry === undefined ? config.roster.map(({ staffId }) => staffId) : []);
  const shownPosts = draft.posts ?? defaultPosts[draft.role];
  const toggle = <T extends string>(list: readonly T[], one: T): readonly T[] =>
    list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
  const save = async (): Promise<void> => {
    // As it stands now: somebody else may have changed another person meanwhile.
    const roster = live.store.getState().floor?.config?.roster ?? config.roster;
    const answer = await commands.send(live.branchId, {
      type: 'branch.configure',
      config: { roster: withEntry(roster, entryOfDraft(draft)) },
    });
    if (!answer.ok) return;
    toast('done', (of) => translator(peopleTexts, of)('staff.saved'));
    onClose();
  };
  return (
    <Sheet
      title={entry === undefined ? t('staff.add') : nameOf(entry.staffId)}
      onClose={onClose}
      wide
      actions={
        <>
          {fault === undefined ? null : <span className="muted">{t(`staff.fault.${fault}`)}</span>}
          <Button onPress={onClose}>{common('action.cancel')}</Button>
          <Button variant="primary" data-do="save" disabled={fault !== undefined} onPress={save}>
            {t('staff.save')}
          </Button>
        </>
      }
    >
      <div className="people-fields">
        {entry === undefined ? (
          <label className="field">
            <span>{t('staff.id')}</span>
            <input
              value={draft.staffId}
              maxLength={64}
              autoComplete="off"
              onChange={(event) => set({ staffId: event.target.value.trim() })}
            />
            <small className="hint">{t('staff.idHint')}</small>
          </label>
        ) : null}
        <label className="field">
          <span>{t('staff.role')}</span>
          <select value={draft.role} onChange={(event) => set({ role: kinds.find((one) => one === event.target.value) ?? draft.role })}>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`kind.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('staff.counter')}</span>
          <select value={draft.counterId} onChange={(event) => set({ counterId: event.target.value })}>
            <option value="">{t('staff.noCounter')}</option>
            {config.counters.map(({ id, number }) => (
              <option key={id} value={id}>
                {t('post.counterN', { n: number })}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('staff.dayHours')}</span>
          <input
            inputMode="decimal"
            value={draft.dayHours}
            placeholder={t('staff.usual')}
            onChange={(event) => set({ dayHours: event.target.value.trim() })}
          />
        </label>
        <label className="field">
          <span>{t('staff.weekHours')}</span>
          <input
            inputMode="decimal"
            value={draft.weekHours}
            placeholder={t('staff.usual')}
            onChange={(event) => set({ weekHours: event.target.value.trim() })}
          />
        </label>
      </div>
      <section className="stack">
        <h3>{t('staff.posts')}</h3>
        <div className="choices">
          {posts.map((post) => (
            <button
              key={post}
              type="button"
              className="choice"
              aria-pressed={shownPosts.includes(post)}
              onClick={() => set({ posts: toggle(shownPosts, post) })}
            >
              {t(`post.${post}`)}
            </button>
          ))}
        </div>
      </section>
      <section className="stack">
        <h3>{t('staff.certificates')}</h3>
        {draft.certificates.length === 0 ? <p className="muted">{t('staff.noCertificates')}</p> : null}
        {draft.certificates.map((one, index) => (
          <div key={index} className="people-fields">
            <label className="field">
              <span>{t('staff.certificate')}</span>
              <input
                value={one.kind}
                maxLength={64}
                onChange={(event) => set({ certificates: draft.certificates.with(index, { ...one, kind: event.target.value }) })}
              />
            </label>
            <label className="field">
              <span>{t('staff.expires')}</span>
              <input
                type="date"
                value={one.expiresOn}
                onChange={(event) => set({ certificates: draft.certificates.with(index, { ...one, expiresOn: event.target.value }) })}
              />
            </label>
            <Button onPress={() => set({ certificates: draft.certificates.filter((_one, other) => other !== index) })}>
              {t('staff.remove')}
            </Button>
          </div>
        ))}
        {draft.certificates.length >= MOST_CERTIFICATES ? null : (
          <Button onPress={() => set({ certificates: [...draft.certificates, { kind: '', expiresOn: '' }] })}>
            {t('staff.addCertificate')}
          </Button>
        )}
      </section>
      <section className="stack">
        <h3>{t('staff.skills')}</h3>
        <div className="choices">
          <button
            type="button"
            className="choice"
            aria-pressed={draft.serviceIds === undefined}
            onClick={() => set({ serviceIds: undefined })}
          >
            {t('staff.allSkills')}
          </button>
          {services.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="choice"
              aria-pressed={draft.serviceIds?.includes(id) ?? false}
              onClick={() => set({ serviceIds: toggle(draft.serviceIds ?? [], id) })}
            >
              {name[language]}
            </button>
          ))}
        </div>
      </section>
    </Sheet>
  );
}
