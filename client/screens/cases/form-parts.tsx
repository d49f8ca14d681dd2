/** What the forms of a case are made of. */
import { useId, useRef, useState } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { commonTexts } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { Button } from '../../ui/button.tsx';

/** Enter sends; nothing goes twice. `ready` false = not filled in yet. */
export function CaseForm({
  ready,
  confirm,
  onSend,
  onClose,
  children,
}: {
  ready: boolean;
  confirm: string;
  onSend: () => Promise<void>;
  onClose: () => void;
  children: React.ReactNode;
}) {
  const common = useTexts(commonTexts);
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (!ready || running.current) return;
    running.current = true;
    setBusy(true);
    await onSend();
    running.current = false;
    setBusy(false);
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
      <div className="form-actions">
        <Button onPress={onClose}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" disabled={!ready || busy}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}

export function Chips<T extends string>({
  label,
  options,
  value,
  onChoose,
}: {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T | undefined;
  onChoose: (value: T) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <span id={id}>{label}</span>
      <div className="choices" role="group" aria-labelledby={id}>
        {options.map(([one, text]) => (
          <button key={one} type="button" className="choice" data-value={one} aria-pressed={one === value} onClick={() => onChoose(one)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}

export function Words({
  label,
  value,
  onChange,
  most = 500,
  rows = 1,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  most?: number;
  rows?: number;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      {rows === 1 ? (
        <input value={value} maxLength={most} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea value={value} rows={rows} maxLength={most} onChange={(event) => onChange(event.target.value)} />
      )}
    </label>
  );
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const untils = ['hour', 'today', 'tomorrow', 'three', 'week', 'month'] as const;
export type Until = (typeof untils)[number];

/** By when, in the branch's own day: tomorrow ends tomorrow at midnight. */
export function useInstantOf(live: StaffLive): (until: Until) => number {
  const endsAt = useFloor(live, (state) => state?.day?.endsAt);
  return (until) => {
    const now = Math.round(live.clock.now());
    const tonight = Math.max(endsAt ?? now + DAY_MS, now + HOUR_MS);
    switch (until) {
      case 'hour':
        return now + HOUR_MS;
      case 'today':
        return tonight;
      case 'tomorrow':
        return tonight + DAY_MS;
      case 'three':
        return tonight + 3 * DAY_MS;
      case 'week':
        return tonight + 7 * DAY_MS;
      case 'month':
        return tonight + 30 * DAY_MS;
    }
  };
}

export function UntilChips({ value, onChoose, offered }: { value: Until; onChoose: (until: Until) => void; offered: readonly Until[] }) {
  const t = useTexts(casesTexts);
  return (
    <Chips label={t('form.until')} options={offered.map((one) => [one, t(`form.in.${one}`)] as const)} value={value} onChoose={onChoose} />
  );
}
