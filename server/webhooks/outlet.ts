/**
 * One webhook at work: a lane per branch, each strictly in the order of its log; the log is the outbox. Outlets share
 * nothing, so a receiver that hangs holds up nobody but itself.
 */
import { floorsOf } from '../../shared/bank/reach.ts';
import type { BankState, Webhook } from '../../shared/bank/bank.state.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import type { Hub } from '../hub/hub.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { EventLog } from '../store/store.types.ts';
import type { Journal } from './journal.ts';
import { messageIdOf, messageOf, wants } from './message.ts';
import type { Attempted, Cursor, Delivery } from './outbox.ts';
import { post, type Posted } from './post.ts';
import { delayAfter, giveUpAfterMs } from './retry.ts';
import type { Target } from './target.ts';

/** Requests at once to one receiver. */
const PARALLEL = 4;
/** Events read from a log at a time. */
const CHUNK = 100;

interface Lane {
  readonly branch: string;
  /** Everything up to here is dealt with. */
  seq: number;
  attempts: number;
  failingSince: number | undefined;
  nextTryAt: number | undefined;
  error: string | undefined;
  at: 'idle' | 'queued' | 'running' | 'waiting';
  cancel: () => void;
}

export interface OutletParts {
  readonly hub: Hub;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly journal: Journal;
  /** 0…1, drawn anew each time. */
  readonly chance: () => number;
  readonly target: Target | undefined;
  readonly lastDeliveredAt: number | undefined;
  /** Nobody answers: to be told no more until somebody enables it. */
  readonly suspend: (webhookId: string) => void;
  readonly counted: (outcome: 'delivered' | 'failed' | 'givenUp') => void;
}

/** Real ms. */
export interface Failing {
  readonly branches: number;
  readonly attempts: number;
  readonly since: number;
  readonly error: string;
  readonly nextTryAt: number;
}

const noTarget: Posted = { delivered: false, error: 'secret-unreadable' };

export class Outlet {
  private readonly lanes = new Map<string, Lane>();
  private queue: Lane[] = [];
  private running = 0;
  private lastDeliveredAt: number;
  private readonly closing = new AbortController();
  private covered: ReadonlySet<string> = new Set();
  private coveredOf: BankState | undefined;

  constructor(
    readonly webhook: Webhook,
    cursors: readonly Cursor[],
    private readonly parts: OutletParts,
  ) {
    this.lastDeliveredAt = parts.lastDeliveredAt ?? Number.NEGATIVE_INFINITY;
    for (const cursor of cursors) this.lanes.set(cursor.branch, this.laneAt(cursor));
  }

  /** Takes up what the logs have beyond the cursors. */
  open(): void {
    const { hub, clock } = this.parts;
    for (const { id } of hub.bank().branches.values()) {
      if (!this.covers(id)) continue;
      const lane = this.laneOf(id);
      if (lane.seq >= (hub.state(id)?.seq ?? 0)) continue;
      if (lane.nextTryAt !== undefined && lane.nextTryAt > clock.realNow()) this.wait(lane, lane.nextTryAt);
      else this.enqueue(lane);
    }
  }

  close(): void {
    this.closing.abort();
    for (const lane of this.lanes.values()) lane.cancel();
    this.queue = [];
  }

  /** A commit: on the command path, so nothing is done here but noted. */
  hear(branchId: string, events: readonly StoredBranchEvent[], state: BranchState): void {
    if (!this.covers(branchId)) return;
    const lane = this.laneOf(branchId);
    if (lane.at !== 'idle') return;
    const first = events[0]?.seq ?? 0;
    const last = events.at(-1)?.seq ?? 0;
    if (lane.seq !== first - 1 || events.some((event) => wants(this.webhook, event, state))) return this.enqueue(lane);
    lane.seq = last;
    this.parts.journal.passed(this.cursorOf(lane));
  }

  failing(): Failing | undefined {
    const lanes = [...this.lanes.values()].filter(({ failingSince }) => failingSince !== undefined);
    if (lanes.length === 0) return undefined;
    return {
      branches: lanes.length,
      attempts: Math.max(...lanes.map(({ attempts }) => attempts)),
      since: Math.min(...lanes.map(({ failingSince }) => failingSince ?? 0)),
      error: lanes.at(-1)?.error ?? '',
      nextTryAt: Math.min(...lanes.map(({ nextTryAt }) => nextTryAt ?? 0)),
    };
  }

  /** One attempt now, out of its turn. Undefined when the event is not to be had or not for this receiver. */
  async resend(delivery: Delivery): Promise<Posted | undefined> {
    const { branchId, seq } = delivery;
    const event = this.parts.hub.eventsAfter(branchId, seq - 1, 1)[0];
    if (event?.seq !== seq || this.messageId(event) !== delivery.messageId) return undefined;
    const state = this.parts.hub.state(branchId);
    if (state === undefined || !wants(this.webhook, event, state)) return undefined;
    const { posted, attempt } = await this.send(event, state);
    const lane = this.lanes.get(branchId);
    const isNext = lane?.at === 'waiting' && lane.seq === seq - 1;
    if (posted.delivered && lane !== undefined && isNext) {
      lane.cancel();
      this.delivered(lane, event, attempt);
      this.enqueue(lane);
    } else this.parts.journal.attempted({ ...attempt, state: posted.delivered ? 'delivered' : delivery.state });
    return posted;
  }

