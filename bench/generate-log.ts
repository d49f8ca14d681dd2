/** A branch with a long past of numbers called and served. */
import { Past, staffOf } from './generate-past.ts';

const COUNTER = 'c1';
const EVENTS_A_DAY = 10_000;
const EVENTS_A_TICKET = 4;
const DAY_MS = 86_400_000;

const dataDir = process.argv[2] ?? '';
const events = Number(process.argv[3]);
const manager = staffOf('manager', 'manager');
const past = await Past.open(dataDir, Date.now() - (Math.ceil(events / EVENTS_A_DAY) + 2) * DAY_MS);

past.run({ type: 'counter.open', counterId: COUNTER }, manager);
const stepMs = Math.floor(DAY_MS / (EVENTS_A_DAY / EVENTS_A_TICKET) / 3);
while (past.state.seq < events) {
  past.run({ type: 'ticket.issue', serviceId: 'deposit' }, manager);
  past.run({ type: 'ticket.callNext', counterId: COUNTER }, manager);
  past.now += stepMs;
  past.run({ type: 'ticket.start', counterId: COUNTER }, manager);
  past.now += stepMs;
  past.run({ type: 'ticket.complete', counterId: COUNTER }, manager);
  past.now += stepMs;
}
process.send?.({ events: await past.close() });
process.exit();
