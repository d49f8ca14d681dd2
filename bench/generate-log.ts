/**
 * A branch with a long past, made as the hub makes it: rules of the core, the store's own append, the hub's snapshot.
 * Not through HTTP, because a million commands would take longer than everything that is measured.
 */
import { mkdirSync } from 'node:fs';
import { type Actor, nobody } from '../shared/aggregate.ts';
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
import type { AppendedEvent, CommandRecord, LogHead } from '../server/store/store.types.ts';

const BRANCH = 'hq-01';
const COUNTER = 'c1';
const EVENTS_A_DAY = 10_000;
const EVENTS_A_TICKET = 4;
const COMMANDS_A_COMMIT = 1_000;
const DAY_MS = 86_400_000;

const dataDir = process.argv[2] ?? '';
const events = Number(process.argv[3]);
const actor: Actor = { id: 'manager', kind: 'staff', role: 'manager', branches: [BRANCH] };
const calendar = createCalendar();
const startsAt = Date.now() - (Math.ceil(events / EVENTS_A_DAY) + 2) * DAY_MS;

mkdirSync(dataDir, { recursive: true });
const store = openStore({ dataDir, at: startsAt });
await seed();
const state = generate();
const { seq, hash } = store.events.head(BRANCH);
await store.snapshots.save({ branch: BRANCH, version: branch.version, seq, hash: hash.toString('hex'), state: branch.freeze(state) });
store.close();
process.send?.({ events: seq });
process.exit();

/** The demo bank, in the past. */
async function seed(): Promise<void> {
  const clock = startClock({ wall: { wallMs: () => startsAt, monotonicMs: () => 0 }, speed: 1, memory: store.meta });
  const commandKey = loadSecret(dataDir, systemIds).key('command-bodies');
  const hub = createHub({ store, clock, ids: systemIds, calendar, log: createLog('silent'), aggregates, commandKey });
  await hub.start();
  await seedDemo(hub, systemIds);
  await hub.stop();
}

function generate(): BranchState {
  let now = startsAt + 60_000;
  let folded = load();
  let head: LogHead = store.events.head(BRANCH);
  let appended: AppendedEvent[] = [];
  let commands: CommandRecord[] = [];

  const commit = (): void => {
    const [next] = store.commit({
      appends: [{ branch: BRANCH, expected: head, events: appended }],
      commands,
      personal: [],
      writes: [],
      realAt: now,
    });
    head = next ?? head;
    appended = [];
    commands = [];
  };
  const run = (command: BranchCommand): void => {
    const after = folded.seq;
    const decision = branch.decide(folded, command, { now, actor, newId: systemIds.newId, calendar, staff: nobody });
    if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.refusal.code}`);
    folded = decision.state;
    appended.push(...decision.events.map((event) => ({ event, version: 1 })));
    commands.push({
      branch: BRANCH,
      actor: actor.id,
      id: systemIds.newId(),
      bodyHash: Buffer.alloc(16),
      after,
      upTo: folded.seq,
      result: decision.result,
    });
    if (commands.length >= COMMANDS_A_COMMIT) commit();
  };

  run({ type: 'counter.open', counterId: COUNTER });
  const stepMs = Math.floor(DAY_MS / (EVENTS_A_DAY / EVENTS_A_TICKET) / 3);
  while (folded.seq < events) {
    run({ type: 'ticket.issue', serviceId: 'deposit' });
    run({ type: 'ticket.callNext', counterId: COUNTER });
    now += stepMs;
    run({ type: 'ticket.start', counterId: COUNTER });
    now += stepMs;
    run({ type: 'ticket.complete', counterId: COUNTER });
    now += stepMs;
  }
  commit();
  return folded;
}

function load(): BranchState {
  const rows = store.events.readAfter(BRANCH, 0, 1_000);
  return rows.reduce((before, row) => {
    const payload = JSON.parse(row.payload) as object;
    return branch.evolve(before, {
      branchId: row.branch,
      seq: row.seq,
      at: row.at,
      actor: row.actor,
      type: row.type,
      ...payload,
    } as Parameters<typeof branch.evolve>[1]);
  }, branch.initial(BRANCH));
}
