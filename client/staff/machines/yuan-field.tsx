/** Amounts are typed in yuan and kept in fen. */

/** Fen, or undefined where the text is not an amount. */
export function fenOf(text: string): number | undefined {
  const plain = text.replaceAll(',', '').trim();
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return undefined;
  const [whole = '0', part = ''] = plain.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

export function YuanField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        value={value}
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={value !== '' && fenOf(value) === undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
