/** Arrivals by half hour: a non-homogeneous Poisson process, by thinning. */
import type { Random } from '../random.ts';

export const HALF_HOUR_MS = 30 * 60_000;

export interface Profile {
  /** Expected arrivals in each half hour. */
  readonly perHalfHour: readonly number[];
  readonly scale: number;
  /** Where in the profile the run begins. */
  readonly offsetMs: number;
  /** Begin again after the last half hour; otherwise nobody comes after it. */
  readonly loop: boolean;
}

/** Instants since the begin of the run, rising. Without `loop` it ends with the profile. */
export function* arrivals(profile: Profile, random: Random): Generator<number, void> {
  const lengthMs = profile.perHalfHour.length * HALF_HOUR_MS;
  const peak = Math.max(...profile.perHalfHour) * profile.scale;
  if (peak <= 0) return;
  const peakPerMs = peak / HALF_HOUR_MS;
  for (let at = 0; ; ) {
    at += random.exponential(peakPerMs);
    const inProfile = profile.offsetMs + at;
    if (!profile.loop && inProfile >= lengthMs) return;
    const expected = (profile.perHalfHour[Math.floor((inProfile % lengthMs) / HALF_HOUR_MS)] ?? 0) * profile.scale;
    if (random.next() * peak < expected) yield at;
  }
}

/** `HH:MM` to `HH:MM` later the same day, in ms; never negative. */
export function minutesBetween(from: string, to: string): number {
  return Math.max(0, minuteOf(to) - minuteOf(from)) * 60_000;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
