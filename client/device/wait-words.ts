/** A wait as a customer reads it: whole minutes, an honest range, never a false precision. */
import type { WaitRange } from '../../shared/branch/branch.state.ts';
import type { deviceTexts } from '../i18n/device.ts';
import type { Translate } from '../i18n/texts.ts';

type Words = Translate<keyof (typeof deviceTexts)['zh']>;

export function waitWords({ low, high }: Pick<WaitRange, 'low' | 'high'>, t: Words): string {
  const from = Math.floor(low / 60_000);
  const to = Math.ceil(high / 60_000);
  if (to <= 1) return t('wait.lessThanMinute');
  if (from < 1) return t('wait.within', { n: to });
  return from >= to ? t('wait.minutes', { n: to }) : t('wait.range', { low: from, high: to });
}
