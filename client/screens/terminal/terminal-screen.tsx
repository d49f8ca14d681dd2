/** The shared terminal: a name, what to do, a PIN. Back at the start by itself; the PIN is kept nowhere. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TerminalPerson } from '../../../shared/contract/terminal.ts';
import type { Device } from '../../device/device.ts';
import { useIdle } from '../../device/use-idle.ts';
import { type Language, language as languageNow, setLanguage, useLanguage } from '../../i18n/language.ts';
import { terminalTexts } from '../../i18n/terminal.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { useFloor, useLink } from '../../live/live.ts';
import { WallClock } from '../../ui/clock.tsx';
import { ConnectionBadge } from '../../ui/connection-badge.tsx';
import { type Act, commandsOf } from './acts.ts';
import { DoneStep, RefusedStep } from './end-step.tsx';
import { PeopleStep } from './people-step.tsx';
import { PersonStep } from './person-step.tsx';
import { type PinNote, PinStep } from './pin-step.tsx';
import { SetPinStep } from './set-pin-step.tsx';
import { createSpeaker, isUncertain, type Spoken } from './speak.ts';
import { usePeople } from './use-people.ts';
import { useWords } from './words.ts';
import './terminal.css';

type Step =
  | { readonly at: 'people' }
  | { readonly at: 'person'; readonly staffId: string }
  | { readonly at: 'pin'; readonly staffId: string; readonly act: Act; readonly note?: PinNote; readonly busy?: true }
  | { readonly at: 'set'; readonly staffId: string; readonly act: Act }
  | { readonly at: 'done'; readonly staffId: string; readonly act: Act; readonly spoken: Spoken }
  | { readonly at: 'refused'; readonly staffId: string; readonly problem: Problem };

const START: Step = { at: 'people' };
/** Seconds without a touch; a form takes longer to fill in. */
const IDLE_S = { people: 20, person: 20, pin: 25, set: 90, done: 6, refused: 15 } as const;

export function TerminalScreen({ device }: { device: Device }) {
  const t = useTexts(terminalTexts);
  const language = useLanguage();
  const floor = useFloor(device.live, (seen) => seen);
  const link = useLink(device.live);
  const { people, again } = usePeople(device);
  const words = useWords(floor?.counters ?? []);
  const speaker = useMemo(() => createSpeaker(device), [device]);
  const [step, setStep] = useState<Step>(START);
  const [home] = useState<Language>(languageNow);

  const leave = (): void => {
    speaker.forget();
    setStep(START);
    setLanguage(home, { keep: false });
  };
  const busy = step.at === 'pin' && step.busy === true;
  const untouched = step.at === 'people' && language === home;
  const secondsLeft = useIdle(untouched || busy ? undefined : IDLE_S[step.at], leave);
  const back = (): void => {
    if (step.at === 'pin' || step.at === 'set' || step.at === 'refused') setStep({ at: 'person', staffId: step.staffId });
    else leave();
  };
  useEscape(back, step.at !== 'people' && !busy);
  // The button just pressed is gone: the next Tab begins where the eye does.
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => content.current?.focus(), [step.at]);

  const say = async (one: TerminalPerson, act: Act, pin: string): Promise<void> => {
    const { staffId } = one;
    setStep({ at: 'pin', staffId, act, busy: true });
    const answer = await speaker.speak(staffId, pin, commandsOf(act, one));
    void again();
    if (answer.ok) return setStep({ at: 'done', staffId, act, spoken: answer.value });
    const { problem } = answer;
    const note = noteOf(problem);
    setStep(note === undefined ? { at: 'refused', staffId, problem } : { at: 'pin', staffId, act, note });
  };

  if (floor === undefined || people === undefined) return <main className="terminal" aria-busy="true" />;
  const one = step.at === 'people' ? undefined : people.find(({ staffId }) => staffId === step.staffId);
  const zone = floor.timeZone;
  const other: Language = language === 'zh' ? 'en' : 'zh';
  const body = (): React.ReactNode => {
    if (step.at === 'people' || one === undefined)
      return <PeopleStep {...{ people, words, zone }} onChoose={(staffId) => setStep({ at: 'person', staffId })} />;
    const { staffId, name } = one;
    switch (step.at) {
      case 'person':
        return <PersonStep {...{ one, words, zone }} onAct={(act) => setStep({ at: one.hasPin ? 'pin' : 'set', staffId, act })} />;
      case 'pin': {
        const { act } = step;
        return (
          <PinStep
            name={name}
            what={words.act(act, one.here !== undefined)}
            note={step.note}
            busy={busy}
            onPin={(pin) => void say(one, act, pin)}
            onSet={() => setStep({ at: 'set', staffId, act })}
          />
        );
      }
      case 'set': {
        const { act } = step;
        return (
          <SetPinStep
            {...{ api: device.api, one, words }}
            onDone={() => {
              void again();
              setStep({ at: 'pin', staffId, act, note: { say: 'set' } });
            }}
          />
        );
      }
      case 'done':
        return <DoneStep {...{ name, act: step.act, spoken: step.spoken, words, zone }} onStart={leave} />;
      case 'refused':
        return <RefusedStep problem={step.problem} words={words} onBack={back} />;
    }
  };
  return (
    <main className="terminal" data-step={step.at} data-stale={link.state !== 'live'}>
      <header className="terminal-head">
        <strong>
          {named(floor.name, language)} <span className="muted">{t('title')}</span>
        </strong>
        <ConnectionBadge link={link} zone={zone} />
        <WallClock clock={device.clock} zone={zone} seconds={false} className="terminal-clock" />
        <button type="button" className="button" lang={other} onClick={() => setLanguage(other, { keep: false })}>
          {t('language')}
        </button>
      </header>
      {link.state === 'stale' ? (
        <p className="terminal-stale" role="status">
          {t('stale')}
        </p>
      ) : null}
      <div className="terminal-body dimmable" ref={content} tabIndex={-1}>
        {body()}
      </div>
      <footer className="terminal-foot">
        {step.at === 'people' || step.at === 'done' ? null : (
          <button type="button" className="button" data-do="back" disabled={busy} onClick={back}>
            {t('back')}
          </button>
        )}
        <p aria-live="off">{secondsLeft === undefined ? '' : t('still', { s: secondsLeft })}</p>
      </footer>
    </main>
  );
}

/** What a failure says on the pad; undefined for what the hub refused for good. */
function noteOf(problem: Problem): PinNote | undefined {
  if (problem.code === 'pin.wrong') return { say: 'wrong' };
  if (problem.code === 'pin.locked') return { say: 'locked', until: performance.now() + (problem.retryAfterMs ?? 60_000) };
  return isUncertain(problem) ? { say: 'unsure' } : undefined;
}

function useEscape(onEscape: () => void, on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.code === 'Escape') onEscape();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
