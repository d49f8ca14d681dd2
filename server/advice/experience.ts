/** What a branch's days teach the advisor: its past from the read models, the running day from the state and then by its events. */
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState, Day, Ticket } from '../../shared/branch/branch.state.ts';
import { zoneOf } from '../../shared/branch/queue/order.ts';
import { BranchLessons } from '../../shared/forecast/branch-lessons.ts';
import { timeOfDay } from '../../shared/forecast/day-time.ts';
import type { Durations } from '../../shared/forecast/durations.ts';
import { FlowToday } from '../../shared/forecast/flow-today.ts';
import { type Experience, type SeenArrival, type Zone, zones } from '../../shared/forecast/outlook.ts';
import type { PastDay } from '../../shared/forecast/past-day.ts';

const DAY_MS = 24 * 3_600_000;
/** Who stood at the door when the day began says nothing of how many come now. */
const AT_THE_DOOR_MS = 60_000;

const leftUncalled: readonly string[] = ['ticket.cancelled', 'ticket.unserved', 'ticket.divertLapsed'];
const freed: readonly string[] = ['ticket.completed', 'ticket.noShow', 'ticket.parked', 'ticket.transferred'];
const gone: readonly Ticket['state'][] = ['cancelled', 'diverted', 'unserved'];

export class BranchExperience implements Experience {
  private today: Readonly<Record<Zone, FlowToday>>;
  /** Hub ms; undefined until the first customer of the day. */
  private countedFrom: number | undefined;
  private now: number;

  private constructor(
    private readonly lessons: BranchLessons,
    private readonly config: BranchState['config'],
    state: BranchState,
    private readonly day: Day,
    now: number,
  ) {
    this.now = now;
    const issued = [...state.tickets.values()].filter(({ walkUp }) => walkUp !== true).sort((a, b) => a.issuedAt - b.issuedAt);
    this.today = this.todayFrom(now);
    for (const ticket of issued) {
      this.arrived(state, ticket, ticket.issuedAt);
      if (gone.includes(ticket.state)) lessons.left((ticket.endedAt ?? now) - ticket.arrivedAt, ticket.state === 'cancelled');
      else if (ticket.state === 'completed' || ticket.state === 'noShow') this.took(ticket, ticket.endedAt ?? now);
    }
  }

  /** Learns day by day, so that whoever runs it can let others go first. `state` is the branch's as it is when it begins. */
  static *learn(
    past: Iterable<PastDay>,
    state: BranchState,
    latest: () => BranchState,
    now: () => number,
  ): Generator<void, BranchExperience> {
    const lessons = new BranchLessons(state);
    for (const day of past) {
      lessons.learn(day);
      yield;
    }
    const current = latest();
    if (current.day === undefined) throw new RangeError(`${state.branchId} has no business day`);
    return new BranchExperience(lessons, state.config, current, current.day, now());
  }

  /** Another day, a day that is said to be of another type, another configuration: all of it is learnt anew. */
  isOf({ day, config }: Pick<BranchState, 'day' | 'config'>): boolean {
    return this.day.date === day?.date && this.day.dayType === day.dayType && this.config === config;
  }

  get arrivals(): readonly SeenArrival[] {
    return this.lessons.arrivals;
  }

  durationsOf(serviceId: string): Durations {
    return this.lessons.durationsOf(serviceId);
  }

  expected(zone: Zone, from: number, until: number): number {
    const nowMs = timeOfDay(this.now, this.day);
    // Past midnight as many come as just before it: tomorrow's flow begins tomorrow.
    const beyond = Math.max(0, timeOfDay(until, this.day) - DAY_MS);
    const stretch = [timeOfDay(from, this.day) - beyond, timeOfDay(until, this.day) - beyond] as const;
    return this.today[zone].expected(nowMs, ...stretch);
  }

  get stayShare(): number {
    return this.lessons.stayShare;
  }

  get patienceS(): number {
    return this.lessons.patienceS;
  }

  /** `state` is the branch's after the events. */
  note(events: readonly StoredBranchEvent[], state: BranchState): void {
    for (const event of events) {
      if (event.type === 'ticket.issued') this.arrived(state, event, event.at);
      if (!('ticketId' in event) || event.ticketId === undefined) continue;
      const ticket = state.tickets.get(event.ticketId);
      if (ticket === undefined) continue;
      if (leftUncalled.includes(event.type)) this.lessons.left(event.at - ticket.arrivedAt, event.type === 'ticket.cancelled');
      if (freed.includes(event.type)) this.took(ticket, event.at);
    }
  }

  /** The day as it was expected; only what comes from `at` (hub ms) on says more of it. */
  private todayFrom(at: number): Readonly<Record<Zone, FlowToday>> {
    const traits = this.lessons.traitsOf(this.day);
    const flowOf = (zone: Zone): FlowToday => new FlowToday(this.lessons.day(zone, traits), timeOfDay(at, this.day));
    return { cash: flowOf('cash'), nonCash: flowOf('nonCash') };
  }

  /** Time has passed. */
  passTo(now: number): void {
    this.now = now;
  }

  private arrived(state: BranchState, { serviceId, segment }: Pick<Ticket, 'serviceId' | 'segment'>, at: number): void {
    this.lessons.arrived({ at, serviceId, segment });
    if (this.countedFrom === undefined) {
      this.countedFrom = Math.max(at, this.day.opensAt ?? 0) + AT_THE_DOOR_MS;
      this.today = this.todayFrom(this.countedFrom);
    }
    const zone = zones.find((one) => one === zoneOf(state, serviceId));
    if (zone !== undefined && at >= this.countedFrom) this.today[zone].arrived(timeOfDay(at, this.day));
  }

  private took({ serviceId, arrivedAt, calledAt, startedAt }: Ticket, endedAt: number): void {
    const begunAt = calledAt ?? startedAt ?? endedAt;
    this.lessons.served(serviceId, endedAt - begunAt, Math.max(0, begunAt - arrivedAt));
  }
}
