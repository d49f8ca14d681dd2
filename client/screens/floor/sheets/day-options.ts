/** In the order a day runs. Typed by the contract; its parser (zod) stays out of the browser. */
import type { Phase } from '../../../../shared/contract/commands.ts';
import type { DayType } from '../../../../shared/contract/day-types.ts';

export type { DayType, Phase };
export const phases: readonly Phase[] = ['opening', 'business', 'lastNumber', 'clearing', 'balancing', 'closed'];
export const dayTypes: readonly DayType[] = ['ordinary', 'pension', 'payday', 'market', 'holidayEve'];
