/** Every rule about people: the plan, who is away, who swaps, who is here, who is lent. */
import type { Rules } from '../draft.ts';
import { absenceRules } from './absence.rules.ts';
import { loanRules } from './loan.rules.ts';
import { presenceRules } from './presence.rules.ts';
import { rotaRules } from './rota.rules.ts';
import { swapRules } from './swap.rules.ts';

export const peopleRulesOfCommands: Rules = { ...rotaRules, ...absenceRules, ...swapRules, ...presenceRules, ...loanRules };
