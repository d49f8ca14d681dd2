import { useCallback, useEffect, useRef, useState } from 'react';

/** Nobody aims anew within so long: a press right after things moved was meant for what stood there before. */
const SETTLES_MS = 400;

export interface Steady<T> {
  readonly shown: T;
  /** Things have just moved: no press counts. */
  readonly settling: boolean;
  readonly onPointerDown: () => void;
}

/** Keeps things still under a finger: while one is down the last `value` stays. `key` is what decides where things stand. */
export function useSteady<T>(value: T, key: string): Steady<T> {
  const [down, setDown] = useState(false);
  const last = useRef({ value, key });
  if (!down || last.current.key === key) last.current = { value, key };
  const standing = last.current;
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(standing.key), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [standing.key]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The click comes after the finger is up: let it land first.
    const lift = (): void => void (timer = setTimeout(() => setDown(false)));
    window.addEventListener('pointerup', lift);
    window.addEventListener('pointercancel', lift);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerup', lift);
      window.removeEventListener('pointercancel', lift);
    };
  }, []);
  return { shown: standing.value, settling: settled !== standing.key, onPointerDown: useCallback(() => setDown(true), []) };
}
