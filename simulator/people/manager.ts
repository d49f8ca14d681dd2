/** The virtual lobby manager: answers help, counts cash as the second person, takes up the hub's advice, diverts, brings people back. */
import type { FloorCommand } from '../../shared/contract/commands.ts';
import { helpKinds } from '../../shared/contract/commands.ts';
import { type HubClient, HubRefusal } from '../client/hub-client.ts';
import type { HubTime } from '../client/hub-time.ts';
import type { Floor, HubEvent } from '../client/messages.ts';
import type { Params } from '../params/params.ts';
import type { Random } from '../random.ts';
import type { FloorPicture } from './floor-picture.ts';
import type { Teller } from './teller.ts';
import type { VisitBook } from './visit-book.ts';

export interface ManagerWorld {
  readonly branchId: string;
  readonly client: HubClient;
  readonly picture: FloorPicture;
  readonly book: VisitBook;
  readonly time: HubTime;
  readonly habits: Params['manager'];
  readonly random: Random;
  readonly stop: AbortSignal;
  /** Tellers who sit down only when the line is long. */
  readonly elastic: readonly Teller[];
  onRefused(refusal: HubRefusal): void;
  onFailure(error: unknown): void;
}

const MACHINE_SERVICES = new Set(['withdrawal', 'deposit', 'balance']);
const LATE_AFTER_MS = 150_000;
/** A person who watches comes first: advice is left to them at least so long, real ms … */
const LEFT_TO_A_PERSON_MS = 10_000;
/** (faster than this nobody reads along) */
const READABLE_SPEED = 20;
/** … and, once one decided about advice, all of it for so long. */
const HANDS_OFF_MS = 5 * 60_000;
const ADVICE_ENDS = new Set(['advice.declined', 'advice.withdrawn', 'advice.expired', 'advice.accepted']);

export class Manager {
  private readonly world: ManagerWorld;
  private elasticSince = 0;
  /** Advice nobody has decided about, and what was accepted from here. */
  private readonly open = new Set<string>();
  private readonly mine = new Set<string>();
  private handsOffUntil = 0;

  constructor(world: ManagerWorld) {
    this.world = world;
    world.picture.listen((event) => this.notice(event));
  }

  /** What was left open when nobody virtual was looking. */
  takeOver(floor: Floor): void {
    const { habits } = this.world;
    for (const { kind, counterId, help } of floor.attention ?? []) {
      const called = helpKinds.find((known) => known === help);
      if (kind === 'helpCalled' && counterId !== undefined && called !== undefined) {
        this.later(habits.answerHelp, () => ({ type: 'help.answer', counterId, kind: called }));
      }
      if (kind === 'cashCountPending' && counterId !== undefined) {
        this.later(habits.confirmCashCount, () => ({ type: 'counter.confirmCashCount', counterId }));
      }
    }
    for (const ticket of floor.tickets) {
      if (ticket.state === 'parked') this.later(habits.unpark, () => ({ type: 'ticket.unpark', ticketId: ticket.id }));
    }
  }

  async run(): Promise<void> {
    const { time, habits, stop } = this.world;
    while (await time.pass(habits.roundMs, stop)) this.lookAtTheLine();
  }

  private lookAtTheLine(): void {
    const { picture, habits, time, elastic } = this.world;
    // Where the hub advises, windows open and close by its advice alone.
    if (elastic.length === 0 || picture.advised) return;
    const perWindow = picture.waiting / Math.max(1, picture.openWindows());
    const sitting = elastic.filter(({ onDuty }) => onDuty);
    const next = elastic.find(({ onDuty }) => !onDuty);
    if (perWindow > habits.elasticOpensAbove && next !== undefined && time.now() - this.elasticSince > habits.roundMs * 8) {
      this.elasticSince = time.now();
      next.setDuty(true);
    } else if (perWindow < habits.elasticClosesBelow && time.now() - this.elasticSince > habits.elasticLeastMs) {
      sitting.at(-1)?.setDuty(false);
    }
  }

  private notice(event: HubEvent): void {
    const { habits, book, random } = this.world;
    const { ticketId, counterId, adviceId } = event;
    if (adviceId !== undefined) this.heedAdvice(event, adviceId);
    if (event.type === 'help.called' && counterId !== undefined) {
      const kind = helpKinds.find((known) => known === event.kind);
      if (kind !== undefined) this.later(habits.answerHelp, () => ({ type: 'help.answer', counterId, kind }));
    }
    if (event.type === 'counter.paused' && counterId !== undefined && event.cashCount === true) {
      this.later(habits.confirmCashCount, () => ({ type: 'counter.confirmCashCount', counterId }));
    }
    if (ticketId === undefined) return;
    if (event.type === 'ticket.parked') this.later(habits.unpark, () => ({ type: 'ticket.unpark', ticketId }));
    if (event.type === 'ticket.noShow' && book.get(ticketId)?.visit.noShow === 'late') {
      book.arrived(ticketId);
      this.later({ medianMs: LATE_AFTER_MS, sigma: 0.5 }, () => ({ type: 'ticket.requeue', ticketId }));
    }
    if (
      event.type === 'ticket.issued' &&
      event.segment === 'ordinary' &&
      MACHINE_SERVICES.has(event.serviceId ?? '') &&
      random.chance(habits.divertShare)
    ) {
      this.later({ medianMs: 45_000, sigma: 0.4 }, () => this.divert(ticketId));
    }
  }

  /** Advice is accepted after a while, unless a person watches and decides. */
  private heedAdvice({ type, actor }: HubEvent, adviceId: string): void {
    const { habits, time } = this.world;
    if (type === 'advice.given') {
      this.open.add(adviceId);
      const medianMs = Math.max(habits.takesAdvice.medianMs, LEFT_TO_A_PERSON_MS * Math.min(time.speed, READABLE_SPEED));
      this.later({ ...habits.takesAdvice, medianMs }, () => this.accept(adviceId));
    }
    if (!ADVICE_ENDS.has(type)) return;
    this.open.delete(adviceId);
    const decided = type === 'advice.accepted' || type === 'advice.declined';
    if (decided && actor !== 'clock' && !this.mine.delete(adviceId)) this.handsOffUntil = performance.now() + HANDS_OFF_MS;
  }

  private accept(adviceId: string): FloorCommand | undefined {
    if (!this.open.has(adviceId) || performance.now() < this.handsOffUntil) return undefined;
    this.mine.add(adviceId);
    return { type: 'advice.accept', adviceId };
  }

  private divert(ticketId: string): FloorCommand | undefined {
    const { picture, random, habits } = this.world;
    if (picture.tickets.get(ticketId)?.state !== 'waiting') return undefined;
    if (random.chance(habits.divertReturnShare))
      this.later({ medianMs: 240_000, sigma: 0.3 }, () => ({ type: 'ticket.undivert', ticketId }));
    return { type: 'ticket.divert', ticketId, to: 'machine' };
  }

  /** After a while; what no longer fits is refused by the hub and let be. */
  private later(after: { medianMs: number; sigma: number }, decide: () => FloorCommand | undefined): void {
    const { time, random, stop } = this.world;
    const act = async () => {
      if (!(await time.pass(random.logNormal(after.medianMs, after.sigma), stop))) return;
      const command = decide();
      if (command === undefined) return;
      const reply = await this.world.client.command(this.world.branchId, command);
      this.world.picture.apply(reply.events, false);
    };
    act().catch((error: unknown) => {
      if (error instanceof HubRefusal) this.world.onRefused(error);
      else if (!stop.aborted) this.world.onFailure(error);
    });
  }
}
