/** Those who work a branch and those who come to it. Each acts on what is in front of them, as people do. */
import type { BranchState, Ticket, TicketState } from '../../shared/branch/branch.state.ts';
import type { HelpKind } from '../../shared/contract/commands.ts';
import type { Segment } from '../../shared/contract/config.ts';
import type { Random } from '../../simulator/random.ts';
import type { Courier } from './courier.ts';
import type { Day } from './day-plan.ts';
import type { Machine } from './machine.ts';
import type { Sender } from './senders.ts';
import type { World } from './world.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** In every text about people: must never be found where it does not belong. */
export const SECRET = 'geheim';

export interface Scene {
  readonly world: World;
  readonly machine: Machine;
  readonly courier: Courier;
  readonly random: Random;
  readonly day: Day;
}

const services = ['deposit', 'withdrawal', 'settlement', 'balance', 'loss-report', 'cheque', 'pay-out', 'cash-received', 'account-opening'];
const serviceWeights = [30, 28, 10, 12, 3, 3, 5, 4, 5];
const segmentList: Segment[] = ['ordinary', 'elderly', 'over80', 'disabled', 'pregnant', 'infant', 'serviceman', 'appointment'];
const segmentWeights = [70, 14, 3, 2, 2, 3, 1, 5];

const pick = <T>(random: Random, list: readonly T[]): T | undefined => list[Math.floor(random.next() * list.length)];
const text = (random: Random): string => `${SECRET} ${Math.floor(random.next() * 1e6)}`;

async function lookAt(scene: Scene): Promise<BranchState> {
  for (;;) {
    await scene.machine.up();
    const state = scene.machine.state();
    if (state !== undefined) return state;
  }
}

function oneIn(state: BranchState, random: Random, ...wanted: TicketState[]): Ticket | undefined {
  return pick(
    random,
    [...state.tickets.values()].filter((ticket) => wanted.includes(ticket.state)),
  );
}

/** Customers at the kiosk; some give up again. */
export async function crowd(scene: Scene, kiosk: Sender, manager: Sender): Promise<void> {
  const { world, random, day } = scene;
  while (world.now < day.lastArrivalAt) {
    const peak = day.peaks.some(([from, to]) => world.now >= from && world.now < to) ? 3 : 1;
    await world.sleep(random.exponential(peak / day.meanGapMs));
    const party = random.chance(0.03) ? 4 + Math.floor(random.next() * 12) : 1;
    for (let n = 0; n < party; n += 1) world.spawn(() => visit(scene, kiosk, manager));
  }
}

async function visit({ world, machine, courier, random }: Scene, kiosk: Sender, manager: Sender): Promise<void> {
  const vip = random.chance(0.04);
  const answer = await courier.send(vip ? manager : kiosk, {
    type: 'ticket.issue',
    serviceId: services[random.weighted(serviceWeights)] ?? 'deposit',
    segment: vip ? 'vip' : (segmentList[random.weighted(segmentWeights)] ?? 'ordinary'),
    amountFen: random.chance(0.3) ? Math.floor(random.between(100, 3e7)) : undefined,
    notes: random.chance(0.1) ? Math.floor(random.between(1, 400)) : undefined,
    coinShare: random.chance(0.05) ? random.next() : undefined,
    contact: random.chance(0.2) ? { name: text(random), phone: `138${Math.floor(random.between(1e7, 9e7))}` } : undefined,
  });
  if (!answer.ok || !random.chance(0.05)) return;
  await world.sleep(random.between(2 * MINUTE, 25 * MINUTE));
  const ticketId = String(answer.reply.result?.['ticketId']);
  const follow = String(answer.reply.result?.['follow']);
  if (random.chance(0.5)) await courier.send(manager, { type: 'ticket.cancel', ticketId, reason: text(random) });
  else if (machine.state() !== undefined) await world.busy(machine.post(`/api${follow}/cancel`, {}, {}));
}

/** One teller's day at one window. */
export async function teller(scene: Scene, me: Sender, counterId: string): Promise<void> {
  const { world, random, day } = scene;
  await world.sleep(day.opensAt - 15 * MINUTE + random.between(0, 20 * MINUTE) - world.now);
  const forgetful = random.chance(0.08);
  for (;;) {
    const state = await lookAt(scene);
    const counter = state.counters[counterId];
    if (counter === undefined) throw new Error(`there is no counter ${counterId}`);
    const over = world.now > day.closesAt;
    if (over && forgetful && counter.state === 'serving' && world.now < day.nextMorningAt) await world.sleep(day.nextMorningAt - world.now);
    else if (over && counter.state === 'closed') return;
    else if (counter.state === 'serving') await serve(scene, me, counterId, counter.ticketId ?? '');
    else if (counter.state === 'calling') await greet(scene, me, counterId, counter.ticketId ?? '');
    else if (counter.state === 'paused') await comeBack(scene, me, counterId);
    else if (over && (state.waiting === 0 || world.now > day.closesAt + 75 * MINUTE)) await close(scene, me, counterId);
    else if (counter.state === 'closed') await open(scene, me, counterId);
    else await callSomebody(scene, me, counterId, state);
  }
}

