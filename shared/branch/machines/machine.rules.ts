/** Machines: the registry, what is heard of them, replenishment, retained cards. */
import type { Rules } from '../draft.ts';

export const machineRules = {} satisfies Rules;
