import { useState } from 'react';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';

export interface Amounts {
  readonly amountFen?: number;
  readonly notes?: number;
  /** 0…1 */
  readonly coinShare?: number;
}

const MOST_YUAN = 1e11;

/** Typed figures, or undefined where a field is not a figure. Money goes on in fen, shares as 0…1. */
export function readAmounts(yuan: string, notes: string, percent: string): Amounts | undefined {
  const figure = (text: string, most: number): number | undefined | null => {
    if (text.trim() === '') return undefined;
    const value = Number(text.replaceAll(/[,，\s¥￥]/g, ''));
    return Number.isFinite(value) && value >= 0 && value <= most ? value : null;
  };
  const amount = figure(yuan, MOST_YUAN);
  const count = figure(notes, 1e7);
  const share = figure(percent, 100);
  if (amount === null || count === null || share === null || (count !== undefined && !Number.isInteger(count))) return undefined;
  return {
    ...(amount === undefined ? {} : { amountFen: Math.round(amount * 100) }),
    ...(count === undefined ? {} : { notes: count }),
    ...(share === undefined ? {} : { coinShare: share / 100 }),
  };
}

/** Amount, notes, coins: what the limit's bracket depends on. */
export function useAmounts(before: Amounts = {}): { fields: React.ReactNode; amounts: Amounts | undefined } {
  const t = useTexts(tellerTexts);
  const [yuan, setYuan] = useState(before.amountFen === undefined ? '' : String(before.amountFen / 100));
  const [notes, setNotes] = useState(before.notes === undefined ? '' : String(before.notes));
  const [percent, setPercent] = useState(before.coinShare === undefined ? '' : String(Math.round(before.coinShare * 100)));
  const input = (label: string, value: string, onChange: (text: string) => void, focus = false): React.ReactNode => (
    <label className="field">
      <span>{label}</span>
      <input
        inputMode="decimal"
        autoComplete="off"
        value={value}
        data-focus={focus || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
  const fields = (
    <div className="teller-amounts">
      {input(t('dialog.amount'), yuan, setYuan, true)}
      {input(t('dialog.notes'), notes, setNotes)}
      {input(t('dialog.coins'), percent, setPercent)}
    </div>
  );
  return { fields, amounts: readAmounts(yuan, notes, percent) };
}
