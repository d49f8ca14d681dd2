/** When to try again. All in real ms. */

const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;
/** So long an event is tried before it is given up. */
export const giveUpAfterMs = 3 * 24 * 3_600_000;

/** After so many failures in a row; `chance` in 0…1 spreads receivers that failed together. */
export function delayAfter(attempts: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, attempts - 1)));
  return Math.round(full * (0.5 + chance / 2));
}
