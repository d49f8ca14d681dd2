/** What a branch without shift templates begins with; every number of it can be changed. */
import type { BranchConfig } from '../../../shared/contract/config.ts';
import { languages } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator } from '../../i18n/texts.ts';

const LUNCH_MS = 45 * 60_000;

const nameOf = (key: 'starter.early' | 'starter.late') => {
  const [zh, en] = languages.map((language) => translator(peopleTexts, language)(key));
  return { zh: zh ?? key, en: en ?? key };
};

export const starterPeople = (): NonNullable<BranchConfig['people']> => ({
  shifts: [
    {
      id: 'early',
      name: nameOf('starter.early'),
      from: '08:00',
      until: '16:30',
      breaks: [{ earliest: '11:00', latest: '12:30', lengthMs: LUNCH_MS }],
    },
    {
      id: 'late',
      name: nameOf('starter.late'),
      from: '09:30',
      until: '18:00',
      breaks: [{ earliest: '12:00', latest: '13:30', lengthMs: LUNCH_MS }],
    },
  ],
});
