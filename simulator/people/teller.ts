/** One virtual teller at one counter. Acts only on what the floor shows, so it can take over a counter in any state. */
import type { FloorCommand } from '../../shared/contract/commands.ts';
import { type HubClient, HubRefusal } from '../client/hub-client.ts';
import type { HubTime } from '../client/hub-time.ts';
import type { CommandReply, HubEvent } from '../client/messages.ts';
import type { Params } from '../params/params.ts';
import type { Random } from '../random.ts';
import type { Bell } from './bell.ts';
import type { CounterView, FloorPicture, TicketView } from './floor-picture.ts';
import type { Entry, VisitBook } from './visit-book.ts';

export interface TellerPlace {
  readonly branchId: string;
  readonly counterId: string;
  readonly staffId: string;
}

export interface TellerWorld {
  readonly client: HubClient;
  readonly picture: FloorPicture;
  readonly book: VisitBook;
  readonly bell: Bell;
  readonly time: HubTime;
  readonly habits: Params['tellers'];
  readonly random: Random;
  readonly stop: AbortSignal;
  /** Pauses wait while the line is long or enough windows are paused already. */
  mayPause(): boolean;
  /** Ends a visit: the customer rates, the book forgets. */
  onServed(ticketId: string, entry: Entry): void;
  onRefused(place: TellerPlace, refusal: HubRefusal): void;
}

const LOOK_AGAIN_MS = 30_000;
/** From the back office to the window. */
const ON_THE_WAY_MS = { least: 40_000, most: 100_000 };
/** Off duty and paused: the window is being closed by somebody else; if not by then, the teller does it. */
const CLOSED_BY_OTHERS_MS = 5 * 60_000;
const RECALL_AFTER_MS = 25_000;
const NO_SHOW_AFTER_MS = 70_000;
/** A person who signed in as this teller keeps the counter so long, real ms. */
const HANDS_OFF_MS = 5 * 60_000;
/** After a refusal: so long in hub time, at least so long in real time. */
const AFTER_REFUSAL_HUB_MS = 4_000;
const AFTER_REFUSAL_MS = 200;
/** A reply may tell of a ticket that the socket has not brought yet, real ms. */
const SOCKET_LAG_MS = 50;

export class Teller {
  /** The usual window, or the one this teller was last asked to open. */
  place: TellerPlace;
  /** Off duty: finishes who is there, then closes. */
  onDuty: boolean;
  private readonly world: TellerWorld;
  private pulse = new AbortController();
  private pauseAt = Number.POSITIVE_INFINITY;
  private backAt: number | undefined;
  /** Sent to a break of so long by the plan. */
  private breakMs: number | undefined;
  /** The advice by which this window is to close. */
  private closing: string | undefined;
  private handsOffUntil = 0;
  private inFlight = 0;
  private readonly mine = new Set<number>();
  private unexplained: number[] = [];

  constructor(place: TellerPlace, world: TellerWorld, onDuty: boolean) {
    this.place = place;
    this.world = world;
    this.onDuty = onDuty;
    world.picture.listen((event) => this.notice(event));
    world.stop.addEventListener('abort', () => this.wake(), { once: true });
  }

  setDuty(onDuty: boolean): void {
    if (this.onDuty === onDuty) return;
    this.onDuty = onDuty;
    this.wake();
  }

  /** After the customer who is there. */
  takeBreak(lengthMs: number): void {
    this.breakMs = lengthMs;
  }

  async run(): Promise<void> {
    const { stop, time, random } = this.world;
    this.pauseAt = time.now() + random.between(0.1, 1.1) * this.drawPauseEvery();
    while (!stop.aborted) {
      this.pulse = new AbortController();
      const handsOffMs = this.handsOffUntil - performance.now();
      if (handsOffMs > 0) {
        await this.wait(handsOffMs * this.world.time.speed);
        continue;
      }
      try {
        await this.step();
      } catch (error) {
        if (stop.aborted) return;
        if (!(error instanceof HubRefusal)) throw error;
        this.world.onRefused(this.place, error);
        await this.world.time.pass(Math.max(AFTER_REFUSAL_HUB_MS, AFTER_REFUSAL_MS * this.world.time.speed), stop);
      }
    }
  }

  private async step(): Promise<void> {
    const counter = this.world.picture.counters.get(this.place.counterId);
    const ticket = counter?.ticketId === undefined ? undefined : this.world.picture.tickets.get(counter.ticketId);
    if (counter === undefined) await this.wait(LOOK_AGAIN_MS);
    else if (counter.staffId !== undefined && counter.staffId !== this.place.staffId) await this.wait(LOOK_AGAIN_MS);
    else if (counter.state === 'closed') await this.whileClosed();
    else if (counter.state === 'paused') await this.whilePaused(counter);
    else if (counter.state === 'idle') await this.whileIdle();
    else if (ticket === undefined) await this.wait(SOCKET_LAG_MS * this.world.time.speed);
    else if (counter.state === 'calling') await this.meet(counter, ticket);
    else await this.serve(counter, ticket);
  }

