/** A wait as a customer reads it: whole minutes, an honest range, never a false precision. */
import type { WaitRange } from '../../shared/branch/branch.state.ts';
import type { commonTexts } from '../i18n/common.ts';
import type { Translate } from '../i18n/texts.ts';

type Common = Translate<keyof (typeof commonTexts)['zh']>;

export function waitWords({ low, high }: Pick<WaitRange, 'low' | 'high'>, t: Common): string {
  const from = Math.floor(low / 60_000);
  const to = Math.ceil(high / 60_000);
  if (to <= 1) return t('duration.lessThanMinute');
  return from >= to ? t('duration.minutes', { n: to }) : t('duration.range', { low: Math.max(1, from), high: to });
}
