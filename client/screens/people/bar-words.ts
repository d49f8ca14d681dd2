/** What stands against a shift, in few words for a square of the rota. */
import type { Bar } from '../../../shared/branch/people/roster.ts';
import { explain } from '../../i18n/errors.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { lookup } from '../../i18n/texts.ts';
import { withNames } from '../../staff/known-names.ts';
import { useNames } from '../../staff/names.ts';

export function useBarWords(branchId: string): (bar: Bar) => string {
  const language = useLanguage();
  // Redrawn when the names are there.
  useNames(branchId);
  return ({ code, params }) =>
    lookup(peopleTexts, `bar.${code}`, params, language) ?? explain(withNames({ status: 409, code, detail: '', params }), language);
}
