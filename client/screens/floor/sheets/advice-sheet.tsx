import { useState } from 'react';
import type { Advice } from '../../../../shared/branch/advice/advice.state.ts';
import { adviceSheetTexts } from '../../../i18n/advice-sheets.ts';
import { adviceTexts } from '../../../i18n/advice.ts';
import { shortTime } from '../../../i18n/format.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { namedBy, type Named, sentence, waitChange, wholePercent } from '../../../staff/advice/advice-words.ts';
import { ConfidenceMark } from '../../../staff/advice/confidence.tsx';
import { ReasonList } from '../../../staff/advice/reason-list.tsx';
import { Button } from '../../../ui/button.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { useActing, useBranchState, useFloorContext } from '../floor-context.ts';
import { ChangeForm } from './change-form.tsx';
import { DeclineForm } from './decline-form.tsx';
import '../../../staff/advice/advice.css';

type Form = 'change' | 'decline';

function Facts({ advice, zone }: { advice: Advice; zone: string | undefined }) {
  const t = useTexts(adviceSheetTexts);
  const words = useTexts(adviceTexts);
  const language = useLanguage();
  const { expected, confidence, state, expiresAt, doAt, dueAt } = advice;
  const { before, after } = expected.withinTarget;
  return (
    <dl className="facts">
      <div>
        <dt>{t('fact.wait90')}</dt>
        <dd>{waitChange(words, expected.wait90Ms)}</dd>
      </div>
      <div>
        <dt>{t('fact.inTarget')}</dt>
        <dd>{t('change.share', { before: wholePercent(before), after: wholePercent(after) })}</dd>
      </div>
      <div>
        <dt>{t('fact.confidence')}</dt>
        <dd>
          {wholePercent(confidence)} <ConfidenceMark share={confidence} />
        </dd>
      </div>
      <div>
        <dt>{t('fact.when')}</dt>
        <dd>{shortTime(doAt, zone, language)}</dd>
      </div>
      <div>
        <dt>{state === 'given' ? t('fact.until') : t('fact.due')}</dt>
        <dd>{shortTime(state === 'given' ? expiresAt : (dueAt ?? expiresAt), zone, language)}</dd>
      </div>
    </dl>
  );
}

/** Accepted and late: open it for the person who is there, or look at the window. */
function Late({ advice, named }: { advice: Advice; named: Named }) {
  const { open, close } = useFloorContext();
  const { send } = useActing();
  const t = useTexts(adviceSheetTexts);
  const { kind, counterId, staffId } = advice;
  const openIt = async (): Promise<void> => {
    if (counterId === undefined || staffId === undefined) return;
    if ((await send({ type: 'counter.open', counterId, staffId })).ok) close();
  };
  return (
    <section className="stack">
      <h3>{t('late.title')}</h3>
      <p>{kind === 'openWindow' ? t('late.hint') : t('late.hintOther')}</p>
      {kind === 'openWindow' && staffId !== undefined ? (
        <Button variant="primary" onPress={openIt}>
          {t('late.open', { name: named.name, n: named.n })}
        </Button>
      ) : null}
      {kind === 'closeWindow' && counterId !== undefined ? (
        <Button variant="primary" onPress={() => open({ kind: 'counter', counterId })}>
          {t('late.look', { n: named.n })}
        </Button>
      ) : null}
    </section>
  );
}

/** One piece of advice: why, what it would bring, and what to do with it. */
export function AdviceSheet({ adviceId, form: asked }: { adviceId: string; form: Form | undefined }) {
  const { nameOf, close } = useFloorContext();
  const { send, may } = useActing();
  const t = useTexts(adviceSheetTexts);
  const words = useTexts(adviceTexts);
  const language = useLanguage();
  const [form, setForm] = useState(asked);
  const advice = useBranchState((state) => state.advice[adviceId]);
  const config = useBranchState((state) => state.config);
  const tickets = useBranchState((state) => state.tickets);
  const zone = config?.hours.timeZone;
  if (advice === undefined)
    return (
      <Sheet title={t('gone.title')} onClose={close}>
        <p>{t('gone.hint')}</p>
      </Sheet>
    );
  const named = namedBy({ config, tickets }, advice, nameOf, language);
  const back = (): void => (asked === undefined ? setForm(undefined) : close());
  const command = { type: 'advice.accept', adviceId } as const;
  const accept = async (): Promise<void> => {
    if ((await send(command)).ok) close();
  };
  const { state, acceptedBy, dueAt } = advice;
  const acts = may(command) && state !== 'carriedOut';
  return (
    <Sheet title={sentence(words, advice, named)} onClose={close}>
      {form === 'change' && state === 'given' ? (
        <ChangeForm advice={advice} onBack={back} />
      ) : form === 'decline' && acts ? (
        <DeclineForm advice={advice} onBack={back} />
      ) : (
        <>
          {state === 'notInTime' && acts ? <Late advice={advice} named={named} /> : null}
          {acceptedBy === undefined ? null : (
            <p className="sentence">
              {t(acceptedBy === 'clock' ? 'accepted.byItself' : 'accepted.by', {
                name: nameOf(acceptedBy),
                time: shortTime(dueAt ?? advice.doAt, zone, language),
              })}
            </p>
          )}
          <Facts advice={advice} zone={zone} />
          <ReasonList advice={advice} named={named} />
          <p className="muted">{t('measured')}</p>
          {acts ? (
            <div className="form-actions">
              <Button onPress={() => setForm('decline')}>{words(state === 'given' ? 'decline' : 'callOff')}</Button>
              {state === 'given' ? (
                <>
                  <Button onPress={() => setForm('change')}>{words('change')}</Button>
                  <Button variant="primary" onPress={accept}>
                    {words('accept')}
                  </Button>
                </>
              ) : null}
            </div>
          ) : null}
        </>
      )}
    </Sheet>
  );
}

/** More is open than the board has room for. */
export function AllAdviceSheet() {
  const { nameOf, open, close } = useFloorContext();
  const t = useTexts(adviceSheetTexts);
  const words = useTexts(adviceTexts);
  const language = useLanguage();
  const advice = useBranchState((state) => state.advice);
  const config = useBranchState((state) => state.config);
  const tickets = useBranchState((state) => state.tickets);
  return (
    <Sheet title={t('all.title')} onClose={close}>
      <ul className="stack">
        {Object.values(advice).map((one) => (
          <li key={one.id}>
            <Button className="advice-listed" onPress={() => open({ kind: 'advice', adviceId: one.id })}>
              <b>{sentence(words, one, namedBy({ config, tickets }, one, nameOf, language))}</b>
              <small>{`${t(`state.${one.state}`)} · ${words('wait90')} ${waitChange(words, one.expected.wait90Ms)}`}</small>
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
