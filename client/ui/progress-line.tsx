/** How far something is, in words and as a bar. `value`: 0…1. */
export function ProgressLine({ value, children }: { value: number; children: React.ReactNode }) {
  return (
    <label className="progress-line">
      <span>{children}</span>
      <progress value={value} />
    </label>
  );
}
