import { useState } from 'react';
import { commonTexts } from '../i18n/common.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from './button.tsx';

/** Asks once for a reason: one tap on a usual one, or words of one's own. */
export function ReasonForm({
  title,
  usual,
  confirm,
  danger = false,
  onGive,
  onBack,
  children,
}: {
  title: string;
  usual: readonly string[];
  confirm: string;
  danger?: boolean;
  onGive: (reason: string) => unknown;
  onBack: () => void;
  children?: React.ReactNode;
}) {
  const t = useTexts(commonTexts);
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') onGive(given);
      }}
    >
      <h3>{title}</h3>
      {children}
      <div className="choices" role="group" aria-label={t('reason.usual')}>
        {usual.map((one) => (
          <button key={one} type="button" className="choice" aria-pressed={one === reason} onClick={() => setReason(one)}>
            {one}
          </button>
        ))}
      </div>
      <label className="field">
        <span>{t('reason.label')}</span>
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
      <div className="form-actions">
        <Button onPress={onBack}>{t('action.cancel')}</Button>
        <Button variant={danger ? 'danger' : 'primary'} disabled={given === ''} onPress={() => onGive(given)}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
