import { describe, expect, test } from 'vitest';
import type { AdviceReason } from '../../../shared/branch/advice/advice.state.ts';
import { adviceTexts } from '../../i18n/advice.ts';
import { translator } from '../../i18n/texts.ts';
import { adviceKinds } from '../../../shared/contract/advice-kinds.ts';
import { because, broughtWords, confidenceOf, doneWords, namedBy, sentence, waitChange } from './advice-words.ts';

const t = translator(adviceTexts, 'en');

describe('advice in words', () => {
  test('what it brings is whole minutes; no difference is no arrow', () => {
    expect(waitChange(t, { before: 23.2 * 60_000, after: 11 * 60_000 })).toBe('23 → 11 min');
    expect(waitChange(t, { before: 121_000, after: 115_000 })).toBe('stays 2 min');
    expect(waitChange(t, { before: 90_000, after: 10_000 })).toBe('2 → <1 min');
  });

  test('the reason is half a sentence, what can be seen first, and never the threshold', () => {
    const reasons: readonly AdviceReason[] = [
      { code: 'waitSoon', params: { minutes: 7, within: 3, limit: 4 } },
      { code: 'lineNow', params: { waiting: 14, windows: 4 } },
      { code: 'freeAndAble', params: { staffId: 'teller12', counterId: 'c12' } },
      { code: 'invented' },
    ];
    expect(because(t, { reasons })).toBe('14 wait at 4 windows');
  });

  test('how sure is one of three', () => {
    expect([0.97, 0.8, 0.6].map(confidenceOf)).toEqual(['high', 'good', 'fair']);
  });

  test('without customers before and after nothing is claimed', () => {
    expect(broughtWords(t, { calls: 4, wait90Ms: 600_000 }, { calls: 0 })).toBe('too few customers to compare');
    expect(broughtWords(t, { calls: 4, wait90Ms: 600_000 }, { calls: 9, wait90Ms: 300_000 })).toBe('9 in 10 waited up to 10 → 5 min');
  });
});

test('every kind has its sentence, asked for and done, with the names it needs', () => {
  const known = { tickets: new Map([['t1', { number: 'A012' }]]) };
  for (const language of ['zh', 'en'] as const)
    for (const kind of adviceKinds) {
      const one = { kind, counterId: 'c1', staffId: 'teller1', ticketIds: ['t1'], machineId: 'm2' };
      const named = namedBy(known, one, () => '王丽华', language);
      const words = translator(adviceTexts, language);
      for (const said of [sentence(words, one, named), doneWords(words, one, named)]) expect(said).not.toMatch(/[{}]/);
    }
});

test('customers who have left the line are not named; when all have, they are counted', () => {
  const one = { kind: 'divertToMachine', ticketIds: ['t1', 't2'], machineId: 'm2' } as const;
  const known = { tickets: new Map([['t1', { number: 'A012' }]]) };
  expect(
    sentence(
      t,
      one,
      namedBy(known, one, () => '', 'en'),
    ),
  ).toBe('Offer m2 to A012');
  expect(
    sentence(
      t,
      one,
      namedBy({ tickets: undefined }, one, () => '', 'en'),
    ),
  ).toBe('Offer m2 to 2 customers');
});
