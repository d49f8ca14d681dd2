/** One piece of advice and its life: given → accepted → carried out → measured; or not in time, declined, withdrawn, expired. */
import type { AdviceKind } from '../../contract/advice-kinds.ts';

export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/** Computed by whoever advises, never guessed: the next `horizonMs` as they come without it and with it. */
export interface AdviceEffect {
  /** Nine in ten customers called within the horizon wait less. */
  readonly wait90Ms: BeforeAfter;
  /** Share called within the branch's target (0…1). */
  readonly withinTarget: BeforeAfter;
  readonly horizonMs: number;
}

/** Why: a code of the catalogue with its figures. */
export interface AdviceReason {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What truly happened over a stretch of time. No calls: nothing is known of waits. */
export interface Measured {
  readonly calls: number;
  readonly wait90Ms?: number;
  readonly withinTarget?: number;
}

/** What is proposed to be done. */
export interface Proposal {
  readonly kind: AdviceKind;
  readonly counterId?: string;
  /** Whom it needs: who would open the window, who sits at the one to close. */
  readonly staffId?: string;
  readonly ticketIds?: readonly string[];
  readonly machineId?: string;
  readonly doAt: number;
}

/** What the advisor says: the proposal with its grounds. */
export interface AdviceDraft extends Proposal {
  readonly expected: AdviceEffect;
  readonly reasons: readonly AdviceReason[];
  /** Share of the simulated futures in which it helped (0…1). */
  readonly confidence: number;
}

export interface Advice extends AdviceDraft {
  readonly id: string;
  readonly state: 'given' | 'accepted' | 'notInTime' | 'carriedOut';
  readonly givenAt: number;
  /** Given and not taken up: over then. Accepted and late: given up then. */
  readonly expiresAt: number;
  readonly acceptedAt?: number;
  /** A staffId; `clock` where the hub acted by itself. */
  readonly acceptedBy?: string;
  /** A person accepted something other than what was proposed. */
  readonly changed?: boolean;
  /** Accepted: should have been carried out by then. */
  readonly dueAt?: number;
  /** The window was told to close; its customer is being served to the end. */
  readonly begunAt?: number;
  readonly carriedOutAt?: number;
  readonly measureAt?: number;
  /** Over the stretch before it was carried out. */
  readonly before?: Measured;
}

/** When it was over, and how long the wait was expected to become when it was given. */
export interface Remembered {
  readonly at: number;
  readonly wait90Ms: number;
}

/** What outlives a piece of advice. */
export interface AdviceMemory {
  /** By `quietKey`: what was declined. */
  readonly declined: Readonly<Record<string, Remembered>>;
  /** By `quietKey`: what was withdrawn because the outlook had changed. */
  readonly withdrawn: Readonly<Record<string, Remembered>>;
  /** When the hub acted by itself, within the last hour. */
  readonly actedAt: readonly number[];
}
