/** How a day usually goes, by half hour and weekday: how many serve and how many services begin. Learnt day by day. */
import type { Calendar } from './line.ts';

export const SLOT_MS = 1_800_000;
const SLOTS = 48;
const NEW_DAY_WEIGHT = 0.4;

interface Usual {
  readonly active: number;
  readonly begun: number;
}

export class Rhythm {
  /** By weekday and slot; index 0 stands for any weekday. */
  private readonly usual: (Usual | undefined)[] = Array.from({ length: 8 * SLOTS }, () => undefined);
  private slot: { readonly startedAt: number; active: number; begun: number } | undefined;

  constructor(private readonly calendar: Calendar) {}

  /** To be told of every service that begins, with how many serve then. */
  began(at: number, active: number): void {
    const startedAt = at - (this.calendar(at).timeOfDayMs % SLOT_MS);
    if (this.slot !== undefined && this.slot.startedAt !== startedAt) this.learn(this.slot);
    if (this.slot?.startedAt !== startedAt) this.slot = { startedAt, active: 0, begun: 0 };
    this.slot.begun += 1;
    this.slot.active += (active - this.slot.active) / this.slot.begun;
  }

  private learn({ startedAt, active, begun }: { readonly startedAt: number; readonly active: number; readonly begun: number }): void {
    const { weekday, timeOfDayMs } = this.calendar(startedAt);
    const slot = Math.floor(timeOfDayMs / SLOT_MS);
    for (const row of [0, weekday]) {
      const before = this.usual[row * SLOTS + slot] ?? { active, begun };
      this.usual[row * SLOTS + slot] = {
        active: before.active + NEW_DAY_WEIGHT * (active - before.active),
        begun: before.begun + NEW_DAY_WEIGHT * (begun - before.begun),
      };
    }
  }

  /** Of the half hour in which `at` lies; −1 while nothing is known. */
  at(at: number): Usual {
    const { weekday, timeOfDayMs } = this.calendar(at);
    const slot = Math.floor(timeOfDayMs / SLOT_MS);
    return this.usual[weekday * SLOTS + slot] ?? this.usual[slot] ?? UNKNOWN;
  }
}

const UNKNOWN: Usual = { active: -1, begun: -1 };
