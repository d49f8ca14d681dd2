/** All virtual people of one branch around one picture of its floor. */
import { z } from 'zod';
import { type Acknowledged, type Credentials, HubClient, type HubRefusal } from '../client/hub-client.ts';
import type { HubTime } from '../client/hub-time.ts';
import { BranchWatch } from '../client/branch-watch.ts';
import { type Floor, floorReplySchema } from '../client/messages.ts';
import type { Params } from '../params/params.ts';
import { seededRandom } from '../random.ts';
import { Bell } from './bell.ts';
import type { Cast, Seat } from './cast.ts';
import { type Arrival, Crowd } from './crowd.ts';
import { FloorPicture } from './floor-picture.ts';
import { Manager } from './manager.ts';
import { Reception } from './reception.ts';
import { Teller } from './teller.ts';
import { VisitBook } from './visit-book.ts';

/** How often the plan of breaks is looked at, in hub time, and at most in real time. */
const BREAKS_EVERY_HUB_MS = 120_000;
const BREAKS_EVERY_MS = 1_000;
const breaksSchema = z.object({
  breaks: z.array(z.object({ staffId: z.string(), lengthMs: z.number(), overdue: z.boolean(), holds: z.array(z.string()) })),
});

export interface CrewOptions {
  readonly baseUrl: string;
  readonly cast: Cast;
  readonly params: Params;
  readonly seed: number;
  readonly time: HubTime;
  readonly stop: AbortSignal;
  /** Tellers who sit down at once; the others wait to be put on duty. */
  readonly onDuty: (seat: Seat, index: number) => boolean;
  /** Whether a newcomer may turn round at the door. */
  readonly balking: boolean;
  /** Customers nobody virtual issued (a person at the kiosk) wake the tellers too. */
  readonly strangers: boolean;
  /** People of the plan who have no window come, too. */
  readonly byPlan: boolean;
  readonly onAcknowledged?: (entry: Acknowledged) => void;
  readonly repeat?: () => boolean;
  readonly onIssued?: (arrival: Arrival, ticketId: string, issuedAt: number) => void;
  readonly onRefused?: (who: string, refusal: HubRefusal) => void;
  readonly log: (line: string) => void;
}

const CLOCK_SAMPLES = 8;
const RESYNC_AT_MOST_EVERY_MS = 1_000;
const TAKEN_OVER_BY_THE_LINE = new Set([
  'ticket.issued',
  'ticket.requeued',
  'ticket.unparked',
  'ticket.transferred',
  'ticket.undiverted',
  'ticket.returned',
]);
const GONE = new Set(['ticket.cancelled', 'ticket.unserved', 'ticket.divertLapsed']);

export class Crew {
  readonly picture = new FloorPicture();
  readonly bell = new Bell();
  readonly tellers: readonly Teller[];
  readonly crowd: Crowd;
  readonly watch: BranchWatch;
  readonly refusals = new Map<string, number>();
  private readonly options: CrewOptions;
  private readonly manager: HubClient;
  private readonly lobby: Manager;
  private readonly reception: Reception;
  private readonly clients: HubClient[] = [];
  private resyncedAt = Number.NEGATIVE_INFINITY;
  private failed: unknown;

  constructor(options: CrewOptions) {
    this.options = options;
    const { cast, params, seed, time, stop } = options;
    const { branchId } = cast;
    const { picture, bell } = this;
    this.manager = this.client(cast.manager);
    const kiosk = this.client(cast.kiosk);
    const book = new VisitBook(params, seed);
    const common = { branchId, picture, book, bell, time, stop };
    this.crowd = new Crowd({
      ...common,
      kiosk,
      tablet: this.manager,
      random: seededRandom(seed, branchId, 'crowd'),
      balks: () => options.balking && picture.waiting > params.arrivals.balkPerWindow * Math.max(1, picture.openWindows()),
      onIssued: (arrival, ticketId, issuedAt) => options.onIssued?.(arrival, ticketId, issuedAt),
      onRefused: (refusal) => this.note('customer', refusal),
      onFailure: (error) => this.fail(error),
    });
    const onServed = (ticketId: string) => {
      const entry = book.get(ticketId);
      book.remove(ticketId);
      if (entry !== undefined) this.crowd.rate(entry);
    };
    const mayPause = () => {
      const seats = [...picture.counters.values()].filter(({ state }) => state !== 'closed');
      const paused = seats.filter(({ state }) => state === 'paused').length;
      return paused < Math.max(1, Math.floor(seats.length * params.tellers.mostPausedShare)) && picture.waiting < 2.5 * seats.length;
    };
    this.tellers = cast.seats.map((seat, index) => {
      const client = this.client({ username: seat.staffId, password: seat.password });
      const world = { ...common, client, habits: params.tellers, random: seededRandom(seed, branchId, seat.staffId), mayPause, onServed };
      const place = { branchId, counterId: seat.counterId, staffId: seat.staffId };
      return new Teller(place, { ...world, onRefused: (_, refusal) => this.note(seat.staffId, refusal) }, options.onDuty(seat, index));
    });
    this.lobby = new Manager({
      ...common,
      client: this.manager,
      habits: params.manager,
      random: seededRandom(seed, branchId, 'manager'),
      elastic: this.tellers.filter((_, index) => cast.seats[index]?.elastic === true),
      onRefused: (refusal) => this.note('manager', refusal),
      onFailure: (error) => this.fail(error),
    });
    this.reception = new Reception({
      branchId,
      client: this.manager,
      time,
      stop,
      isSeated: (staffId) => this.tellers.some(({ place, onDuty }) => onDuty && place.staffId === staffId),
      onRefused: (staffId, refusal) => this.note(staffId, refusal),
    });
    this.watch = new BranchWatch(this.manager, branchId, 'staff', {
      onFloor: (floor, seq) => picture.onFloor(floor, seq),
      onEvents: (events) => picture.apply(events, true),
      onResumed: () => this.lookAgain(),
      onTrouble: (message) => options.log(`${branchId}: ${message}`),
    });
    picture.listen((event) => {
      const theirs = event.type === 'ticket.issued' ? options.strangers : TAKEN_OVER_BY_THE_LINE.has(event.type);
      if (theirs) bell.ring();
      if (event.ticketId !== undefined && GONE.has(event.type)) book.remove(event.ticketId);
    });
  }

