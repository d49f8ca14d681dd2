import { describe, expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { arrivals, HALF_HOUR_MS, minutesBetween, type Profile } from './arrivals.ts';

const day: Profile = { perHalfHour: [40, 400, 0, 200], scale: 1, offsetMs: 0, loop: false };
const halfHour = (at: number) => Math.floor(at / HALF_HOUR_MS);

function counted(profile: Profile, days: number): number[] {
  const counts = profile.perHalfHour.map(() => 0);
  for (let seed = 0; seed < days; seed++) {
    for (const at of arrivals(profile, seededRandom(seed, 'counted'))) counts[halfHour(at)] = (counts[halfHour(at)] ?? 0) + 1;
  }
  return counts.map((count) => count / days);
}

describe('arrivals by half hour', () => {
  test('each half hour brings what the profile expects, a peak its peak, an empty one nobody', () => {
    const [early = 0, peak = 0, shut, late = 0] = counted(day, 100);
    expect(Math.abs(early - 40)).toBeLessThan(4);
    expect(Math.abs(peak - 400)).toBeLessThan(12);
    expect(shut).toBe(0);
    expect(Math.abs(late - 200)).toBeLessThan(9);
  });

  test('customers come one after the other, and none after the day', () => {
    const times = [...arrivals(day, seededRandom(3, 'order'))];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(4 * HALF_HOUR_MS);
  });

  test('a run that begins at the peak begins busy, and begins the profile again when it is through', () => {
    const profile = { ...day, offsetMs: HALF_HOUR_MS, loop: true };
    const counts = Array.from({ length: 8 }, () => 0);
    for (const at of arrivals(profile, seededRandom(4, 'loop'))) {
      if (halfHour(at) >= 8) break;
      counts[halfHour(at)] = (counts[halfHour(at)] ?? 0) + 1;
    }
    expect(counts[0]).toBeGreaterThan(300);
    expect(counts[1]).toBe(0);
    expect(counts[4]).toBeGreaterThan(300);
    expect(counts[5]).toBe(0);
  });

  test('the same seed brings the same customers at the same instants', () => {
    expect([...arrivals(day, seededRandom(9, 'again'))]).toEqual([...arrivals(day, seededRandom(9, 'again'))]);
  });

  test('a branch of half the size gets half the customers', () => {
    const [, peak = 0] = counted({ ...day, scale: 0.5 }, 50);
    expect(Math.abs(peak - 200)).toBeLessThan(11);
  });

  test('the way from one time of day to another', () => {
    expect(minutesBetween('08:30', '09:00')).toBe(1_800_000);
    expect(minutesBetween('09:00', '08:30')).toBe(0);
  });
});
