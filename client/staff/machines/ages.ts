/** How long ago, in words coarse enough not to tick every second. */
import type { machineTexts } from '../../i18n/machines.ts';
import type { Translate } from '../../i18n/texts.ts';

export type MachineWords = Translate<keyof (typeof machineTexts)['zh']>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function age(ms: number, t: MachineWords): string {
  if (ms < MINUTE) return t('age.now');
  return ms < 2 * HOUR ? t('age.minutes', { n: Math.floor(ms / MINUTE) }) : t('age.hours', { n: Math.floor(ms / HOUR) });
}
