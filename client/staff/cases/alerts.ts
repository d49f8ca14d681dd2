/** The sounds of a staff page, and whether this person wants them. Emergencies sound all the same. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type Chime, createChime, type Tone } from '../../ui/chime.ts';

const KEY = 'counterflow.quiet';

const NOTICE: readonly Tone[] = [
  { hz: 523.25, from: 0, lasts: 0.3 },
  { hz: 783.99, from: 0.16, lasts: 0.5 },
];
const EMERGENCY: readonly Tone[] = [0, 0.3, 0.6, 0.9].flatMap((from) => [
  { hz: 988, from, lasts: 0.16 },
  { hz: 740, from: from + 0.15, lasts: 0.16 },
]);

// A locked-down browser may refuse storage; the choice then lasts as long as the page.
function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}

const store = createStore<{ readonly quiet: boolean }>(() => ({ quiet: remembered() }));

export const useQuiet = (): boolean => useStore(store, (state) => state.quiet);

export function setQuiet(quiet: boolean): void {
  store.setState({ quiet });
  try {
    localStorage.setItem(KEY, quiet ? 'yes' : 'no');
  } catch {
    // Kept for this page only.
  }
}

let chime: Chime | undefined;

/** Later than this a sound tells of nothing that still begins. */
const WORTH_MS = 3_000;

/** Browsers let a page sound after its first touch or key, signing in among them; call once. */
export function listenForTouch(): () => void {
  const unlock = (): void => {
    chime ??= createChime();
    void chime.unlock();
  };
  if (navigator.userActivation?.hasBeenActive) unlock();
  window.addEventListener('pointerdown', unlock);
  window.addEventListener('keydown', unlock);
  return () => {
    window.removeEventListener('pointerdown', unlock);
    window.removeEventListener('keydown', unlock);
  };
}

export function sound(what: 'notice' | 'emergency'): void {
  if (what === 'notice' && store.getState().quiet) return;
  const from = performance.now();
  void chime?.unlock().then(() => {
    if (performance.now() - from < WORTH_MS) chime?.ring(what === 'emergency' ? EMERGENCY : NOTICE);
  });
}
