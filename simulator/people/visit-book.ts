/** Who is behind each ticket: the plan the customer came with, or one made up for somebody unknown. */
import type { Params } from '../params/params.ts';
import { strangerVisit, type Transaction, type Visit } from '../plan/visit.ts';
import { seededRandom } from '../random.ts';
import type { TicketView } from './floor-picture.ts';

export interface Entry {
  readonly visit: Visit;
  /** Path of the customer's phone page, `/t/TOKEN`. */
  readonly follow?: string;
  /** Transactions already done. */
  done: number;
  parked: boolean;
}

export class VisitBook {
  private readonly entries = new Map<string, Entry>();
  private readonly params: Params;
  private readonly seed: number;

  constructor(params: Params, seed: number) {
    this.params = params;
    this.seed = seed;
  }

  add(ticketId: string, visit: Visit, follow?: string): void {
    this.entries.set(ticketId, { visit, follow, done: 0, parked: false });
  }

  get(ticketId: string): Entry | undefined {
    return this.entries.get(ticketId);
  }

  of(ticket: Pick<TicketView, 'id' | 'serviceId' | 'segment'>): Entry {
    const known = this.entries.get(ticket.id);
    if (known !== undefined) return known;
    const entry: Entry = {
      visit: strangerVisit(this.params, seededRandom(this.seed, 'stranger', ticket.id), ticket),
      done: 0,
      parked: false,
    };
    this.entries.set(ticket.id, entry);
    return entry;
  }

  /** What they have come for now; the last one again when the plan is through (a ticket that came back). */
  current(entry: Entry): Transaction {
    const transaction = entry.visit.transactions[Math.min(entry.done, entry.visit.transactions.length - 1)];
    if (transaction === undefined) throw new Error('a visit has at least one transaction');
    return transaction;
  }

  /** A late-comer is there now: the next call finds them. */
  arrived(ticketId: string): void {
    const entry = this.entries.get(ticketId);
    if (entry !== undefined) this.entries.set(ticketId, { ...entry, visit: { ...entry.visit, noShow: 'no' } });
  }

  remove(ticketId: string): void {
    this.entries.delete(ticketId);
  }
}