  private async whileClosed(): Promise<void> {
    if (!this.onDuty) return void (await this.wait(LOOK_AGAIN_MS));
    await this.do({ type: 'counter.open', counterId: this.place.counterId, staffId: this.place.staffId });
  }

  private async whilePaused(counter: CounterView): Promise<void> {
    if (!this.onDuty) {
      if (!(await this.waitUntil(counter.since + CLOSED_BY_OTHERS_MS))) return;
      return void (await this.do({ type: 'counter.close', counterId: this.place.counterId }));
    }
    const least = counter.since + this.world.random.between(60_000, 120_000);
    if (!(await this.waitUntil(Math.max(this.backAt ?? least, least)))) return;
    this.backAt = undefined;
    this.pauseAt = this.world.time.now() + this.drawPauseEvery();
    await this.do({ type: 'counter.resume', counterId: this.place.counterId });
  }

  private async whileIdle(): Promise<void> {
    const { counterId } = this.place;
    const { habits, random, bell, time } = this.world;
    if (!this.onDuty) return void (await this.do({ type: 'counter.close', counterId }));
    if (this.wantsPause()) return void (await this.do(this.pauseCommand('counter.pause')));
    if (!(await this.react())) return;
    for (let asked: Set<string> | undefined = new Set(); ; ) {
      const rings = bell.rings;
      if (await this.callNext()) return;
      bell.pass(asked);
      if (bell.rings !== rings) return;
      if (random.chance(habits.walkUpShare)) return this.takeWalkUp();
      const deadline = new AbortController();
      const signal = AbortSignal.any([deadline.signal, this.pulse.signal]);
      const timer = setTimeout(() => deadline.abort(), LOOK_AGAIN_MS / time.speed);
      asked = await bell.wait(counterId, signal);
      clearTimeout(timer);
      if (asked === undefined || !(await this.react())) return;
    }
  }

  /** False when nobody this window may take is waiting. */
  private async callNext(): Promise<boolean> {
    if (this.world.picture.waiting === 0) return false;
    try {
      const reply = await this.do({ type: 'ticket.callNext', counterId: this.place.counterId });
      return reply.events.length > 0;
    } catch (error) {
      if (error instanceof HubRefusal && error.status === 409) return false;
      throw error;
    }
  }

  private async takeWalkUp(): Promise<void> {
    const quick = ['balance', 'deposit'].find((serviceId) => this.world.picture.offered.has(serviceId));
    if (quick === undefined) return;
    await this.do({ type: 'ticket.walkUp', counterId: this.place.counterId, serviceId: quick, reason: '只问一句' });
  }

  private async meet(counter: CounterView, ticket: TicketView): Promise<void> {
    const { book, habits } = this.world;
    const { counterId } = this.place;
    const entry = book.of(ticket);
    if (entry.visit.noShow !== 'no') return this.missed(counter, ticket);
    const slow = entry.visit.segment === 'over80' || entry.visit.segment === 'disabled';
    if (slow && this.world.random.chance(habits.fetchShare)) await this.offer({ type: 'ticket.fetch', ticketId: ticket.id });
    if (!(await this.waitUntil(counter.since + entry.visit.walkMs))) return;
    const { amountFen, notes, coinShare } = book.current(entry);
    await this.do({ type: 'ticket.start', counterId, amountFen, notes, coinShare });
  }

  private async missed(counter: CounterView, ticket: TicketView): Promise<void> {
    const { counterId } = this.place;
    if (!(await this.waitUntil(counter.since + RECALL_AFTER_MS))) return;
    await this.do({ type: 'ticket.recall', counterId });
    if (!(await this.waitUntil(counter.since + NO_SHOW_AFTER_MS))) return;
    await this.do({ type: 'ticket.noShow', counterId, ticketId: ticket.id });
  }

  private async serve(counter: CounterView, ticket: TicketView): Promise<void> {
    const { book, habits, random } = this.world;
    const { counterId } = this.place;
    const entry = book.of(ticket);
    const now = book.current(entry);
    const since = ticket.itemSince ?? counter.since;
    if (!entry.parked && random.chance(habits.parkShare)) {
      entry.parked = true;
      if (!(await this.waitUntil(since + now.ms * 0.4))) return;
      return void (await this.do({ type: 'ticket.park', counterId, reason: '去填写申请表' }));
    }
    if (!(await this.needs(ticket, since, now.ms, now.coinShare, now.amountFen))) return;
    if (!(await this.waitUntil(since + now.ms))) return;
    entry.done++;
    if (entry.done < entry.visit.transactions.length) {
      const { serviceId, amountFen, notes, coinShare } = book.current(entry);
      return void (await this.do({ type: 'ticket.addItem', counterId, serviceId, amountFen, notes, coinShare }));
    }
    await this.finish(ticket, entry);
  }