async function open({ world, courier, random }: Scene, me: Sender, counterId: string): Promise<void> {
  await courier.send(me, { type: 'counter.open', counterId });
  await world.sleep(random.between(5, 60) * SECOND);
}

async function close({ world, courier, random }: Scene, me: Sender, counterId: string): Promise<void> {
  await world.sleep(random.between(5, 120) * SECOND);
  await courier.send(me, { type: 'counter.close', counterId });
}

async function comeBack({ world, courier, random }: Scene, me: Sender, counterId: string): Promise<void> {
  await world.sleep(random.between(3, 25) * MINUTE);
  await courier.send(me, { type: 'counter.resume', counterId });
}

async function callSomebody({ world, courier, random }: Scene, me: Sender, counterId: string, state: BranchState): Promise<void> {
  const what = random.next();
  if (what < 0.02)
    await courier.send(me, {
      type: 'counter.pause',
      counterId,
      reason: text(random),
      backAt: random.chance(0.5) ? Math.floor(world.now + 10 * MINUTE) : undefined,
    });
  else if (what < 0.04) await courier.send(me, { type: 'ticket.walkUp', counterId, serviceId: 'balance', reason: text(random) });
  else if (what < 0.06) {
    const ticket = oneIn(state, random, 'waiting', 'parked');
    if (ticket !== undefined) await courier.send(me, { type: 'ticket.call', counterId, ticketId: ticket.id, reason: text(random) });
  } else if (what < 0.08) {
    const ticket = [...state.tickets.values()].findLast((other) => other.counterId === counterId && other.state === 'completed');
    if (ticket !== undefined) await courier.send(me, { type: 'ticket.return', counterId, ticketId: ticket.id });
  } else if (what < 0.14) await courier.press(me, { type: 'ticket.callNext', counterId }, 5);
  else if (state.waiting > 0 || random.chance(0.1)) {
    const answer = await courier.send(me, { type: 'ticket.callNext', counterId });
    if (!answer.ok) await world.sleep(random.between(30, 120) * SECOND);
  } else await world.sleep(random.between(20, 120) * SECOND);
  await world.sleep(random.between(1, 10) * SECOND);
}

async function greet({ world, courier, random }: Scene, me: Sender, counterId: string, ticketId: string): Promise<void> {
  await world.sleep(random.between(3, 40) * SECOND);
  const what = random.next();
  if (what < 0.78)
    await courier.send(me, { type: 'ticket.start', counterId, exception: random.chance(0.02) ? 'court-enquiry' : undefined });
  else if (what < 0.86) await courier.send(me, { type: 'ticket.recall', counterId });
  else if (what < 0.94) await courier.send(me, { type: 'ticket.noShow', counterId });
  else if (what < 0.96) await courier.send(me, { type: 'ticket.park', counterId, reason: text(random) });
  else if (what < 0.98) await courier.send(me, { type: 'ticket.transfer', counterId, toServiceId: 'account-opening' });
  else await courier.send(me, { type: 'ticket.fetch', ticketId });
}

const helps: HelpKind[] = ['authorisation', 'change', 'cash', 'guard', 'escort'];

async function serve({ world, courier, random, machine }: Scene, me: Sender, counterId: string, ticketId: string): Promise<void> {
  const typical =
    machine.state()?.config?.services.find(({ id }) => id === machine.state()?.tickets.get(ticketId)?.serviceId)?.typicalMs ?? 90 * SECOND;
  await world.sleep(Math.min(40 * MINUTE, random.logNormal(typical * 0.9, 0.6)) * random.between(0.3, 1));
  const what = random.next();
  if (what < 0.06) await courier.send(me, { type: 'ticket.addItem', counterId, serviceId: 'withdrawal', amountFen: 50_000 });
  else if (what < 0.1) await courier.send(me, { type: 'help.call', counterId, kind: pick(random, helps) ?? 'authorisation' });
  else if (what < 0.13) await courier.send(me, { type: 'limit.extend', ticketId, class: 'coins' });
  else if (what < 0.16)
    await courier.send(me, {
      type: 'limit.extend',
      ticketId,
      class: 'explained',
      addMs: 5 * MINUTE,
      reason: text(random),
      customerAgreed: true,
    });
  else if (what < 0.19) await courier.send(me, { type: 'ticket.park', counterId, reason: text(random) });
  else if (what < 0.22) await courier.send(me, { type: 'ticket.transfer', counterId, toServiceId: pick(random, services) ?? 'deposit' });
  else if (what < 0.24) await courier.send(me, { type: 'counter.pauseAfter', counterId, reason: text(random) });
  else if (what < 0.55) await courier.send(me, { type: 'ticket.complete', counterId });
  else if (what < 0.95) await courier.send(me, { type: 'ticket.finishAndCallNext', counterId, ticketId });
  // The same press from an impatient hand: one may count.
  else await courier.press(me, { type: 'ticket.finishAndCallNext', counterId, ticketId }, 4);
}

