/** What a branch's days teach the advisor: its past from the read models, the running day from the state and then by its events. */
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState, Day, Ticket } from '../../shared/branch/branch.state.ts';
import { zoneOf } from '../../shared/branch/queue/order.ts';
import { BranchLessons, type PastDay, timeOfDay, traitsOf } from '../../shared/forecast/branch-lessons.ts';
import type { Durations } from '../../shared/forecast/durations.ts';
import { FlowToday } from '../../shared/forecast/flow-today.ts';
import { type Experience, type SeenArrival, type Zone, zones } from '../../shared/forecast/outlook.ts';

const DAY_MS = 24 * 3_600_000;
/** Who stood at the door when the day began says nothing of how many come now. */
const AT_THE_DOOR_MS = 60_000;

const leftUncalled: readonly string[] = ['ticket.cancelled', 'ticket.unserved', 'ticket.divertLapsed'];
const freed: readonly string[] = ['ticket.completed', 'ticket.noShow', 'ticket.parked', 'ticket.transferred'];
const gone: readonly Ticket['state'][] = ['cancelled', 'diverted', 'unserved'];

export class BranchExperience implements Experience {
  private readonly today: Readonly<Record<Zone, FlowToday>>;
  private readonly countedFrom: number;
  private now: number;

  private constructor(
    private readonly lessons: BranchLessons,
    state: BranchState,
    private readonly day: Day,
    now: number,
  ) {
    this.now = now;
    const issued = [...state.tickets.values()].filter(({ walkUp }) => walkUp !== true).sort((a, b) => a.issuedAt - b.issuedAt);
    const begun = day.opensAt ?? day.phaseSince;
    this.countedFrom = Math.min(now, Math.max(issued[0]?.issuedAt ?? now, Math.min(begun, now)) + AT_THE_DOOR_MS);
    const flowOf = (zone: Zone): FlowToday =>
      new FlowToday(lessons.day(zone, traitsOf({ date: day.date, dayType: day.dayType })), timeOfDay(this.countedFrom, day));
    this.today = { cash: flowOf('cash'), nonCash: flowOf('nonCash') };
    for (const ticket of issued) {
      this.arrived(state, ticket, ticket.issuedAt);
      if (gone.includes(ticket.state)) lessons.left();
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
    return new BranchExperience(lessons, current, current.day, now());
  }

  get date(): string {
    return this.day.date;
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
    return this.today[zone].expected(nowMs, ...stretch) * this.lessons.stayShare;
  }

  /** `state` is the branch's after the events. */
  note(events: readonly StoredBranchEvent[], state: BranchState): void {
    for (const event of events) {
      if (event.type === 'ticket.issued') this.arrived(state, event, event.at);
      if (leftUncalled.includes(event.type)) this.lessons.left();
      if (!freed.includes(event.type) || !('ticketId' in event)) continue;
      const ticket = state.tickets.get(event.ticketId);
      if (ticket !== undefined) this.took(ticket, event.at);
    }
  }

  /** Time has passed. */
  passTo(now: number): void {
    this.now = now;
  }

  private arrived(state: BranchState, { serviceId, segment }: Pick<Ticket, 'serviceId' | 'segment'>, at: number): void {
    this.lessons.arrived({ at, serviceId, segment });
    const zone = zones.find((one) => one === zoneOf(state, serviceId));
    if (zone !== undefined && at >= this.countedFrom) this.today[zone].arrived(timeOfDay(at, this.day));
  }

  private took({ serviceId, calledAt, startedAt }: Ticket, endedAt: number): void {
    this.lessons.served(serviceId, endedAt - (calledAt ?? startedAt ?? endedAt));
  }
}
