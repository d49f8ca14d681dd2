/**
 * A branch's past as the hub makes it: rules of the core, the store's own append, the hub's snapshot. Not through HTTP,
 * because a million commands would take longer than everything that is measured.
 */
import { mkdirSync } from 'node:fs';
import type { Actor, PersonalEntry } from '../shared/aggregate.ts';
import { staffDirectory } from '../shared/bank/staff-directory.ts';
import { branch } from '../shared/branch/branch.ts';
import type { BranchState } from '../shared/branch/branch.state.ts';
import type { BranchCommand } from '../shared/contract/commands.ts';
import { seedDemo } from '../server/demo/seed.ts';
import { aggregates } from '../server/hub/aggregates.ts';
import { createHub } from '../server/hub/hub.ts';
import { createCalendar } from '../server/platform/calendar.ts';
import { startClock } from '../server/platform/clock.ts';
import { systemIds } from '../server/platform/ids.ts';
import { createLog } from '../server/platform/log.ts';
import { loadSecret } from '../server/platform/secret.ts';
import { openStore } from '../server/store/store.ts';
import type { AppendedEvent, CommandRecord, LogHead, Store } from '../server/store/store.types.ts';

export const BRANCH = 'hq-01';
const COMMANDS_A_COMMIT = 10_000;
/** Nothing here must outlive a lost machine, and pages are written once, not at every commit: index pages of random keys stay in memory. */
const BULK_PRAGMAS = ['synchronous = OFF', 'cache_size = -524288', 'wal_autocheckpoint = 100000'];
const calendar = createCalendar();

export const staffOf = (id: string, role: Actor['role']): Actor => ({ id, kind: 'staff', role, branches: [BRANCH] });
const clock: Actor = { id: 'clock', kind: 'clock', role: 'clock', branches: '*' };

export class Past {
  private head: LogHead;
  private appended: AppendedEvent[] = [];
  private commands: CommandRecord[] = [];
  private personal: { branch: string; at: number; entry: PersonalEntry }[] = [];

  private constructor(
    private readonly store: Store,
    private readonly staff: ReturnType<typeof staffDirectory>,
    public now: number,
    private folded: BranchState,
  ) {
    this.head = store.events.head(BRANCH);
  }

  /** The demo bank, made at `startsAt` (epoch ms). */
  static async open(dataDir: string, startsAt: number): Promise<Past> {
    mkdirSync(dataDir, { recursive: true });
    const store = openStore({ dataDir, at: startsAt });
    const hub = createHub({
      store,
      clock: startClock({ wall: { wallMs: () => startsAt, monotonicMs: () => 0 }, speed: 1, memory: store.meta }),
      ids: systemIds,
      calendar,
      log: createLog('silent'),
      aggregates,
      commandKey: loadSecret(dataDir, systemIds).key('command-bodies'),
    });
    await hub.start();
    await seedDemo(hub, systemIds);
    await hub.stop();
    for (const pragma of BULK_PRAGMAS) store.db.pragma(pragma);
    const state = hub.state(BRANCH);
    if (state === undefined) throw new Error(`${BRANCH} is not of the demo bank`);
    return new Past(store, staffDirectory(hub.bank(), BRANCH), startsAt + 60_000, state);
  }

  get state(): BranchState {
    return this.folded;
  }

  run(command: BranchCommand, actor: Actor): Record<string, unknown> {
    const after = this.folded.seq;
    const { now, staff } = this;
    const decision = branch.decide(this.folded, command, { now, actor, newId: systemIds.newId, calendar, staff });
    if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.refusal.code}`);
    this.folded = decision.state;
    this.appended.push(...decision.events.map((event) => ({ event, version: 1 })));
    for (const entry of decision.personal ?? []) this.personal.push({ branch: BRANCH, at: now, entry });
    this.commands.push({
      branch: BRANCH,
      actor: actor.id,
      id: systemIds.newId(),
      bodyHash: Buffer.alloc(16),
      after,
      upTo: this.folded.seq,
      result: decision.result,
    });
    if (this.commands.length >= COMMANDS_A_COMMIT) this.commit();
    return { ...decision.result };
  }

  /** What fell due meanwhile, as the hub's clock would have brought it. */
  tick(): void {
    if ((branch.due(this.folded) ?? Number.POSITIVE_INFINITY) <= this.now) this.run({ type: 'clock.tick' }, clock);
  }

  /** Leaves a snapshot behind; returns the log's last number. */
  async close(): Promise<number> {
    this.commit();
    const { seq, hash } = this.head;
    const state = branch.freeze(this.folded);
    await this.store.snapshots.save({ branch: BRANCH, version: branch.version, seq, hash: hash.toString('hex'), state });
    this.store.close();
    return seq;
  }

  private commit(): void {
    const [next] = this.store.commit({
      appends: [{ branch: BRANCH, expected: this.head, events: this.appended }],
      commands: this.commands,
      personal: this.personal,
      writes: [],
      realAt: this.now,
    });
    this.head = next ?? this.head;
    this.appended = [];
    this.commands = [];
    this.personal = [];
  }
}