/** The lobby manager walks about and puts things right. */
export async function lobbyManager(scene: Scene, me: Sender): Promise<void> {
  const { world, courier, random, day } = scene;
  await world.sleep(day.opensAt - world.now);
  while (world.now < day.closesAt + 60 * MINUTE) {
    await world.sleep(random.between(0.3, 4) * MINUTE);
    const state = await lookAt(scene);
    await settleCalls(scene, me, state);
    const what = random.next();
    const waiting = oneIn(state, random, 'waiting');
    if (waiting !== undefined && what < 0.18)
      await courier.send(me, { type: 'ticket.divert', ticketId: waiting.id, to: 'machine', machineId: 'm1' });
    else if (waiting !== undefined && what < 0.24)
      await courier.send(me, { type: 'ticket.setSegment', ticketId: waiting.id, segment: 'elderly', reason: text(random) });
    else if (waiting !== undefined && what < 0.3) await courier.send(me, { type: 'ticket.fetch', ticketId: waiting.id });
    else if (what < 0.5) {
      const absent = oneIn(state, random, 'noShow');
      if (absent !== undefined) await courier.send(me, { type: 'ticket.requeue', ticketId: absent.id });
    } else if (what < 0.7) {
      const parked = oneIn(state, random, 'parked');
      if (parked !== undefined) await courier.send(me, { type: 'ticket.unpark', ticketId: parked.id });
    } else if (what < 0.8) {
      const diverted = oneIn(state, random, 'diverted');
      if (diverted !== undefined) await courier.send(me, { type: 'ticket.undivert', ticketId: diverted.id });
    } else if (what < 0.86) {
      const served = oneIn(state, random, 'completed');
      if (served !== undefined) await courier.send(me, { type: 'ticket.rate', ticketId: served.id, score: 5 });
    } else if (what < 0.88) await outage(scene, me);
    else if (what < 0.89) await courier.send(me, { type: 'branch.setDayType', dayType: 'pension' });
  }
}

/** Help that was called for, cash to be counted, somebody to be fetched. */
async function settleCalls({ courier, random }: Scene, me: Sender, state: BranchState): Promise<void> {
  for (const counter of Object.values(state.counters)) {
    if (counter.cashCount?.state === 'pending' && random.chance(0.7))
      await courier.send(me, { type: 'counter.confirmCashCount', counterId: counter.id });
    for (const help of counter.help) {
      if (help.answeredAt === undefined) await courier.send(me, { type: 'help.answer', counterId: counter.id, kind: help.kind });
    }
    const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
    if (counter.state === 'calling' && ticket?.needsFetching === true && random.chance(0.5))
      await courier.send(me, { type: 'ticket.confirmNoShow', ticketId: ticket.id });
  }
}

async function outage({ world, courier, random }: Scene, me: Sender): Promise<void> {
  const answer = await courier.send(me, { type: 'system.outage', scope: 'branch', reason: text(random) });
  if (!answer.ok) return;
  await world.sleep(random.between(1, 12) * MINUTE);
  await courier.send(me, { type: 'system.restored', outageId: String(answer.reply.result?.['outageId']) });
}

/** The branch head: the day's phases, appeals, retraining. Some evenings the head forgets, and the clock ends the day. */
export async function branchHead(scene: Scene, me: Sender, appellants: readonly Sender[]): Promise<void> {
  const { world, courier, random, day } = scene;
  const at = (instant: number) => world.sleep(instant - world.now);
  await at(day.opensAt - 30 * MINUTE);
  await courier.send(me, { type: 'branch.setPhase', phase: 'opening' });
  await at(day.opensAt);
  await courier.send(me, { type: 'branch.setPhase', phase: 'business' });
  while (world.now < day.closesAt) {
    await world.sleep(random.between(10, 40) * MINUTE);
    const state = await lookAt(scene);
    const overrun = pick(
      random,
      [...state.overruns.values()].filter((other) => other.appeal === undefined),
    );
    const appellant = appellants.find((other) => other.actor === overrun?.staffId);
    if (overrun !== undefined && appellant !== undefined)
      await courier.send(appellant, { type: 'limit.appeal', overrunId: overrun.id, reason: text(random) });
    const open = (await lookAt(scene)).openAppeals[0];
    if (open !== undefined && random.chance(0.5))
      await courier.send(me, { type: 'limit.decideAppeal', overrunId: open, upheld: random.chance(0.5), reason: text(random) });
  }
  await courier.send(me, { type: 'branch.setPhase', phase: 'lastNumber', reason: text(random) });
  await world.sleep(20 * MINUTE);
  await courier.send(me, { type: 'branch.setPhase', phase: 'clearing', reason: text(random) });
  if (random.chance(0.5)) return;
  await at(day.closesAt + 90 * MINUTE);
  await courier.send(me, { type: 'branch.setPhase', phase: 'balancing' });
}
