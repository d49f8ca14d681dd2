/** A hub under load that says on stdout what it acknowledged, until somebody kills it. Arguments: data folder, run. */
import { createCalendar } from '../platform/calendar.ts';
import { startClock, systemWall } from '../platform/clock.ts';
import { systemIds } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { openStore } from '../store/store.ts';
import { tallies, teller } from './hub.fixture.ts';
import { createHub } from './hub.ts';

const [dataDir = '', run = ''] = process.argv.slice(2);
const store = openStore({ dataDir, at: systemWall.wallMs() });
const clock = startClock({ wall: systemWall, speed: 1, memory: store.meta });
const hub = createHub({
  store,
  clock,
  ids: systemIds,
  calendar: createCalendar(),
  log: createLog('silent'),
  aggregates: tallies,
  commandKey: Buffer.from('key'),
});

async function client(name: number): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const key = `${run}.${name}.${turn}`;
    const command = { type: 'tally.addTwo' as const, key };
    const outcome = await hub.execute('b1', command, { actor: teller, commandId: systemIds.newId(), body: command });
    if (outcome.ok) process.stdout.write(`${key}\n`);
  }
}

await hub.start();
await Promise.all(Array.from({ length: 16 }, (_, name) => client(name)));
