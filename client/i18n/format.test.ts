import { expect, test } from 'vitest';
import { calendarDate, dateTime, fullDateTime, yuan } from './format.ts';

const at = Date.UTC(2026, 11, 11, 1, 5);
const zone = 'Asia/Shanghai';

test('a date in English names its month, so that nobody takes a day for a month', () => {
  expect(dateTime(at, zone, 'en')).toBe('11 Dec, 09:05');
  expect(fullDateTime(at, zone, 'en')).toBe('11 Dec 2026, 09:05');
  expect(dateTime(at, zone, 'zh')).toBe('12/11 09:05');
});

test('money is yuan in both languages, with the sign that stands on the notes', () => {
  expect(yuan(2_000_000, 'en')).toBe('¥20,000');
  expect(yuan(12_050, 'zh')).toBe('¥120.50');
});

test('a day of the calendar reads with its weekday, in English day before month', () => {
  expect(calendarDate('2026-05-13', 'short', 'en')).toBe('Wed 13 May');
  expect(calendarDate('2026-05-13', 'long', 'en')).toBe('Wednesday 13 May');
  expect(calendarDate('2026-05-13', 'short', 'zh')).toBe('5月13日 周三');
});
