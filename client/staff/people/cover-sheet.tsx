/** Who can stand in this minute: for a post nobody holds, or so that somebody gets their break. */
import { adviseNextBreak, breakQueue } from '../../../shared/branch/people/breaks.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { StaffLive } from '../branch.ts';
import { useStaffActing } from '../acting.ts';
import { useNames } from '../names.ts';
import { type Cover, coverFor, type CoverNeed, needOfRelief } from './cover.ts';
import { usePostWords, useNow } from './people-words.tsx';
import './people.css';

function CoverList({ live, list, onDone }: { live: StaffLive; list: readonly Cover[]; onDone: (cover: Cover) => void }) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const postWords = usePostWords(live);
  const { send, may } = useStaffActing(live);
  if (list.length === 0) return <p className="people-hint">{t('cover.nobody')}</p>;
  return (
    <ol className="substitutes">
      {list.map((one, index) => (
        <li key={one.staffId}>
          <Button
            variant={index === 0 ? 'primary' : 'plain'}
            className="substitute"
            data-staff={one.staffId}
            disabled={!may(one.command)}
            onPress={async () => {
              if ((await send(one.command)).ok) onDone(one);
            }}
          >
            <strong>
              {nameOf(one.staffId)}
              {one.counter === undefined ? null : ` → ${t('post.counterN', { n: one.counter.number })}`}
            </strong>
            <small>
              {[
                one.where === 'onPost' && one.leaves !== undefined
                  ? t('cover.leaves', { post: postWords(one.leaves) })
                  : t(`cover.${one.where}`),
                one.usual ? t('cover.usual') : '',
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </small>
          </Button>
        </li>
      ))}
    </ol>
  );
}

export function CoverSheet({ live, need, onClose }: { live: StaffLive; need: CoverNeed; onClose: () => void }) {
  const t = useTexts(peopleTexts);
  const now = useNow(live);
  const state = useFloor(live, (floor) => floor);
  return (
    <Sheet title={need.kind === 'counter' ? t(`cover.title.${need.zone}`) : t(`cover.title.${need.kind}`)} onClose={onClose}>
      <p className="muted">{t('cover.lead')}</p>
      <CoverList live={live} list={state === undefined ? [] : coverFor(state, need, now)} onDone={onClose} />
    </Sheet>
  );
}

/** Somebody's break: what holds it, who can relieve them, and sending them now. */
export function ReliefSheet({ live, staffId, onClose }: { live: StaffLive; staffId: string; onClose: () => void }) {
  const t = useTexts(peopleTexts);
  const now = useNow(live);
  const nameOf = useNames(live.branchId);
  const { send, may } = useStaffActing(live);
  const state = useFloor(live, (floor) => floor);
  if (state === undefined) return null;
  const advice = breakQueue(state, now).find((one) => one.staffId === staffId);
  const next = adviseNextBreak(state, now);
  const need = needOfRelief(state, staffId);
  const begin = { type: 'break.begin', staffId } as const;
  const holds = advice?.holds ?? [];
  return (
    <Sheet
      title={t('relief.title', { name: nameOf(staffId) })}
      onClose={onClose}
      actions={
        <Button
          variant={holds.length === 0 ? 'primary' : 'plain'}
          data-do="break"
          disabled={!may(begin)}
          onPress={async () => {
            if ((await send(begin)).ok) onClose();
          }}
        >
          {t('relief.sendNow')}
        </Button>
      }
    >
      {holds.length === 0 ? (
        <p>{t('relief.free')}</p>
      ) : (
        <ul className="people-holds">
          {holds.map((hold) => (
            <li key={hold}>{t(`hold.${hold}`)}</li>
          ))}
        </ul>
      )}
      {next === undefined || next.staffId === staffId ? null : (
        <p className="muted">{t('relief.before', { name: nameOf(next.staffId) })}</p>
      )}
      {need === undefined ? null : (
        <section className="stack">
          <h3>{t('relief.who')}</h3>
          <CoverList live={live} list={coverFor(state, need, now)} onDone={() => undefined} />
        </section>
      )}
    </Sheet>
  );
}
