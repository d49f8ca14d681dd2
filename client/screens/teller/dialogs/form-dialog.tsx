import { useEffect, useId, useRef, useState } from 'react';
import type { FloorCommand } from '../../../../shared/contract/commands.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { commands } from '../../../staff/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { useTeller } from '../teller-context.ts';

/**
 * A short form, by keyboard alone: arrows choose, Enter sends, Escape leaves. It stays until the hub has accepted, so
 * that a second Enter cannot fall through to the counter. `command` undefined = not filled in yet.
 */
export function FormDialog({
  title,
  confirm,
  danger = false,
  command,
  children,
}: {
  title: string;
  confirm?: string;
  danger?: boolean;
  command: () => FloorCommand | undefined;
  children: React.ReactNode;
}) {
  const t = useTexts(tellerTexts);
  const { branchId, close } = useTeller();
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  // After the dialog has opened, which would have focused its cross: there Enter means leave.
  useEffect(() => {
    const within = form.current;
    (
      within?.querySelector<HTMLElement>('[data-focus]') ?? within?.querySelector<HTMLElement>('input:checked, input, [type=submit]')
    )?.focus();
  }, []);
  const send = async (): Promise<void> => {
    if (running.current) return;
    const given = command();
    setMissing(given === undefined);
    if (given === undefined) return;
    running.current = true;
    setBusy(true);
    const answer = await commands.send(branchId, given);
    running.current = false;
    setBusy(false);
    if (answer.ok) close();
  };
  return (
    <Sheet title={title} onClose={close}>
      <form
        ref={form}
        className="teller-form"
        onKeyDown={(event) => {
          // A held Enter must not send twice, nor anything once the dialog has gone.
          if (event.repeat && event.key === 'Enter') event.preventDefault();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {children}
        <p className="form-problem" role="alert">
          {missing ? t('dialog.required') : ''}
        </p>
        <div className="form-actions">
          <Button onPress={close}>{t('dialog.cancel')}</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} hotkey="Enter" disabled={busy}>
            {confirm ?? t('dialog.ok')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

export interface Option<T> {
  readonly value: T;
  readonly label: string;
  readonly note?: string;
}

/** Native radios look like large buttons: arrows move, Tab goes on. */
export function Choice<T extends string | number>({
  legend,
  options,
  value,
  onChange,
  focus = false,
}: {
  legend: string;
  options: readonly Option<T>[];
  value: T | undefined;
  onChange: (value: T) => void;
  focus?: boolean;
}) {
  const t = useTexts(tellerTexts);
  const name = useId();
  return (
    <fieldset className="teller-choice">
      <legend>{legend}</legend>
      {options.length === 0 ? <p className="muted">{t('dialog.nothingHere')}</p> : null}
      <div>
        {options.map((option, index) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              data-focus={(focus && (value === undefined ? index === 0 : option.value === value)) || undefined}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.label}
              {option.note === undefined ? null : <small>{option.note}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A usual reason, or one's own words. Answers the words to send, or undefined while there are none. */
export function useReason(
  usual: readonly string[],
  legend: string,
  other: string | undefined,
  focus = false,
): { field: React.ReactNode; reason: string | undefined } {
  const t = useTexts(tellerTexts);
  const [chosen, setChosen] = useState(usual[0] ?? other ?? '');
  const [own, setOwn] = useState('');
  const free = chosen === other;
  const options = [...usual, ...(other === undefined ? [] : [other])].map((label) => ({ value: label, label }));
  const field = (
    <>
      <Choice legend={legend} options={options} value={chosen} onChange={setChosen} focus={focus} />
      {free ? (
        <label className="field">
          <span>{t('dialog.otherText')}</span>
          <input value={own} maxLength={500} autoFocus onChange={(event) => setOwn(event.target.value)} />
        </label>
      ) : null}
    </>
  );
  const given = (free ? own : chosen).trim();
  return { field, reason: given === '' ? undefined : given };
}
