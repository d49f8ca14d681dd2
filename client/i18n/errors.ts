import type { Problem } from '../live/api.ts';
import { errors as en } from './en/errors.ts';
import { language, type Language } from './language.ts';
import { minutes } from './format.ts';
import { lookup, say, type Texts } from './texts.ts';
import { errors as zh } from './zh/errors.ts';

export const errorTexts: Texts<keyof typeof zh> = { zh, en };

/** What the person reads when the hub says no: by code, in their language; in English the hub's own sentence will do. */
export function explain(problem: Problem, of: Language = language()): string {
  const params = { ...problem.params, minutes: minutes(problem.retryAfterMs ?? 60_000) };
  const known = lookup(errorTexts, problem.code, params, of) ?? lookup(errorTexts, `http-${problem.status}`, undefined, of);
  if (known !== undefined) return known;
  if (of === 'en' && problem.detail !== '') return problem.detail;
  return say(errorTexts[of].unknown, { code: problem.code }, of);
}
