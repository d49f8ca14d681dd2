import { memo } from 'react';
import type { Advice } from '../../../shared/branch/advice/advice.state.ts';
import { adviceTexts } from '../../i18n/advice.ts';
import { elapsed, shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { because, namedBy, savesMinutes, sentence, waitChange } from '../../staff/advice/advice-words.ts';
import { ConfidenceMark } from '../../staff/advice/confidence.tsx';
import { Button } from '../../ui/button.tsx';
import { Ticking } from '../../ui/clock.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { clockOf } from './advice.rules.ts';
import { useActing, useBranchState, useFloorContext } from './floor-context.ts';

/** Closer than this is now. */
const NOW_MS = 30_000;

function AcceptedClock({ advice, name }: { advice: Advice; name: string }) {
  const { live } = useFloorContext();
  const t = useTexts(adviceTexts);
  return (
    <p className="advice-clock">
      <span>
        {advice.begunAt === undefined || advice.kind === 'giveBreak' ? t(`accepted.${advice.kind}`, { name }) : t('accepted.begun')}
      </span>
      <Ticking
        text={() => {
          const { is, ms } = clockOf(advice, live.clock.now());
          return t(`accepted.${is}`, { time: elapsed(ms) });
        }}
      />
    </p>
  );
}

/** One piece of advice: what to do, what it brings, why; one tap does it. */
export const AdviceCard = memo(function AdviceCard({ advice }: { advice: Advice }) {
  const { live, nameOf, open } = useFloorContext();
  const { send, may } = useActing();
  const t = useTexts(adviceTexts);
  const language = useLanguage();
  const config = useBranchState((state) => state.config);
  const tickets = useBranchState((state) => state.tickets);
  const zone = config?.hours.timeZone;
  const named = namedBy({ config, tickets }, advice, nameOf, language);
  const { id, state, doAt, expected, confidence } = advice;
  const given = state === 'given';
  const saves = savesMinutes(advice);
  const accept = { type: 'advice.accept', adviceId: id } as const;
  const see = (form?: 'change' | 'decline') => open({ kind: 'advice', adviceId: id, ...(form === undefined ? {} : { form }) });
  const when = doAt <= live.clock.now() + NOW_MS ? t('when.now') : t('when.at', { time: shortTime(doAt, zone, language) });
  return (
    <li className="advice-card" data-advice={id} data-kind={advice.kind} data-state={state}>
      <button type="button" className="advice-what" onClick={() => see()}>
        <StateShape state={given ? 'calling' : 'waiting'} size={18} />
        <strong>{sentence(t, advice, named)}</strong>
      </button>
      <p className="advice-effect">
        {saves === undefined ? (
          <span>
            <span className="muted">{t('wait90')}</span> <b>{waitChange(t, expected.wait90Ms)}</b>
          </span>
        ) : (
          <b>{t('saves', { n: saves })}</b>
        )}
        {given ? <ConfidenceMark share={confidence} /> : null}
      </p>
      {given ? (
        <p className="muted advice-why">{[when, because(t, advice)].filter((part) => part !== '').join(' · ')}</p>
      ) : (
        <>
          {advice.acceptedBy === 'clock' ? <span className="chip chip-call">{t('byItself')}</span> : null}
          <AcceptedClock advice={advice} name={named.name} />
        </>
      )}
      {may(accept) ? (
        <div className="advice-do">
          {given ? (
            <>
              <Button variant="primary" data-do="accept" onPress={() => send(accept)}>
                {t('accept')}
              </Button>
              <Button data-do="change" onPress={() => see('change')}>
                {t('change')}
              </Button>
            </>
          ) : (
            <span className="advice-taken">
              <StateShape state="serving" /> {nameOf(advice.acceptedBy === 'clock' ? undefined : advice.acceptedBy)}
            </span>
          )}
          <Button data-do="decline" onPress={() => see('decline')}>
            {given ? t('decline') : t('callOff')}
          </Button>
        </div>
      ) : null}
    </li>
  );
});
