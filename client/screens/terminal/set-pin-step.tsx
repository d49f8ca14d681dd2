/** A new PIN, proved by the password: guards have no other screen to set theirs on. */
import { useState } from 'react';
import type { TerminalPerson } from '../../../shared/contract/terminal.ts';
import { minutes } from '../../i18n/format.ts';
import { terminalTexts } from '../../i18n/terminal.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Api, Problem } from '../../live/api.ts';
import { Button } from '../../ui/button.tsx';
import type { Words } from './words.ts';

const isPin = (typed: string): boolean => /^\d{6}$/.test(typed);

export function SetPinStep({
  api,
  one: { staffId, name, hasPin },
  words,
  onDone,
}: {
  api: Api;
  one: TerminalPerson;
  words: Words;
  onDone: () => void;
}) {
  const t = useTexts(terminalTexts);
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [twice, setTwice] = useState('');
  const [fault, setFault] = useState<string>();
  const told = (problem: Problem): string => {
    if (problem.code === 'auth.wrong') return t('set.wrong');
    if (problem.code === 'auth.locked') return t('set.locked', { minutes: minutes(problem.retryAfterMs ?? 60_000) });
    return problem.errors?.some(({ path }) => path === 'pin') === true ? t('set.obvious') : words.refusal(problem);
  };
  const save = async (): Promise<void> => {
    if (!isPin(pin)) return setFault(t('set.digits'));
    if (pin !== twice) return setFault(t('set.differs'));
    const answer = await api.send('POST', '/api/session/pin', { username: staffId, password, pin });
    if (answer.ok) return onDone();
    setPassword('');
    setFault(told(answer.problem));
  };
  const field = (label: string, value: string, onChange: (typed: string) => void, digits: boolean) => (
    <label className="field">
      <span>{label}</span>
      <input
        type="password"
        value={value}
        required
        autoComplete="off"
        {...(digits ? { inputMode: 'numeric' as const, maxLength: 6 } : { maxLength: 200 })}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
  return (
    <form
      className="terminal-step terminal-set"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <header>
        <h1>{name}</h1>
        {hasPin ? null : <p className="terminal-what">{t('set.none')}</p>}
        <p>{t('set.lead')}</p>
      </header>
      {field(t('set.password'), password, setPassword, false)}
      {field(t('set.pin'), pin, setPin, true)}
      {field(t('set.again'), twice, setTwice, true)}
      {fault === undefined ? null : (
        <p className="terminal-note is-wrong" role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" variant="primary">
        {t('set.go')}
      </Button>
    </form>
  );
}
