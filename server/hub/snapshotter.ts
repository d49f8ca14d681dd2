/** When a snapshot is worth its pause: after many events, in a quiet moment, at the end. */
import type { Log } from '../platform/log.ts';
import type { Store } from '../store/store.types.ts';
import type { Track } from './track.ts';

const worthAnytime = 10_000;
const worthWhenQuiet = 1_000;
const quietMs = 2_000;
/** A large state is written less often, so that writing it stays a small share of the work; but a start must not fold for long. */
const bytesPerEvent = 200;
const mostAhead = 50_000;

export interface Snapshotter {
  /** After a commit of this track; `at` real ms. */
  noted(track: Track, at: number): void;
  /** Every few seconds: one snapshot of a track that has fallen quiet. */
  rest(at: number): void;
  /** Every track that is ahead of its snapshot. */
  all(tracks: Iterable<Track>): Promise<void>;
}

export function createSnapshotter(store: Store, log: Log): Snapshotter {
  const lastCommit = new Map<Track, number>();
  const bytes = new Map<Track, number>();
  const writing = new Map<Track, Promise<void>>();
  const ahead = (track: Track): number => track.head.seq - track.snapshotSeq;

  async function write(track: Track): Promise<void> {
    const { id, aggregate, state, head } = track;
    const before = track.snapshotSeq;
    track.snapshotSeq = head.seq;
    try {
      bytes.set(
        track,
        await store.snapshots.save({
          branch: id,
          version: aggregate.version,
          seq: head.seq,
          hash: head.hash.toString('hex'),
          state: aggregate.freeze(state),
        }),
      );
    } catch (error) {
      track.snapshotSeq = before;
      log.warn({ err: error, branch: id }, 'a snapshot could not be written; nothing is lost, the next start takes longer');
    }
  }

  function begin(track: Track): Promise<void> {
    const running = writing.get(track) ?? write(track).finally(() => writing.delete(track));
    writing.set(track, running);
    return running;
  }

  return {
    noted: (track, at) => {
      if (ahead(track) < worthWhenQuiet) return;
      lastCommit.set(track, at);
      if (ahead(track) < Math.min(mostAhead, Math.max(worthAnytime, (bytes.get(track) ?? 0) / bytesPerEvent))) return;
      lastCommit.delete(track);
      // After the replies of the batch that brought it here.
      setImmediate(() => void begin(track));
    },
    rest: (at) => {
      for (const [track, last] of lastCommit) {
        if (at - last < quietMs) continue;
        lastCommit.delete(track);
        if (ahead(track) >= worthWhenQuiet) return void begin(track);
      }
    },
    all: async (tracks) => {
      await Promise.all(writing.values());
      for (const track of tracks) if (ahead(track) > 0) await begin(track);
    },
  };
}
