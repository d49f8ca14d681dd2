/** The demo's customers and tellers in virtual time: the simulator's own plan of who comes, and its tellers' habits without the sockets. */
import type { Params } from '../../simulator/params/params.ts';
import type { Arrival } from '../../simulator/people/crowd.ts';
import type { Visit } from '../../simulator/plan/visit.ts';
import { type Random, seededRandom } from '../../simulator/random.ts';
import type { VirtualBranch } from './branch.ts';

const RECALL_AFTER_MS = 25_000;
const NO_SHOW_AFTER_MS = 70_000;
/** From the back office to the window. */
const ON_THE_WAY_MS = { least: 40_000, most: 100_000 };

export class People {
  balked = 0;
  private readonly visits = new Map<string, Visit>();
  private readonly tellers: VirtualTeller[];

  constructor(
    readonly branch: VirtualBranch,
    readonly params: Params,
    seed: number,
  ) {
    this.tellers = (branch.state.config?.counters ?? []).map(
      ({ id, number }) => new VirtualTeller(this, id, `teller${number}`, seededRandom(seed, 'teller', id)),
    );
    branch.onEvents((events) => {
      for (const event of events) {
        if (event.type === 'ticket.issued') for (const teller of this.tellers) teller.nudge();
        if (event.type === 'counter.closed' || event.type === 'ticket.completed') this.tellerAt(event.counterId)?.nudge();
        if (event.type === 'advice.begun' && branch.state.advice[event.adviceId]?.kind === 'closeWindow')
          this.tellerOf(event.staffId)?.leave();
        if (event.type === 'counter.paused' && event.cashCount === true)
          branch.after(
            this.params.manager.confirmCashCount.medianMs,
            () => void branch.try({ type: 'counter.confirmCashCount', counterId: event.counterId }),
          );
        if (event.type === 'advice.accepted' && event.card.kind === 'openWindow')
          this.tellerOf(event.card.staffId)?.comeSoon(event.card.counterId);
      }
    });
  }

  /** Sit down at once at these windows. */
  begin(open: readonly string[]): void {
    for (const counterId of open) this.tellerAt(counterId)?.sitDown();
  }

  come(arrivals: Iterable<Arrival>): void {
    for (const arrival of arrivals) this.branch.at(arrival.at, () => this.enter(arrival));
  }

  visitOf(ticketId: string): Visit {
    const visit = this.visits.get(ticketId);
    if (visit === undefined) throw new Error(`nobody came with ${ticketId}`);
    return visit;
  }

  get openWindows(): number {
    return Object.values(this.branch.state.counters).filter(({ state }) => state !== 'closed' && state !== 'paused').length;
  }

  private tellerOf(staffId: string | undefined): VirtualTeller | undefined {
    return this.tellers.find((teller) => teller.staffId === staffId);
  }

  private tellerAt(counterId: string | undefined): VirtualTeller | undefined {
    return this.tellers.find((teller) => teller.counterId === counterId);
  }

  private enter({ visit }: Arrival): void {
    const { branch, params } = this;
    const [wish] = visit.transactions;
    if (wish === undefined) return;
    if (branch.state.waiting > params.arrivals.balkPerWindow * Math.max(1, this.openWindows)) {
      this.balked += 1;
      return;
    }
    const { serviceId, amountFen, notes, coinShare } = wish;
    const issued = branch.try({ type: 'ticket.issue', serviceId, segment: visit.segment, amountFen, notes, coinShare });
    const ticketId = issued?.['ticketId'];
    if (typeof ticketId !== 'string') return;
    this.visits.set(ticketId, visit);
    for (const teller of this.tellers) teller.nudge();
    if (visit.patienceMs === undefined) return;
    branch.after(visit.patienceMs, () => {
      if (branch.state.tickets.get(ticketId)?.state === 'waiting') branch.try({ type: 'ticket.cancel', ticketId, reason: '等不及' });
    });
  }
}

