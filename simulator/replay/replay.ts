/** A recorded real day through the running hub: its arrivals, its patience, its service times, its staffing. */
import { setMaxListeners } from 'node:events';
import { HubTime } from '../client/hub-time.ts';
import { eventsReplySchema, type HubEvent } from '../client/messages.ts';
import type { HubClient } from '../client/hub-client.ts';
import type { Cast } from '../people/cast.ts';
import { Crew } from '../people/crew.ts';
import type { Teller } from '../people/teller.ts';
import { loadParams, type Params } from '../params/params.ts';
import { planReplay } from './plan.ts';
import type { RecordedDay } from './recording.ts';
import { type ReplayReport, replayReport } from './report.ts';
import { type Shift, windowsAt } from './staffing.ts';

export interface ReplayOptions {
  readonly baseUrl: string;
  /** A branch of its own, all services at every seat, at least as many seats as the file ever had agents. */
  readonly cast: Cast;
  readonly day: RecordedDay;
  readonly shifts: readonly Shift[];
  /** Hub ms of the branch's local midnight that second 0 of the file falls on. */
  readonly dayStartAt: number;
  readonly seed: number;
  readonly speed: number;
  readonly signal?: AbortSignal;
  readonly log: (line: string) => void;
}

const LOOK_MS = 2_000;
const HOUR_MS = 3_600_000;
const PAGE = 1_000;

/** Undefined when ended by the signal. */
export async function runReplay(options: ReplayOptions): Promise<ReplayReport | undefined> {
  const { day, dayStartAt, seed, speed, signal, log, shifts } = options;
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const end = () => ending.abort();
  signal?.addEventListener('abort', end, { once: true });
  const time = new HubTime(speed);
  const plan = planReplay(day, dayStartAt, seed);
  const ticketOf = new Map<string, string>();
  const crew = new Crew({
    baseUrl: options.baseUrl,
    cast: options.cast,
    params: withoutHabits(),
    seed,
    time,
    stop: ending.signal,
    onDuty: () => false,
    balking: false,
    strangers: false,
    byPlan: false,
    onIssued: ({ key }, ticketId) => ticketOf.set(key ?? '', ticketId),
    onRefused: (who, refusal) => {
      if (who !== 'customer') return;
      log(`an arrival was refused: ${refusal.message}`);
      end();
    },
    log,
  });
  let arriving = true;
  const staff = async () => {
    for (let hour = 0; await time.pass(LOOK_MS, ending.signal); ) {
      const sinceMidnightMs = time.now() - dayStartAt;
      const lately = windowsAt(shifts, sinceMidnightMs / 1_000);
      const least = !arriving && crew.picture.tickets.size > 0 ? 1 : 0;
      setWindows(crew.tellers, Math.max(lately, least), crew);
      if (sinceMidnightMs < (hour + 1) * HOUR_MS) continue;
      hour = Math.floor(sinceMidnightMs / HOUR_MS);
      log(
        `${String(hour).padStart(2, '0')}:00  issued ${crew.crowd.issued} of ${plan.length}, waiting ${crew.picture.waiting}, windows ${crew.picture.openWindows()}`,
      );
    }
  };
  const serveTheRest = async () => {
    arriving = false;
    while (crew.picture.tickets.size > 0) if (!(await time.pass(LOOK_MS, ending.signal))) return;
  };
  try {
    await crew.begin();
    const staffing = staff();
    await crew.work(plan, serveTheRest);
    if (ending.signal.aborted) return undefined;
    const events = await wholeLog(crew.reader, options.cast.branchId);
    end();
    await staffing;
    const planned = new Map(plan.map(({ key, at, visit }) => [key ?? '', { at, serviceMs: visit.transactions[0]?.ms ?? 0 }]));
    return replayReport(day, events, ticketOf, planned);
  } finally {
    end();
    signal?.removeEventListener('abort', end);
    crew.end();
  }
}

/** Idle windows close first; nobody is sent away from one. */
function setWindows(tellers: readonly Teller[], wanted: number, crew: Crew): void {
  const on = tellers.filter(({ onDuty }) => onDuty);
  for (const teller of tellers.filter(({ onDuty }) => !onDuty).slice(0, Math.max(0, wanted - on.length))) teller.setDuty(true);
  const idleFirst = on.toSorted((a, b) => busy(crew, a) - busy(crew, b));
  for (const teller of idleFirst.slice(0, Math.max(0, on.length - wanted))) teller.setDuty(false);
}

function busy(crew: Crew, { place }: Teller): number {
  return crew.picture.counters.get(place.counterId)?.ticketId === undefined ? 0 : 1;
}

async function wholeLog(reader: HubClient, branchId: string): Promise<HubEvent[]> {
  const events: HubEvent[] = [];
  for (let after = 0; ; ) {
    const page = await reader.get(`/api/branches/${branchId}/events?after=${after}&limit=${PAGE}`, eventsReplySchema);
    events.push(...page.events);
    const last = page.events.at(-1);
    if (last === undefined || last.seq >= page.seq) return events;
    after = last.seq;
  }
}

/** The file's people have no habits of ours: they do what the file says, at once. */
function withoutHabits(): Params {
  const params = loadParams('ordinary');
  const never = { medianMs: Number.MAX_SAFE_INTEGER, sigma: 0 };
  const none = { medianMs: 0, sigma: 0 };
  return {
    ...params,
    tellers: {
      ...params.tellers,
      reaction: none,
      pauseEvery: never,
      helpShare: 0,
      parkShare: 0,
      walkUpShare: 0,
      fetchShare: 0,
      separateFinishShare: 0,
    },
    manager: { ...params.manager, divertShare: 0 },
  };
}
