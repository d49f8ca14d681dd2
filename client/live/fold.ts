/** The sequence-numbered fold: what a page does with what it hears, free of sockets so that it can be proved. */

export interface Sequenced {
  readonly seq: number;
  readonly type: string;
}

/** How a page turns the first picture and the events after it into what it shows. */
export interface Fold<F, E extends Sequenced> {
  thaw(frozen: unknown): F;
  evolve(floor: F, event: E): F;
}

/** What the page holds: the floor, true at `seq`. */
export interface Held<F> {
  readonly floor: F | undefined;
  readonly seq: number;
}

/** `again`: the page must ask anew: after `seq` (a gap), or from nothing (the fold itself broke). */
export interface Heard<F> {
  readonly held: Held<F>;
  readonly again?: 'after' | 'fresh';
}

export const nothing: Held<never> = { floor: undefined, seq: 0 };

/** The hub's answer to `watch`: a new picture, or the promise that what was missed follows. */
export function begin<F, E extends Sequenced>(
  held: Held<F>,
  answer: { readonly seq: number; readonly floor?: unknown },
  fold: Fold<F, E>,
): Heard<F> {
  if (answer.floor === undefined) return held.floor === undefined ? { held, again: 'fresh' } : { held };
  try {
    return { held: { floor: fold.thaw(answer.floor), seq: answer.seq } };
  } catch {
    return { held, again: 'fresh' };
  }
}

/** Folds a batch in: a repeat is dropped, a gap stops it, `skip` only counts. */
export function receive<F, E extends Sequenced>(held: Held<F>, batch: readonly E[], fold: Fold<F, E>): Heard<F> {
  if (held.floor === undefined) return { held };
  let floor: F = held.floor;
  let { seq } = held;
  for (const event of batch) {
    if (event.seq <= seq) continue;
    if (event.seq !== seq + 1) return { held: { floor, seq }, again: 'after' };
    if (event.type !== 'skip') {
      try {
        floor = fold.evolve(floor, event);
      } catch {
        return { held: { floor, seq }, again: 'fresh' };
      }
    }
    seq = event.seq;
  }
  return { held: seq === held.seq ? held : { floor, seq } };
}
