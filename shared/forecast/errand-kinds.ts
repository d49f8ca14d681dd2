/** Kinds of customers of one branch as bits of a mask: by service, and by whether they have a special need. */
import type { BranchState } from '../branch/branch.state.ts';
import { mayTake } from '../branch/queue/eligible.ts';
import { hasSpecialNeed } from '../branch/queue/lanes.ts';
import { newcomer } from '../branch/tickets/newcomer.ts';
import type { CounterConfig, Segment } from '../contract/config.ts';

/** Bits of a mask: kinds beyond share the last one. */
export const MOST_KINDS = 31;

export interface ErrandKind {
  readonly serviceId: string;
  readonly special: boolean;
}

export class ErrandKinds {
  private readonly kinds: ErrandKind[] = [];
  private readonly bits = new Map<string, number>();

  get all(): readonly ErrandKind[] {
    return this.kinds;
  }

  /** The place of its bit. */
  of(serviceId: string, segment: Segment): number {
    const special = hasSpecialNeed(segment);
    const key = `${serviceId}|${special}`;
    let bit = this.bits.get(key);
    if (bit === undefined) {
      bit = Math.min(this.kinds.length, MOST_KINDS - 1);
      if (bit === this.kinds.length) this.kinds.push({ serviceId, special });
      this.bits.set(key, bit);
    }
    return bit;
  }

  /** Kinds (as bits) a window may take with that person behind it. */
  takenAt(state: BranchState, config: CounterConfig, staffId: string | undefined): number {
    let mask = 0;
    for (const [bit, { serviceId, special }] of this.kinds.entries()) {
      const someone = newcomer(state, serviceId, special ? 'disabled' : 'ordinary', 0);
      if (mayTake(state, config, staffId, someone)) mask |= 1 << bit;
    }
    return mask;
  }
}
