/** What a branch's day so far teaches: who comes, and how long they take. Read from the state once, then kept by its events. */
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState, Ticket } from '../../shared/branch/branch.state.ts';
import type { Experience, SeenArrival } from '../../shared/forecast/outlook.ts';

/** What came in so long says how many come now. */
const LATELY_MS = 20 * 60_000;
/** A young day is watched for so long before its rate is believed. */
const LEAST_WATCHED_MS = 3 * 60_000;
/** Who stood at the door when the day began says nothing of how many come now. */
const AT_THE_DOOR_MS = 60_000;
/** The mix of services and segments. */
const MIX_MS = 60 * 60_000;
const MOST_ARRIVALS = 600;
const MOST_SAMPLES = 300;
/** A window left with somebody at it over lunch is no service. */
const LONGEST_MS = 2 * 3_600_000;

const gone: readonly Ticket['state'][] = ['cancelled', 'diverted', 'unserved'];
const freed: readonly string[] = ['ticket.completed', 'ticket.noShow', 'ticket.parked', 'ticket.transferred'];

export class BranchExperience implements Experience {
  private seen: (SeenArrival & { readonly ticketId: string })[] = [];
  private readonly samples = new Map<string, number[]>();
  private readonly since: number;
  private now: number;

  constructor(state: BranchState, now: number) {
    this.now = now;
    const today = [...state.tickets.values()].sort((a, b) => a.issuedAt - b.issuedAt);
    for (const ticket of today)
      if (ticket.walkUp !== true && !gone.includes(ticket.state)) this.arrived(ticket.id, ticket, ticket.issuedAt);
    const ended = today.filter(({ state: how }) => how === 'completed' || how === 'noShow');
    for (const ticket of ended) this.took(ticket, ticket.endedAt ?? now);
    this.since = Math.min(now, (today[0]?.issuedAt ?? now) + AT_THE_DOOR_MS);
  }

  get arrivals(): readonly SeenArrival[] {
    return this.seen;
  }

  samplesOf(serviceId: string): readonly number[] {
    return this.samples.get(serviceId) ?? [];
  }

  get watchedMs(): number {
    return this.now - this.since;
  }

  /** As many as came lately, per time. */
  expected(from: number, until: number): number {
    const watched = Math.max(LEAST_WATCHED_MS, Math.min(LATELY_MS, this.now - this.since));
    const begins = Math.max(this.since, this.now - watched);
    const lately = this.seen.reduce((count, { at }) => count + (at > begins ? 1 : 0), 0);
    return (lately / watched) * (until - from);
  }

  /** `state` is the branch's after the events. */
  note(events: readonly StoredBranchEvent[], state: BranchState): void {
    for (const event of events) {
      if (event.type === 'ticket.issued') this.arrived(event.ticketId, event, event.at);
      // Who leaves the line uncalled is no work for a window: of those to come as many will.
      if (event.type === 'ticket.cancelled' || event.type === 'ticket.diverted')
        this.seen = this.seen.filter(({ ticketId }) => ticketId !== event.ticketId);
      if (!freed.includes(event.type) || !('ticketId' in event)) continue;
      const ticket = state.tickets.get(event.ticketId);
      if (ticket !== undefined) this.took(ticket, event.at);
    }
  }

  /** Time has passed: what is too old to count is dropped. */
  passTo(now: number): void {
    this.now = now;
    const from = this.seen.findIndex(({ at }) => at > now - MIX_MS);
    // With nobody for an hour the last mix is still the best there is.
    if (from > 0) this.seen = this.seen.slice(from);
  }

  private arrived(ticketId: string, { serviceId, segment }: Pick<Ticket, 'serviceId' | 'segment'>, at: number): void {
    this.seen.push({ ticketId, at, serviceId, segment });
    if (this.seen.length > MOST_ARRIVALS) this.seen = this.seen.slice(-MOST_ARRIVALS / 2);
  }

  private took({ serviceId, calledAt, startedAt }: Ticket, endedAt: number): void {
    const ms = endedAt - (calledAt ?? startedAt ?? endedAt);
    if (ms <= 0 || ms > LONGEST_MS) return;
    const known = this.samples.get(serviceId) ?? [];
    this.samples.set(serviceId, known);
    known.push(ms);
    if (known.length > MOST_SAMPLES) known.shift();
  }
}
