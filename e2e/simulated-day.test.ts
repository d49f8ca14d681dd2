/** Virtual people against a real hub: whatever happens on the way, every number has one course. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BranchDayReport, runBranchDay } from '../simulator/branch-day.ts';
import { HubClient } from '../simulator/client/hub-client.ts';
import { eventsReplySchema, type HubEvent } from '../simulator/client/messages.ts';
import { loadParams } from '../simulator/params/params.ts';
import { type Cast, hq01 } from '../simulator/people/cast.ts';
import { HubProcess } from './support/hub-process.ts';

const SPEED = 300;
const MINUTE_MS = 60_000;
const SEED = 20_261_122;
/** The peak's windows are open from the start: many hands make much to lose. */
const fullHouse: Cast = { ...hq01, seats: hq01.seats.map((seat) => ({ ...seat, elastic: seat.counterId === 'c12' })) };

let hub: HubProcess;

beforeEach(async () => {
  hub = await HubProcess.start({ speed: SPEED });
});

afterEach(async () => {
  await hub.stop();
});

async function wholeLog(): Promise<HubEvent[]> {
  const manager = new HubClient({ baseUrl: hub.baseUrl, credentials: hq01.manager });
  const events: HubEvent[] = [];
  for (let seq = -1; events.length === 0 || (events.at(-1)?.seq ?? 0) < seq; ) {
    const page = await manager.get(`/api/branches/hq-01/events?after=${events.at(-1)?.seq ?? 0}&limit=1000`, eventsReplySchema);
    events.push(...page.events);
    seq = page.seq;
  }
  manager.close();
  return events;
}

const run = (onAcknowledged?: (entry: { reply: { events: readonly HubEvent[] } }) => void): Promise<BranchDayReport> =>
  runBranchDay({
    baseUrl: hub.baseUrl,
    cast: fullHouse,
    params: loadParams('ordinary'),
    seed: SEED,
    speed: SPEED,
    loop: false,
    forMs: 60 * MINUTE_MS,
    drainMs: 90 * MINUTE_MS,
    repeatShare: 0.1,
    onAcknowledged,
  });

test(`an hour of a busy branch: every number has one course and the socket misses nothing (seed ${SEED})`, async () => {
  const report = await run();
  expect(report).toMatchObject({ gaps: 0, repeats: 0, refusedArrivals: 0 });
  expect(report.issued).toBeGreaterThan(120);
  const events = await wholeLog();
  const of = (type: string) => events.filter((event) => event.type === type).map(({ ticketId }) => ticketId);
  expect(new Set(of('ticket.issued')).size).toBe(report.issued);
  expect(of('ticket.issued').length).toBe(report.issued);
  expect(new Set(of('ticket.completed')).size).toBe(of('ticket.completed').length);
  expect(of('ticket.completed').length).toBeGreaterThan(report.issued * 0.7);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
});

test(`the hub killed in the middle of the rush loses nothing that it acknowledged (seed ${SEED})`, async () => {
  const acknowledged = new Map<number, string>();
  let kills = 0;
  let killing: Promise<void> | undefined;
  const report = await run(({ reply }) => {
    for (const { seq, type } of reply.events) acknowledged.set(seq, type);
    if (killing === undefined && kills < 3 && acknowledged.size > (kills + 1) * 200) {
      kills++;
      killing = hub.restart('kill').finally(() => {
        killing = undefined;
      });
    }
  });
  await killing;
  expect(kills).toBeGreaterThan(0);
  expect(report).toMatchObject({ gaps: 0, repeats: 0 });
  const log = new Map((await wholeLog()).map(({ seq, type }) => [seq, type]));
  const lost = [...acknowledged].filter(([seq, type]) => type !== 'skip' && log.get(seq) !== type);
  expect(lost).toEqual([]);
});
