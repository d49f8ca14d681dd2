/** Minutes as a form and a sentence show them: at most one place, no tail of zeros. */
export const minutesWords = (ms: number): string => String(Math.round(ms / 6_000) / 10);
