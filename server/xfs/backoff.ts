/** Ever longer pauses between attempts, none at the same time as another device's. */

export interface Backoff {
  /** The next pause, real ms. */
  next(): number;
  /** It worked: begin with the shortest again. */
  reset(): void;
}

/** Doubling from `firstMs` up to `longestMs`; each pause is drawn between half and all of that by `fraction` (0…1). */
export function backoff(firstMs: number, longestMs: number, fraction: () => number): Backoff {
  let pause = firstMs;
  return {
    next: () => {
      const drawn = pause * (0.5 + fraction() / 2);
      pause = Math.min(pause * 2, longestMs);
      return drawn;
    },
    reset: () => {
      pause = firstMs;
    },
  };
}
