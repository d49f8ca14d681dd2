/** The kinds a business day can be of (domain.md section 1), and how a branch says ahead which days are of one. */
import { z } from 'zod';

export const dayTypes = ['ordinary', 'pension', 'payday', 'market', 'holidayEve'] as const;

export type DayType = (typeof dayTypes)[number];

/** Every day that fits one of the three. A day of the month that a month does not have is its last. */
export const dayMarkSchema = z.object({
  dayType: z.enum(dayTypes),
  monthDays: z.array(z.number().int().min(1).max(31)).max(31).optional(),
  /** 1 = Monday … 7 = Sunday. */
  weekdays: z.array(z.number().int().min(1).max(7)).max(7).optional(),
  dates: z.array(z.iso.date()).max(400).optional(),
});

export type DayMark = z.infer<typeof dayMarkSchema>;
