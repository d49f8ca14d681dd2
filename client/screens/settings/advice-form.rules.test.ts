import { expect, test } from 'vitest';
import { adviceSchema } from '../../../shared/contract/advice.ts';
import { defaultAdvice } from '../../../shared/contract/default-advice.ts';
import { fromForm, problemsOf, toForm } from './advice-form.rules.ts';

const form = toForm(defaultAdvice);

test('what is shown and saved untouched is what it was', () => {
  expect(fromForm(form)).toEqual(defaultAdvice);
  const between = { from: '10:00', until: '11:30' };
  const limited = { ...defaultAdvice, act: { ...defaultAdvice.act, between } };
  expect(fromForm(toForm(limited))).toEqual(limited);
});

test('half minutes may be set; what the form lets through the hub takes', () => {
  const changed = { ...form, closeBelowMs: '1.5', openAboveMs: '7' };
  expect(problemsOf(changed)).toEqual({});
  expect(fromForm(changed).thresholds).toEqual({ openAboveMs: 420_000, closeBelowMs: 90_000 });
  expect(adviceSchema.safeParse(fromForm({ ...form, openAboveMs: '0.2', closeBelowMs: '0', horizonMs: '240' })).success).toBe(true);
});

test('each fault is told at its field', () => {
  expect(problemsOf({ ...form, horizonMs: '5', mostAnHour: '2.5', lifeMs: '' })).toEqual({
    horizonMs: 'number',
    mostAnHour: 'number',
    lifeMs: 'number',
  });
  expect(problemsOf({ ...form, openAboveMs: '2', closeBelowMs: '2' })).toEqual({ closeBelowMs: 'order' });
  expect(problemsOf({ ...form, leastWindows: '9', mostWindows: '8' })).toEqual({ leastWindows: 'windows' });
  expect(problemsOf({ ...form, limited: true, from: '9:00' })).toEqual({ from: 'time' });
});
