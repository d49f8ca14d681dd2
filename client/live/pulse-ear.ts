/** The page's ear for the hub's pulse: staff pages alone are told. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { pageNow } from './hub-clock.ts';
import { heard, lineDown, lineUp, look, noPulse, type Pulse, type PulseWatch, type Standstill } from './pulse.ts';

const LOOK_MS = 1_000;

const watch = createStore<PulseWatch>(() => noPulse);
let timer: ReturnType<typeof setInterval> | undefined;

/** For the page's connection. */
export const pulseEar = {
  up(): void {
    watch.setState(lineUp(pageNow()));
    timer ??= setInterval(() => watch.setState((before) => look(before, pageNow())), LOOK_MS);
  },
  down(): void {
    clearInterval(timer);
    timer = undefined;
    watch.setState(lineDown());
  },
  heard(pulse: Pulse): void {
    watch.setState((before) => heard(before, pulse, pageNow()));
  },
};

export const useStandstill = (): Standstill | undefined => useStore(watch, ({ standstill }) => standstill);
