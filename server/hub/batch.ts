/** Deciding a batch: one command after another on a working copy, nothing of it seen by anybody until the commit. */
import { type Actor, type Calendar, nobody, type PersonalEntry, type StaffDirectory } from '../../shared/aggregate.ts';
import type { OutlookBoard } from '../forecast/outlook-board.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { commandKey } from '../store/command-log.ts';
import type { CommandRecord, CommitBatch, Database, Store } from '../store/store.types.ts';
import { bodyHash } from './body-hash.ts';
import type { Outcome, OutcomeAccepted, OutcomeRefused, Shape, Stored } from './hub.types.ts';
import { decode, type Track } from './track.ts';

type Event = Shape['event'];

/** One command waiting. */
export interface Job {
  readonly trackId: string;
  readonly command: Shape['command'];
  readonly actor: Actor;
  /** What makes it exactly once; the clock's own commands have none. */
  readonly once?: { readonly id: string; readonly body: unknown };
  readonly write?: (db: Database) => void;
  readonly reply: (outcome: Outcome<Event>) => void;
}

export interface Working {
  readonly track: Track;
  state: unknown;
  readonly events: Stored<Event>[];
}

/** What was decided: replies in the order of the jobs, and what must be committed before they may be given. */
export interface Plan {
  readonly outcomes: readonly Outcome<Event>[];
  readonly changed: readonly Working[];
  readonly commit: CommitBatch | undefined;
}

export interface Decider {
  readonly store: Store;
  readonly clock: Clock;
  readonly board: OutlookBoard | undefined;
  readonly ids: Ids;
  readonly calendar: Calendar;
  readonly log: Log;
  readonly commandKey: Buffer;
  /** The track, if there is such a branch; `peek` gives the state the batch has come to so far. */
  readonly find: (trackId: string, peek: (track: Track) => unknown) => Track | undefined;
  /** A branch's people as the bank's state tells; undefined for the bank's own log. */
  readonly staffOf: (trackId: string, peek: (track: Track) => unknown) => StaffDirectory | undefined;
}

const refused = (status: OutcomeRefused['status'], code: string, message: string): OutcomeRefused => ({ ok: false, status, code, message });

interface Remembered {
  readonly hash: Buffer;
  readonly outcome: OutcomeAccepted<Event>;
}

/** One batch being decided. */
class Batch {
  private readonly working = new Map<Track, Working>();
  private readonly commands: CommandRecord[] = [];
  private readonly accepted = new Map<string, Remembered>();
  private readonly personal: { branch: string; at: number; entry: PersonalEntry }[] = [];
  private readonly writes: ((db: Database) => void)[] = [];

  constructor(private readonly deps: Decider) {}

  run(job: Job): Outcome<Event> {
    const track = this.deps.find(job.trackId, (other) => this.working.get(other)?.state ?? other.state);
    if (track === undefined) return refused(404, 'branch.unknown', `There is no branch ${job.trackId}.`);
    if (job.once === undefined) return this.decide(track, job);
    const hash = bodyHash(this.deps.commandKey, job.once.body);
    const before = this.remembered(track, job.actor.id, job.once.id);
    if (before !== undefined) {
      if (before.hash.equals(hash)) return { ...before.outcome, replayed: true };
      return refused(422, 'command.id_reused', 'This command id was used for another command; make a new id for each command.');
    }
    const outcome = this.decide(track, job);
    if (outcome.ok) {
      const { result } = outcome;
      this.commands.push({
        branch: track.id,
        actor: job.actor.id,
        id: job.once.id,
        bodyHash: hash,
        after: outcome.seq - outcome.events.length,
        upTo: outcome.seq,
        result,
      });
      this.accepted.set(commandKey(track.id, job.actor.id, job.once.id), { hash, outcome });
    }
    return outcome;
  }

  /** The reply once given to this id: earlier in this batch, or in the store. */
  private remembered(track: Track, actor: string, id: string): Remembered | undefined {
    const here = this.accepted.get(commandKey(track.id, actor, id));
    if (here !== undefined) return here;
    const record = this.deps.store.findCommand(track.id, actor, id);
    if (record === undefined) return undefined;
    const rows = record.upTo > record.after ? this.deps.store.events.readAfter(track.id, record.after, record.upTo - record.after) : [];
    const events = rows.map((row) => decode(track.aggregate, row));
    return { hash: record.bodyHash, outcome: { ok: true, seq: record.upTo, events, result: record.result, replayed: true } };
  }

  private decide(track: Track, job: Job): Outcome<Event> {
    const { board, clock, ids, calendar, log } = this.deps;
    const { aggregate } = track;
    const working = this.working.get(track) ?? { track, state: track.state, events: [] };
    const now = clock.now();
    const staff = this.deps.staffOf(track.id, (other) => this.working.get(other)?.state ?? other.state) ?? nobody;
    try {
      const quote = (kind: string) => board?.quote(track.id, kind);
      const decision = aggregate.decide(working.state, job.command, {
        now,
        actor: job.actor,
        newId: () => ids.newId(),
        calendar,
        staff,
        quote,
      });
      if (!decision.ok) return { ok: false, status: 409, ...decision.refusal };
      const { events, result } = decision;
      const seq = aggregate.seqOf(working.state) + events.length;
      if (
        aggregate.seqOf(events.length === 0 ? working.state : decision.state) !== seq ||
        events.some((event, index) => event.seq !== seq - events.length + 1 + index)
      ) {
        throw new Error('the decision’s sequence numbers do not follow the log');
      }
      if (events.length > 0) {
        working.state = decision.state;
        working.events.push(...events);
        this.working.set(track, working);
      }
      for (const entry of decision.personal ?? []) this.personal.push({ branch: track.id, at: now, entry });
      if (job.write !== undefined) this.writes.push(job.write);
      return { ok: true, seq, events, result, replayed: false };
    } catch (error) {
      log.error({ err: error, branch: track.id, command: job.command.type }, 'a rule failed: this is a bug');
      return refused(503, 'hub.failed', 'The hub could not decide this; nothing was changed. Try again with the same id.');
    }
  }

  plan(outcomes: readonly Outcome<Event>[]): Plan {
    const changed = [...this.working.values()];
    const nothing = changed.length === 0 && this.commands.length === 0 && this.personal.length === 0 && this.writes.length === 0;
    if (nothing) return { outcomes, changed, commit: undefined };
    const appends = changed.map(({ track, events }) => ({
      branch: track.id,
      expected: track.head,
      events: events.map((event) => ({ event, version: track.aggregate.eventVersions[event.type] ?? 1 })),
    }));
    return {
      outcomes,
      changed,
      commit: { appends, commands: this.commands, personal: this.personal, writes: this.writes, realAt: this.deps.clock.realNow() },
    };
  }
}

export function decideBatch(deps: Decider, jobs: readonly Job[]): Plan {
  const batch = new Batch(deps);
  // One read transaction for all the look-ups: each alone would lock and unlock the file.
  const outcomes = deps.store.atOnce(() => jobs.map((job) => batch.run(job)));
  return batch.plan(outcomes);
}
