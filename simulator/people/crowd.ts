/** The virtual customers of one branch: they come, take a number, wait or give up, and rate. */
import { randomUUID } from 'node:crypto';
import { type HubClient, HubRefusal } from '../client/hub-client.ts';
import type { HubTime } from '../client/hub-time.ts';
import type { Visit } from '../plan/visit.ts';
import type { Random } from '../random.ts';
import type { Bell } from './bell.ts';
import type { FloorPicture } from './floor-picture.ts';
import type { Entry, VisitBook } from './visit-book.ts';

export interface Arrival {
  /** Hub ms. */
  readonly at: number;
  readonly visit: Visit;
  /** Known to whoever planned the arrival. */
  readonly key?: string;
}

export interface CrowdWorld {
  readonly branchId: string;
  /** Issues numbers. */
  readonly kiosk: HubClient;
  /** The lobby manager's tablet: gives out what a kiosk may not. */
  readonly tablet: HubClient;
  readonly picture: FloorPicture;
  readonly book: VisitBook;
  readonly bell: Bell;
  readonly time: HubTime;
  readonly random: Random;
  readonly stop: AbortSignal;
  /** A newcomer sees the line and turns round. */
  balks(): boolean;
  onIssued(arrival: Arrival, ticketId: string, issuedAt: number): void;
  onRefused(refusal: HubRefusal): void;
  onFailure(error: unknown): void;
}

export class Crowd {
  /** Came, and turned round at the door. */
  balked = 0;
  refused = 0;
  issued = 0;
  private readonly world: CrowdWorld;
  private readonly going = new Set<Promise<void>>();

  constructor(world: CrowdWorld) {
    this.world = world;
  }

  /** Ends when the arrivals do, or with the signal; numbers asked for by then have been answered. */
  async run(arrivals: Iterable<Arrival>): Promise<void> {
    for (const arrival of arrivals) {
      if (!(await this.world.time.until(arrival.at, this.world.stop))) break;
      if (this.world.balks()) {
        this.balked++;
        continue;
      }
      this.background(this.enter(arrival));
    }
    await Promise.allSettled(this.going);
  }

  /** Rates a moment after leaving, on the phone. */
  rate(entry: Entry): void {
    const { rating } = entry.visit;
    if (rating === undefined || entry.follow === undefined) return;
    const { time, random, stop, kiosk } = this.world;
    const path = `/api${entry.follow}/rate`;
    const act = async () => {
      if (await time.pass(random.between(3_000, 15_000), stop)) await kiosk.post(path, { id: randomUUID(), score: rating });
    };
    this.background(act());
  }

  private async enter(arrival: Arrival): Promise<void> {
    const { branchId, kiosk, tablet, picture, book, bell } = this.world;
    const { visit } = arrival;
    const wish = visit.transactions[0];
    if (wish === undefined) return;
    const reply = await (visit.segment === 'vip' ? tablet : kiosk).command(branchId, {
      type: 'ticket.issue',
      serviceId: wish.serviceId,
      segment: visit.segment,
      amountFen: wish.amountFen,
      notes: wish.notes,
      coinShare: wish.coinShare,
      partySize: visit.partySize,
    });
    const ticketId = reply.result?.ticketId;
    if (ticketId === undefined) throw new Error('ticket.issue answered without a ticketId');
    this.issued++;
    const issuedAt = reply.events[0]?.at ?? this.world.time.now();
    book.add(ticketId, visit, reply.result?.follow);
    this.world.onIssued(arrival, ticketId, issuedAt);
    if (visit.patienceMs === 0) await this.leave(ticketId, reply.result?.follow);
    picture.apply(reply.events, false);
    if (visit.patienceMs === 0) return;
    bell.ring();
    if (visit.patienceMs !== undefined) this.background(this.loosePatience(ticketId, issuedAt + visit.patienceMs, reply.result?.follow));
  }

  private async loosePatience(ticketId: string, at: number, follow: string | undefined): Promise<void> {
    if (!(await this.world.time.until(at, this.world.stop))) return;
    if (this.world.picture.tickets.get(ticketId)?.state === 'waiting') await this.leave(ticketId, follow);
  }

  private async leave(ticketId: string, follow: string | undefined): Promise<void> {
    const { kiosk, tablet, branchId } = this.world;
    try {
      if (follow !== undefined) await kiosk.post(`/api${follow}/cancel`, { id: randomUUID() });
      else await tablet.command(branchId, { type: 'ticket.cancel', ticketId, reason: '等不及' });
    } catch (error) {
      // Called in the meantime: then they stay and are served.
      if (!(error instanceof HubRefusal) || (error.status !== 409 && error.status !== 403)) throw error;
    }
  }

  private background(act: Promise<void>): void {
    const kept = act
      .catch((error: unknown) => {
        if (error instanceof HubRefusal) {
          this.refused++;
          this.world.onRefused(error);
        } else if (!this.world.stop.aborted) this.world.onFailure(error);
      })
      .finally(() => this.going.delete(kept));
    this.going.add(kept);
  }
}
