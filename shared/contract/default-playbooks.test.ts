import { describe, expect, test } from 'vitest';
import { playbooksSchema } from './cases.ts';
import { defaultPlaybooks } from './default-playbooks.ts';

describe('the playbooks a bank begins with', () => {
  test('are playbooks as the configuration takes them', () => {
    expect(playbooksSchema.parse(defaultPlaybooks)).toEqual(defaultPlaybooks);
  });

  test('cover the 13 types of the rules by their grades, and the bank’s own', () => {
    const ids = (grade: number) => defaultPlaybooks.filter((one) => one.grade === grade).map(({ id }) => id);
    expect(ids(1)).toEqual(['bankRun', 'disasterMany', 'systemFailureMany']);
    expect(ids(2)).toEqual(expect.arrayContaining(['systemFailure', 'robbery', 'disaster']));
    expect(ids(3)).toEqual(
      expect.arrayContaining([
        'illness',
        'injury',
        'disturbance',
        'surge',
        'hogging',
        'falseInformation',
        'other',
        'counterfeit',
        'powerCut',
      ]),
    );
    const all = defaultPlaybooks.map(({ id }) => id);
    expect(all).toEqual(expect.arrayContaining(['hostage', 'fraud', 'massComplaint']));
    expect(new Set(all).size).toBe(18);
    expect(all).toHaveLength(18);
  });

  test('robbery, hostage and fraud in progress are silent: the public is told nothing, and the first step is the alarm button or 110', () => {
    const silent = defaultPlaybooks.filter((one) => one.silent);
    expect(silent.map(({ id }) => id)).toEqual(['robbery', 'hostage', 'fraud']);
    for (const one of silent) {
      expect(one.publicWords).toBeUndefined();
      const early = one.steps.filter(({ withinMs }) => withinMs <= 120_000).map(({ text }) => text.zh);
      expect(early.some((text) => text.includes('报警按钮') && text.includes('110'))).toBe(true);
    }
  });

  test('each has four to nine steps in the order of their times, each with an id of its own', () => {
    for (const { id, steps } of defaultPlaybooks) {
      expect([4, 5, 6, 7, 8, 9], id).toContain(steps.length);
      expect(new Set(steps.map((one) => one.id)).size, id).toBe(steps.length);
      const times = steps.map(({ withinMs }) => withinMs);
      expect(times, id).toEqual(times.toSorted((a, b) => a - b));
    }
  });
});