class VirtualTeller {
  private onDuty = false;
  private reacting = false;
  private pauseAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly people: People,
    public counterId: string,
    readonly staffId: string,
    private readonly random: Random,
  ) {}

  sitDown(): void {
    const { branch } = this.people;
    this.onDuty = true;
    const { counterId, staffId } = this;
    branch.try({ type: 'counter.open', counterId, staffId });
    this.pauseAt = branch.now + this.random.between(0.1, 1.1) * this.pauseEvery();
    this.nudge();
  }

  comeSoon(counterId: string | undefined): void {
    this.people.branch.after(this.random.between(ON_THE_WAY_MS.least, ON_THE_WAY_MS.most), () => {
      if (!this.onDuty) this.counterId = counterId ?? this.counterId;
      this.sitDown();
    });
  }

  leave(): void {
    this.onDuty = false;
  }

  /** Looks up: whoever is free takes the next after a moment. */
  nudge(): void {
    const { branch, params } = this.people;
    if (this.reacting || !this.onDuty || branch.state.counters[this.counterId]?.state !== 'idle') return;
    this.reacting = true;
    branch.after(this.random.logNormal(params.tellers.reaction.medianMs, params.tellers.reaction.sigma), () => {
      this.reacting = false;
      this.next();
    });
  }

  private pauseEvery(): number {
    const { pauseEvery } = this.people.params.tellers;
    return this.random.logNormal(pauseEvery.medianMs, pauseEvery.sigma);
  }

  private next(): void {
    const { branch } = this.people;
    const { counterId } = this;
    if (branch.state.counters[counterId]?.state !== 'idle') return;
    if (branch.now >= this.pauseAt && this.mayPause()) return this.pause();
    const ticketId = branch.try({ type: 'ticket.callNext', counterId })?.['ticketId'];
    if (typeof ticketId !== 'string') return;
    const visit = this.people.visitOf(ticketId);
    if (visit.noShow === 'no') return branch.after(visit.walkMs, () => this.serve(ticketId, visit, 0));
    branch.after(RECALL_AFTER_MS, () => void branch.try({ type: 'ticket.recall', counterId }));
    branch.after(NO_SHOW_AFTER_MS, () => {
      branch.try({ type: 'ticket.noShow', counterId, ticketId });
      this.nudge();
    });
  }

  private serve(ticketId: string, visit: Visit, place: number): void {
    const { branch } = this.people;
    const { counterId } = this;
    const transaction = visit.transactions[place];
    if (transaction === undefined) {
      branch.try({ type: 'ticket.complete', counterId, ticketId });
      return this.nudge();
    }
    const { serviceId, amountFen, notes, coinShare, ms } = transaction;
    if (place === 0) branch.try({ type: 'ticket.start', counterId, amountFen, notes, coinShare });
    else branch.try({ type: 'ticket.addItem', counterId, serviceId, amountFen, notes, coinShare });
    branch.after(ms, () => this.serve(ticketId, visit, place + 1));
  }

  private mayPause(): boolean {
    const { branch, params } = this.people;
    const seats = Object.values(branch.state.counters).filter(({ state }) => state !== 'closed');
    const paused = seats.filter(({ state }) => state === 'paused').length;
    return paused < Math.max(1, Math.floor(seats.length * params.tellers.mostPausedShare)) && branch.state.waiting < 2.5 * seats.length;
  }

  private pause(): void {
    const { branch, params } = this.people;
    const { counterId, random } = this;
    const lengthMs = Math.round(random.logNormal(params.tellers.pause.medianMs, params.tellers.pause.sigma));
    this.pauseAt = branch.now + lengthMs + this.pauseEvery();
    branch.try({ type: 'counter.pause', counterId, reason: '短暂离柜', backAt: branch.now + lengthMs });
    branch.after(Math.max(lengthMs, 120_000), () => {
      branch.try({ type: 'counter.resume', counterId });
      this.nudge();
    });
  }
}
