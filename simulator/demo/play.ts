/** What goes on in the demo: several branches at once, or one recorded day. */
import { type BranchDayReport, runBranchDay } from '../branch-day.ts';
import { type Cast, hq01 } from '../people/cast.ts';
import { loadParams } from '../params/params.ts';
import type { RecordedDay } from '../replay/recording.ts';
import { runReplay } from '../replay/replay.ts';
import { reportLines } from '../replay/report.ts';
import { staffing } from '../replay/staffing.ts';
import { HubTime } from '../client/hub-time.ts';
import { HubClient, HubRefusal } from '../client/hub-client.ts';
import { floorReplySchema } from '../client/messages.ts';
import type { DemoOptions } from './options.ts';
import { Outfitter } from './outfit.ts';

export interface DemoWorld {
  readonly baseUrl: string;
  readonly options: DemoOptions;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

const smallBranches = [
  { branchId: 'hq-02', windows: 5, scale: 0.45 },
  { branchId: 'hq-03', windows: 3, scale: 0.3 },
] as const;

/** Real time to sign everybody in before a replay's midnight. */
const SETTLE_MS = 6_000;

/** Until the signal. */
export async function playBranches(world: DemoWorld): Promise<BranchDayReport[]> {
  const { baseUrl, options, signal, log } = world;
  const params = loadParams(options.dayType);
  const play = (cast: Cast) =>
    runBranchDay({ baseUrl, cast, params, seed: options.seed, speed: options.speed, from: options.start, loop: true, signal, log });
  const small = async (branch: (typeof smallBranches)[number]) => {
    const outfitter = new Outfitter(baseUrl, signal);
    try {
      return await outfitter.smallBranch(branch.branchId, branch.windows, branch.scale);
    } catch (error) {
      if (!(error instanceof HubRefusal)) throw error;
      log(`${branch.branchId} stays empty: ${error.message}`);
      return undefined;
    } finally {
      outfitter.close();
    }
  };
  const others = (async () => {
    const casts: Cast[] = [];
    for (const branch of smallBranches) {
      const cast = await small(branch);
      if (cast !== undefined) casts.push(cast);
    }
    return Promise.all(casts.map(play));
  })();
  try {
    const [first, rest] = await Promise.all([play(hq01), others]);
    return [first, ...rest];
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

/** True when the whole day went through and adds up. */
export async function playReplay(world: DemoWorld, day: RecordedDay): Promise<boolean> {
  const { baseUrl, options, signal, log } = world;
  const shifts = staffing(day.calls, (options.replay?.latelyMs ?? 0) / 1_000);
  const windows = Math.max(1, ...shifts.map((shift) => shift.windows));
  const outfitter = new Outfitter(baseUrl, signal);
  try {
    log(`${day.calls.length} calls of ${day.date} (${day.phantoms} phantom rows left out), up to ${windows} windows`);
    const cast = await outfitter.replayBranch(day.date, windows);
    const dayStartAt = await outfitter.openReplayBranch(cast, day.date, (await hubNow(world)) + SETTLE_MS * options.speed);
    log(`board of the replay: ${baseUrl}/floor/${cast.branchId}`);
    const report = await runReplay({ baseUrl, cast, day, shifts, dayStartAt, seed: options.seed, speed: options.speed, signal, log });
    if (report === undefined) return false;
    for (const line of reportLines(report, options.speed)) log(line);
    return report.faults.length === 0;
  } finally {
    outfitter.close();
  }
}

async function hubNow({ baseUrl, options, signal }: DemoWorld): Promise<number> {
  const admin = new HubClient({ baseUrl, credentials: hq01.manager, signal });
  try {
    await admin.proof();
    const time = new HubTime(options.speed);
    const sentAt = performance.now();
    const { at } = await admin.get(`/api/branches/${hq01.branchId}/floor`, floorReplySchema);
    time.learn(at, sentAt, performance.now());
    return time.now();
  } finally {
    admin.close();
  }
}
