/** What a bank expects of a branch before the branch's own days are known: how many come when, and for what. */
import { z } from 'zod';

const HALF_HOURS = 48;
const positive = (values: readonly number[]): boolean => values.some((value) => value > 0);

export const flowSchema = z.object({
  /** Customers of an ordinary day by half hour, from midnight. */
  perHalfHour: z.array(z.number().min(0).max(5_000)).length(HALF_HOURS).refine(positive, 'at least one half hour with customers'),
  /** Weight of each service; one that is not named is not expected. */
  mix: z
    .record(z.string(), z.number().min(0).max(1_000_000))
    .refine((mix) => positive(Object.values(mix)), 'at least one service that somebody comes for'),
  /** Share with a special need (the elderly, disabled, pregnant …), 0 … 1. */
  specialShare: z.number().min(0).max(1),
});
