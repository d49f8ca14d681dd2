/** The kinds a business day can be of (domain.md section 1). */
export const dayTypes = ['ordinary', 'pension', 'payday', 'market', 'holidayEve'] as const;

export type DayType = (typeof dayTypes)[number];
