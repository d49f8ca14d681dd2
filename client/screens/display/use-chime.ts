import { useEffect, useRef, useState } from 'react';
import type { PublicCall } from '../../../shared/public/public-floor.ts';
import type { HubClock } from '../../live/hub-clock.ts';
import { type Chime, createChime } from '../../ui/chime.ts';
import { callKey, freshCalls } from './fresh-calls.ts';

/** A call older than this (real time) is shown, not sounded. */
const WORTH_MS = 20_000;

/** Rings for new calls. Answers whether sound is on, and which calls are new (by key). */
export function useChime(calls: readonly PublicCall[], clock: HubClock): { sound: boolean; fresh: ReadonlySet<string> } {
  const chime = useRef<Chime>(undefined);
  const seen = useRef<readonly PublicCall[]>(undefined);
  const [sound, setSound] = useState(true);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    const made = createChime();
    chime.current = made;
    setSound(made.ready());
    const unlock = (): void => void made.unlock().then(() => setSound(made.ready()));
    window.addEventListener('pointerdown', unlock);
    window.addEventListener('keydown', unlock);
    return () => {
      window.removeEventListener('pointerdown', unlock);
      window.removeEventListener('keydown', unlock);
      made.close();
    };
  }, []);

  useEffect(() => {
    const now = freshCalls(seen.current, calls, clock.now() - WORTH_MS * clock.speed());
    seen.current = calls;
    if (now.length === 0) return;
    setFresh(new Set(now.map(callKey)));
    for (const _ of now) chime.current?.ring();
  }, [calls, clock]);

  return { sound, fresh };
}
