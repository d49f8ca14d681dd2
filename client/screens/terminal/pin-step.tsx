/** Six digits by finger or keyboard. They live in this component while they are typed, and nowhere after. */
import { useEffect, useState } from 'react';
import { elapsed } from '../../i18n/format.ts';
import { terminalTexts } from '../../i18n/terminal.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Ticking } from '../../ui/clock.tsx';

const LENGTH = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export type PinNote =
  | { readonly say: 'wrong' | 'unsure' | 'set' }
  /** `until` is page time, `performance.now()`. */
  | { readonly say: 'locked'; readonly until: number };

export function PinStep({
  name,
  what,
  note,
  busy,
  onPin,
  onSet,
}: {
  name: string;
  /** What the PIN is for. */
  what: string;
  note: PinNote | undefined;
  busy: boolean;
  onPin: (pin: string) => void;
  onSet: () => void;
}) {
  const t = useTexts(terminalTexts);
  const [typed, setTyped] = useState('');
  const locked = useLocked(note);
  const shut = busy || locked;
  const press = (digit: string): void => {
    if (shut) return;
    const next = typed + digit;
    setTyped(next.length === LENGTH ? '' : next);
    if (next.length === LENGTH) onPin(next);
  };
  const erase = (): void => setTyped((before) => before.slice(0, -1));
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      // By code: an input method swallows the keys' letters.
      const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
      if (digit !== undefined) press(digit);
      else if (event.code === 'Backspace') erase();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  const shown = busy ? LENGTH : typed.length;
  const key = (digit: string) => (
    <button key={digit} type="button" className="terminal-key" aria-disabled={shut || undefined} onClick={() => press(digit)}>
      {digit}
    </button>
  );
  return (
    <section className="terminal-pin" data-busy={busy} data-note={locked ? 'locked' : note?.say === 'locked' ? undefined : note?.say}>
      <header>
        <h1>{name}</h1>
        <p className="terminal-what">{what}</p>
        <p>{t('pin.ask')}</p>
        <p className="terminal-dots" role="img" aria-label={t('pin.digits', { n: shown })}>
          {Array.from({ length: LENGTH }, (_none, index) => (
            <i key={index} className={index < shown ? 'is-in' : ''} />
          ))}
        </p>
        <div className="terminal-note" role="status">
          {busy ? t('pin.checking') : <Note note={note} locked={locked} />}
        </div>
        <button type="button" className="terminal-link" data-do="set" onClick={onSet}>
          {t('pin.set')}
        </button>
      </header>
      <div className="terminal-pad">
        {KEYS.map(key)}
        <span />
        {key('0')}
        <button type="button" className="terminal-key is-word" aria-disabled={shut || undefined} onClick={erase}>
          {t('pin.delete')}
        </button>
      </div>
    </section>
  );
}

function Note({ note, locked }: { note: PinNote | undefined; locked: boolean }) {
  const t = useTexts(terminalTexts);
  if (note?.say === 'set') return <p>{t('set.done')}</p>;
  if (note?.say === 'wrong' || note?.say === 'unsure') return <p className="is-wrong">{t(`pin.${note.say}`)}</p>;
  if (note?.say !== 'locked' || !locked) return null;
  return (
    <p className="is-wrong">
      {t('pin.locked')} <Ticking text={() => elapsed(note.until - performance.now())} />
    </p>
  );
}

/** Whether it is locked still; redrawn once when it opens. */
function useLocked(note: PinNote | undefined): boolean {
  const until = note?.say === 'locked' ? note.until : undefined;
  const [opened, setOpened] = useState<number>();
  useEffect(() => {
    if (until === undefined) return undefined;
    const timer = setTimeout(() => setOpened(until), Math.max(0, until - performance.now()));
    return () => clearTimeout(timer);
  }, [until]);
  return until !== undefined && opened !== until;
}
