/** Who did something, in words: a person by name, a machine or the hub as what they are. */
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useNames } from '../../staff/names.ts';

export function useActors(branchId: string): (actor: string) => string {
  const t = useTexts(casesTexts);
  const nameOf = useNames(branchId);
  return (actor) => {
    if (actor === 'clock' || actor === 'hub') return t('timeline.by.clock');
    return actor.startsWith('device:') ? t('timeline.by.device') : nameOf(actor);
  };
}