  /** Signs in, learns hub time and the floor, takes over what is there. */
  async begin(): Promise<Floor> {
    await this.watch.start();
    for (const client of this.clients) await client.proof();
    let floor = await this.look();
    for (let n = 1; n < CLOCK_SAMPLES; n++) floor = await this.look();
    this.lobby.takeOver(floor);
    return floor;
  }

  /** Until the arrivals end or `stop`; tellers go on until `stop`. Rejects when anything but a rule stands in the way. */
  async work(arrivals: Iterable<Arrival>, afterArrivals: () => Promise<void>): Promise<void> {
    const { stop } = this.options;
    const staff = [...this.tellers.map((teller) => teller.run()), this.lobby.run(), this.sendOnBreaks()];
    if (this.options.byPlan) staff.push(this.reception.run());
    const failure = new Promise<never>((_, reject) => {
      for (const run of staff) run.catch(reject);
      this.onFailure = reject;
      if (this.failed !== undefined) reject(this.failed);
    });
    failure.catch(() => undefined);
    const all = this.crowd.run(arrivals).then(afterArrivals);
    try {
      await Promise.race([all, failure]);
    } catch (error) {
      if (!stop.aborted) throw error;
    }
  }

  /** The lobby manager sends on a break whom the hub advises: by the plan, as the line allows. */
  private async sendOnBreaks(): Promise<void> {
    const { cast, time, stop } = this.options;
    const everyMs = Math.max(BREAKS_EVERY_HUB_MS, BREAKS_EVERY_MS * time.speed);
    while (await time.pass(everyMs, stop)) {
      // Where the hub advises, its advice names who goes, and is taken up like the rest of it.
      if (this.picture.advised) continue;
      const { breaks } = await this.manager.get(`/api/branches/${cast.branchId}/people`, breaksSchema);
      const next = breaks.find(({ overdue, holds }) => overdue || holds.length === 0);
      if (next !== undefined) this.tellers.find(({ place }) => place.staffId === next.staffId)?.takeBreak(next.lengthMs);
    }
  }

  end(): void {
    this.watch.stop();
    for (const client of this.clients) client.close();
  }

  /** The floor as the hub tells it now; sets hub time too. */
  async look(): Promise<Floor> {
    const { cast, time } = this.options;
    await this.manager.proof();
    const sentAt = performance.now();
    const reply = await this.manager.get(`/api/branches/${cast.branchId}/floor`, floorReplySchema);
    time.learn(reply.at, sentAt, performance.now());
    this.picture.onFloor(reply.floor, reply.seq);
    return reply.floor;
  }

  /** Whoever may read the branch. */
  get reader(): HubClient {
    return this.manager;
  }

  private onFailure: (error: unknown) => void = (error) => {
    this.failed ??= error;
  };

  private fail(error: unknown): void {
    this.onFailure(error);
  }

  private note(who: string, refusal: HubRefusal): void {
    this.refusals.set(refusal.code, (this.refusals.get(refusal.code) ?? 0) + 1);
    this.options.onRefused?.(who, refusal);
    if (performance.now() - this.resyncedAt < RESYNC_AT_MOST_EVERY_MS) return;
    this.resyncedAt = performance.now();
    this.lookAgain();
  }

  private lookAgain(): void {
    this.look().catch((error: unknown) => {
      if (this.options.stop.aborted) return;
      this.options.log(`${this.options.cast.branchId}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  private client(credentials: Credentials): HubClient {
    const { baseUrl, stop, onAcknowledged, repeat } = this.options;
    const client = new HubClient({ baseUrl, credentials, signal: stop, onAcknowledged, repeat, retryForMs: 120_000 });
    this.clients.push(client);
    return client;
  }
}
