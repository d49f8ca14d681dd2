/** Which advice stands on the board, and where. */
import type { Advice } from '../../../shared/branch/advice/advice.state.ts';

export const MOST_CARDS = 2;
const MOST_LINES = 2;

export interface AdviceBoard {
  /** Slot by slot. */
  readonly cards: readonly Advice[];
  /** Open and not among the cards. */
  readonly more: number;
  /** Carried out and being measured, the latest first. */
  readonly done: readonly Advice[];
}

/**
 * What waits for a decision goes before what was accepted; what is shown already stays, and in its place. What is late is
 * among what needs a person. `shown`: the ids slot by slot, as they were.
 */
export function arrange(shown: readonly string[], advice: Readonly<Record<string, Advice>>): AdviceBoard {
  const all = Object.values(advice);
  const open = all.filter(({ state }) => state === 'given' || state === 'accepted');
  const rank = ({ id, state }: Advice): number => (state === 'given' ? 0 : 2) + (shown.includes(id) ? 0 : 1);
  const chosen = [...open].sort((a, b) => rank(a) - rank(b) || a.givenAt - b.givenAt).slice(0, MOST_CARDS);
  const fresh = chosen.filter(({ id }) => !shown.includes(id));
  const slots = shown.map((id) => chosen.find((one) => one.id === id) ?? fresh.shift());
  const done = all.filter(({ state }) => state === 'carriedOut').sort((a, b) => (b.carriedOutAt ?? 0) - (a.carriedOutAt ?? 0));
  return {
    cards: [...slots.filter((one) => one !== undefined), ...fresh],
    more: open.length - chosen.length,
    done: done.slice(0, MOST_LINES),
  };
}

/** Where the clock of accepted advice runs to. */
export function clockOf({ doAt, dueAt }: Advice, now: number): { readonly is: 'in' | 'left' | 'late'; readonly ms: number } {
  if (now < doAt) return { is: 'in', ms: doAt - now };
  const left = (dueAt ?? doAt) - now;
  return left >= 0 ? { is: 'left', ms: left } : { is: 'late', ms: -left };
}
