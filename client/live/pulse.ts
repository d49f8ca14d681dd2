/** Whether the hub's timers run, as a page can know it: the hub says so every five seconds, and silence says the opposite. */

/** As the hub sends it; instants in hub ms. */
export interface Pulse {
  readonly at: number;
  readonly ok: boolean;
  /** The oldest instant that the timers passed over. */
  readonly since?: number;
}

/** `since` in hub ms. */
export interface Standstill {
  readonly why: 'late' | 'silent';
  readonly since: number;
}

export interface PulseWatch {
  readonly connected: boolean;
  /** Page time: the silence counts from here. */
  readonly heardAt: number;
  /** Page time of the last look. */
  readonly lookedAt: number;
  readonly last: Pulse | undefined;
  readonly standstill: Standstill | undefined;
}

/** Three pulses missed. */
const SILENT_MS = 15_000;
/** A page that looked so long ago slept itself; it has no word on the hub's silence. */
const SLEPT_MS = 4_000;

export const noPulse: PulseWatch = { connected: false, heardAt: 0, lookedAt: 0, last: undefined, standstill: undefined };

/** The line is up; `now` is page time. */
export const lineUp = (now: number): PulseWatch => ({ ...noPulse, connected: true, heardAt: now, lookedAt: now });

/** Without a line nothing is known: the connection badge says that already. */
export const lineDown = (): PulseWatch => noPulse;

export function heard(watch: PulseWatch, pulse: Pulse, now: number): PulseWatch {
  const standstill: Standstill | undefined = pulse.ok ? undefined : { why: 'late', since: pulse.since ?? pulse.at };
  const same = standstill?.since === watch.standstill?.since && standstill?.why === watch.standstill?.why;
  return { ...watch, heardAt: now, last: pulse, standstill: same ? watch.standstill : standstill };
}

/** Called every second or so. */
export function look(watch: PulseWatch, now: number): PulseWatch {
  if (!watch.connected) return watch;
  if (now - watch.lookedAt > SLEPT_MS) return { ...watch, lookedAt: now, heardAt: now };
  if (now - watch.heardAt <= SILENT_MS || watch.standstill !== undefined) return { ...watch, lookedAt: now };
  return { ...watch, lookedAt: now, standstill: { why: 'silent', since: watch.last?.at ?? watch.heardAt } };
}
