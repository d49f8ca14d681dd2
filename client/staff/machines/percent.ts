/** A share 0…1 with one place, rounded down: 100 % is said of nothing less. Null = there was nothing to share. */
export const percent = (share: number | null): string => (share === null ? '–' : `${(Math.floor(share * 1_000) / 10).toFixed(1)}%`);
