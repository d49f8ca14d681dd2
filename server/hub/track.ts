/** One log as the hub holds it: its aggregate, its committed state, its head. */
import type { AggregateOf, Shape, Stored } from './hub.types.ts';
import type { EventRow, LogHead, Store } from '../store/store.types.ts';

export interface Track {
  readonly id: string;
  readonly aggregate: AggregateOf<Shape>;
  state: unknown;
  head: LogHead;
  /** Up to here a snapshot has it. */
  snapshotSeq: number;
}

const foldChunk = 5_000;

/** A stored row as today's event. */
export function decode(aggregate: AggregateOf<Shape>, row: EventRow): Stored<Shape['event']> {
  const stored = JSON.parse(row.payload) as Record<string, unknown>;
  const current = row.version === (aggregate.eventVersions[row.type] ?? 1);
  const payload = current ? stored : aggregate.upcast(row.type, row.version, stored);
  return { branchId: row.branch, seq: row.seq, at: row.at, actor: row.actor, type: row.type, ...payload };
}

/** Folds what the log has beyond the track's head into it; returns those events. */
export function catchUp(store: Store, track: Track, keep: boolean): Stored<Shape['event']>[] {
  const { aggregate, id } = track;
  const kept: Stored<Shape['event']>[] = [];
  let seq = aggregate.seqOf(track.state);
  let rows = store.events.readAfter(id, seq, foldChunk);
  while (rows.length > 0) {
    for (const row of rows) {
      const event = decode(aggregate, row);
      track.state = aggregate.evolve(track.state, event);
      seq = row.seq;
      if (keep) kept.push(event);
    }
    rows = rows.length < foldChunk ? [] : store.events.readAfter(id, seq, foldChunk);
  }
  track.head = store.events.head(id);
  return kept;
}

/** The state a snapshot holds, if it is of this very log and this version of the core. */
function fromSnapshot(store: Store, aggregate: AggregateOf<Shape>, id: string): { state: unknown; seq: number } | undefined {
  const snapshot = store.snapshots.load(id);
  if (snapshot === undefined || snapshot.version !== aggregate.version) return undefined;
  if (store.events.hashAt(id, snapshot.seq)?.toString('hex') !== snapshot.hash) return undefined;
  try {
    const state = aggregate.thaw(snapshot.state);
    return aggregate.seqOf(state) === snapshot.seq ? { state, seq: snapshot.seq } : undefined;
  } catch {
    // A damaged cache is no cache: the log has it all.
    return undefined;
  }
}

/** From its snapshot and what came after, or from the whole log. */
export function loadTrack(store: Store, aggregate: AggregateOf<Shape>, id: string): Track {
  const snapshot = fromSnapshot(store, aggregate, id);
  const track: Track = {
    id,
    aggregate,
    state: snapshot?.state ?? aggregate.initial(id),
    head: { seq: 0, hash: Buffer.alloc(0) },
    snapshotSeq: snapshot?.seq ?? 0,
  };
  catchUp(store, track, false);
  return track;
}
