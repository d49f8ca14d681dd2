const DAY_MS = 24 * 3_600_000;

/** ms since the local midnight with which the day began; a day without 24 hours is off by that hour. */
export const timeOfDay = (at: number, { endsAt }: { readonly endsAt: number }): number => at - endsAt + DAY_MS;
