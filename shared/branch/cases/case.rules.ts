/** Cases: from the first word to the last. */
import type { Rules } from '../draft.ts';

export const caseRules = {} satisfies Rules;
