import { expect, test } from 'vitest';
import { fenOf } from './yuan-field.tsx';

test('an amount typed in yuan is kept to the fen, and what is no amount is not taken for one', () => {
  expect(fenOf('200000')).toBe(20_000_000);
  expect(fenOf(' 1,234.5 ')).toBe(123_450);
  expect(fenOf('0.07')).toBe(7);
  for (const wrong of ['', '-1', '1.234', '十万', '1e5', '1.2.3']) expect(fenOf(wrong), wrong).toBeUndefined();
});