  /** Help and extensions that come up along the way. False when interrupted. */
  private async needs(ticket: TicketView, since: number, ms: number, coinShare = 0, amountFen = 0): Promise<boolean> {
    const { habits, random } = this.world;
    const { counterId } = this.place;
    if (coinShare >= 0.2) {
      if (!(await this.waitUntil(since + Math.min(ms * 0.5, 60_000)))) return false;
      await this.offer({ type: 'limit.extend', ticketId: ticket.id, class: 'coins' });
    }
    const authorisation = amountFen >= 5_000_000 && random.chance(0.7);
    if (!authorisation && !random.chance(habits.helpShare)) return true;
    if (!(await this.waitUntil(since + ms * random.between(0.2, 0.6)))) return false;
    await this.offer({ type: 'help.call', counterId, kind: authorisation ? 'authorisation' : random.chance(0.6) ? 'change' : 'cash' });
    return true;
  }

  private async finish(ticket: TicketView, entry: Entry): Promise<void> {
    const { habits, random } = this.world;
    const { counterId } = this.place;
    const pausing = this.onDuty && this.wantsPause();
    if (pausing) await this.offer(this.pauseCommand('counter.pauseAfter'));
    const separately = pausing || !this.onDuty || random.chance(habits.separateFinishShare);
    if (separately) await this.do({ type: 'ticket.complete', counterId, ticketId: ticket.id });
    else await this.do({ type: 'ticket.finishAndCallNext', counterId, ticketId: ticket.id });
    this.world.onServed(ticket.id, entry);
  }

  private wantsPause(): boolean {
    return this.breakMs !== undefined || (this.world.time.now() >= this.pauseAt && this.world.mayPause());
  }

  private pauseCommand(type: 'counter.pause' | 'counter.pauseAfter'): FloorCommand {
    const { habits, random, time } = this.world;
    const planned = this.breakMs;
    this.breakMs = undefined;
    const lunch = planned !== undefined || random.chance(habits.lunchShare);
    const { medianMs, sigma } = lunch ? habits.lunch : habits.pause;
    this.backAt = Math.round(time.now() + (planned ?? random.logNormal(medianMs, sigma)));
    return { type, counterId: this.place.counterId, reason: lunch ? '用餐' : '短暂离柜', backAt: this.backAt };
  }

  private drawPauseEvery(): number {
    const { pauseEvery } = this.world.habits;
    return this.world.random.logNormal(pauseEvery.medianMs, pauseEvery.sigma);
  }

  private react(): Promise<boolean> {
    const { reaction } = this.world.habits;
    return reaction.medianMs === 0 ? Promise.resolve(true) : this.wait(this.world.random.logNormal(reaction.medianMs, reaction.sigma));
  }

  private async do(command: FloorCommand): Promise<CommandReply> {
    this.inFlight++;
    try {
      const reply = await this.world.client.command(this.place.branchId, command);
      for (const event of reply.events) this.mine.add(event.seq);
      this.world.picture.apply(reply.events, false);
      return reply;
    } finally {
      this.inFlight--;
      if (this.inFlight === 0) this.explain();
    }
  }

  /** A side act: if the rules refuse it, work goes on. */
  private async offer(command: FloorCommand): Promise<void> {
    try {
      await this.do(command);
    } catch (error) {
      if (!(error instanceof HubRefusal)) throw error;
      this.world.onRefused(this.place, error);
    }
  }

  private notice(event: HubEvent): void {
    if (event.staffId === this.place.staffId) this.heed(event);
    if (event.counterId !== this.place.counterId) return;
    // A break that the hub or the lobby manager announced is as long as they said.
    if (event.type === 'counter.paused' && typeof event['backAt'] === 'number') this.backAt = event['backAt'];
    const act = event.type.startsWith('ticket.') || event.type.startsWith('counter.');
    if (!act) return;
    if (event.actor !== this.place.staffId) return this.wake();
    this.unexplained.push(event.seq);
    if (this.inFlight === 0) this.explain();
  }

  /** Asked to open this window: comes after a while. Told that it closes: serves to the end and leaves it to the hub. */
  private heed({ type, card, adviceId }: HubEvent): void {
    if (type === 'advice.begun' && adviceId === this.closing) this.setDuty(false);
    if (type !== 'advice.accepted' || card === undefined) return;
    if (card.kind === 'closeWindow') this.closing = adviceId;
    if (card.kind !== 'openWindow') return;
    const { counterId = this.place.counterId } = card;
    const come = async (): Promise<void> => {
      if (!(await this.world.time.pass(this.world.random.between(ON_THE_WAY_MS.least, ON_THE_WAY_MS.most), this.world.stop))) return;
      if (!this.onDuty) this.place = { ...this.place, counterId };
      this.setDuty(true);
    };
    void come();
  }

  /** What was done in this teller's name and not from here was done by a person: the counter is theirs for a while. */
  private explain(): void {
    const foreign = this.unexplained.some((seq) => !this.mine.has(seq));
    this.unexplained = [];
    const known = this.world.picture.seq;
    for (const seq of this.mine) if (seq <= known) this.mine.delete(seq);
    if (foreign) {
      this.handsOffUntil = performance.now() + HANDS_OFF_MS;
      this.wake();
    }
  }

  private wake(): void {
    this.pulse.abort();
  }

  private wait(ms: number): Promise<boolean> {
    return this.waitUntil(this.world.time.now() + ms);
  }

  private waitUntil(at: number): Promise<boolean> {
    return this.world.time.until(at, this.pulse.signal);
  }
}