  private covers(branchId: string): boolean {
    const { branches } = this.webhook;
    if (branches === '*') return true;
    const bank = this.parts.hub.bank();
    if (bank !== this.coveredOf) {
      this.covered = new Set(floorsOf(bank, branches));
      this.coveredOf = bank;
    }
    return this.covered.has(branchId);
  }

  private laneAt({ branch, seq, attempts, failingSince, nextTryAt, error }: Omit<Cursor, 'webhookId'>): Lane {
    return { branch, seq, attempts, failingSince, nextTryAt, error, at: 'idle', cancel: () => undefined };
  }

  private laneOf(branch: string): Lane {
    const lane = this.lanes.get(branch) ?? this.laneAt({ branch, seq: 0, attempts: 0 });
    this.lanes.set(branch, lane);
    return lane;
  }

  private cursorOf({ branch, seq, attempts, failingSince, nextTryAt, error }: Lane): Cursor {
    return { webhookId: this.webhook.id, branch, seq, attempts, failingSince, nextTryAt, error };
  }

  private enqueue(lane: Lane): void {
    lane.at = 'queued';
    this.queue.push(lane);
    setImmediate(() => this.pump());
  }

  private wait(lane: Lane, until: number): void {
    lane.at = 'waiting';
    lane.nextTryAt = until;
    lane.cancel = this.parts.scheduler.after(Math.max(0, until - this.parts.clock.realNow()), () => this.enqueue(lane));
  }

  private pump(): void {
    while (this.running < PARALLEL && !this.closing.signal.aborted) {
      const lane = this.queue.shift();
      if (lane === undefined) return;
      lane.at = 'running';
      this.running += 1;
      void this.advance(lane)
        .catch((error: unknown) => {
          this.parts.log.error({ err: error, webhook: this.webhook.id, branch: lane.branch }, 'a webhook could not be served');
          this.failed(lane, undefined, { delivered: false, error: 'hub' });
        })
        .finally(() => {
          this.running -= 1;
          this.pump();
        });
    }
  }

  /** A chunk of the lane's log, in order, up to the first that does not arrive. */
  private async advance(lane: Lane): Promise<void> {
    const { hub, journal } = this.parts;
    for (const event of hub.eventsAfter(lane.branch, lane.seq, CHUNK)) {
      const state = hub.state(lane.branch);
      if (state !== undefined && wants(this.webhook, event, state)) {
        const { posted, attempt } = await this.send(event, state);
        if (this.closing.signal.aborted) return;
        if (!posted.delivered) return this.failed(lane, attempt, posted);
        this.delivered(lane, event, attempt);
      } else {
        lane.seq = event.seq;
        journal.passed(this.cursorOf(lane));
      }
    }
    lane.at = 'idle';
    if (lane.seq < (hub.state(lane.branch)?.seq ?? 0)) this.enqueue(lane);
  }

  private messageId({ branchId, seq }: StoredBranchEvent): string {
    return messageIdOf(this.parts.events.hashAt(branchId, seq) ?? Buffer.alloc(32));
  }

  private async send(event: StoredBranchEvent, state: BranchState): Promise<{ posted: Posted; attempt: Attempted }> {
    const { clock, scheduler, target } = this.parts;
    const at = clock.realNow();
    const messageId = this.messageId(event);
    const letter = { messageId, body: messageOf(event, state), at };
    const posted = target === undefined ? noTarget : await post(target, letter, scheduler, this.closing.signal);
    const { branchId, seq, type } = event;
    const { status, error } = posted;
    const tookMs = clock.realNow() - at;
    return {
      posted,
      attempt: { webhookId: this.webhook.id, branchId, seq, type, messageId, state: 'retrying', at, tookMs, status, error },
    };
  }

  private delivered(lane: Lane, { seq }: StoredBranchEvent, attempt: Attempted): void {
    const { clock, journal, log, counted } = this.parts;
    if (lane.failingSince !== undefined) log.info({ webhook: this.webhook.id, branch: lane.branch }, 'a webhook answers again');
    Object.assign(lane, { seq, attempts: 0, failingSince: undefined, nextTryAt: undefined, error: undefined });
    this.lastDeliveredAt = clock.realNow();
    journal.attempted({ ...attempt, state: 'delivered' }, this.cursorOf(lane));
    counted('delivered');
  }

  private failed(lane: Lane, attempt: Attempted | undefined, posted: Posted): void {
    const { clock, journal, log, counted, suspend, chance } = this.parts;
    const now = clock.realNow();
    if (lane.failingSince === undefined)
      log.warn({ webhook: this.webhook.id, branch: lane.branch, error: posted.error }, 'a webhook does not take what it is sent');
    const since = (lane.failingSince ??= now);
    lane.attempts += 1;
    lane.error = posted.error;
    const givenUp = posted.gone === true || now - since >= giveUpAfterMs;
    // It took others meanwhile, so it is this one that it will not have; else it is the receiver that is lost.
    const skip = givenUp && posted.gone !== true && this.lastDeliveredAt > since && attempt !== undefined;
    counted(givenUp ? 'givenUp' : 'failed');
    if (skip) {
      Object.assign(lane, { seq: attempt.seq, attempts: 0, failingSince: undefined, nextTryAt: undefined, error: undefined });
      this.enqueue(lane);
    } else this.wait(lane, now + delayAfter(lane.attempts, chance()));
    if (attempt === undefined) journal.passed(this.cursorOf(lane));
    else journal.attempted({ ...attempt, state: givenUp ? 'givenUp' : 'retrying' }, this.cursorOf(lane));
    if (givenUp && !skip) suspend(this.webhook.id);
  }
}
