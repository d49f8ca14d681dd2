/** One virtual customer: what they come for, how long it takes, and how they behave. */
import type { Segment } from '../../shared/contract/config.ts';
import type { Params, ServiceMix } from '../params/params.ts';
import type { Random } from '../random.ts';

export interface Transaction {
  readonly serviceId: string;
  readonly ms: number;
  readonly amountFen?: number;
  readonly notes?: number;
  readonly coinShare?: number;
}

export interface Visit {
  readonly segment: Segment;
  /** At least one. */
  readonly transactions: readonly Transaction[];
  readonly partySize?: number;
  readonly walkMs: number;
  /** Never comes to the window; `late` comes to the lobby manager afterwards. */
  readonly noShow: 'no' | 'gone' | 'late';
  /** Gives up after waiting so long; absent = waits as long as it takes. */
  readonly patienceMs?: number;
  readonly rating?: number;
}

const LARGEST_NOTE_FEN = 10_000;

export function drawVisit(params: Params, random: Random, offered: (serviceId: string) => boolean): Visit {
  const mix = params.services.filter(({ serviceId }) => offered(serviceId));
  const transactions = [drawTransaction(params, mix, random)];
  while (transactions.length < params.visit.most && random.chance(params.visit.another)) {
    const zone = mix.filter(({ medianMs }) => medianMs < 600_000);
    transactions.push(drawTransaction(params, zone.length > 0 ? zone : mix, random));
  }
  const kinds = Object.keys(params.segments) as Segment[];
  const segment = kinds[random.weighted(kinds.map((kind) => params.segments[kind] ?? 0))] ?? 'ordinary';
  const slow = segment === 'over80' || segment === 'disabled' || segment === 'elderly' ? 1.5 : 1;
  const company = random.chance(params.visit.company);
  const absent = random.chance(params.noShow.share);
  return {
    segment,
    transactions,
    walkMs: Math.round(random.logNormal(params.visit.walk.medianMs, params.visit.walk.sigma) * slow),
    noShow: absent ? (random.chance(params.noShow.lateShare) ? 'late' : 'gone') : 'no',
    ...(company && { partySize: 2 + Math.floor(random.next() * 2) }),
    ...(random.chance(params.patience.share) && {
      patienceMs: Math.round(random.logNormal(params.patience.medianMs, params.patience.sigma)),
    }),
    ...(random.chance(params.rating.coverage) && { rating: 1 + random.weighted(params.rating.scores) }),
  };
}

/** For a ticket that the simulator did not issue: somebody pressed the kiosk, or an earlier run left it. */
export function strangerVisit(params: Params, random: Random, ticket: { serviceId: string; segment?: Segment }): Visit {
  const known = params.services.filter(({ serviceId }) => serviceId === ticket.serviceId);
  return {
    segment: ticket.segment ?? 'ordinary',
    transactions: [drawTransaction(params, known.length > 0 ? known : params.services.slice(0, 1), random, ticket.serviceId)],
    walkMs: Math.round(random.logNormal(params.visit.walk.medianMs, params.visit.walk.sigma)),
    noShow: 'no',
  };
}

function drawTransaction(params: Params, mix: readonly ServiceMix[], random: Random, serviceId?: string): Transaction {
  const service = mix[random.weighted(mix.map(({ share }) => share))];
  if (service === undefined) throw new Error('no service of the parameters is offered by this branch');
  const trouble = random.chance(params.visit.trouble.share) ? params.visit.trouble.factor : 1;
  const coins = service.cash === true && random.chance(params.visit.coins.share);
  const coinShare = coins ? Math.round(random.between(params.visit.coins.low, params.visit.coins.high) * 100) / 100 : undefined;
  const amountFen =
    service.amount &&
    Math.max(LARGEST_NOTE_FEN, roundTo(random.logNormal(service.amount.medianFen, service.amount.sigma), LARGEST_NOTE_FEN));
  const slower = 1 + (coinShare ?? 0);
  return {
    serviceId: serviceId ?? service.serviceId,
    ms: Math.max(3_000, Math.round(random.logNormal(service.medianMs, service.sigma) * trouble * slower)),
    ...(amountFen !== undefined && { amountFen }),
    ...(amountFen !== undefined && service.cash === true && { notes: Math.min(100, amountFen / LARGEST_NOTE_FEN) }),
    ...(coinShare !== undefined && { coinShare }),
  };
}

function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}
