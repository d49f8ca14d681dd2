/** A return promised for tomorrow must not silence the alarm. */
export const LONGEST_PROMISE_MS = 2 * 3_600_000;
