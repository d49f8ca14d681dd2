/** Business days of the demo's main branch in virtual time, its waits foretold as a hub foretells them, or by the formula alone. */
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { WaitRange } from '../../shared/branch/branch.state.ts';
import { LineReader } from '../../shared/branch/predict/line-reader.ts';
import { outlook as formulaOf, paceOf } from '../../shared/branch/predict/predict.ts';
import { defaultHours } from '../../shared/contract/default-config.ts';
import { outlookFrom, questionOf } from '../../server/forecast/branch-forecast.ts';
import { ForecastDesk } from '../../server/forecast/desk.ts';
import { planArrivals } from '../../simulator/branch-day.ts';
import { loadParams } from '../../simulator/params/params.ts';
import { hq01 } from '../../simulator/people/cast.ts';
import { VirtualBranch } from '../virtual/branch.ts';
import { People } from '../virtual/people.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Monday 2026-05-11, 08:30 in Shanghai. */
const BEGINS = Date.UTC(2026, 4, 11, 0, 30);
const WEEK = 7;
const WORKDAYS = 5;
/** As a hub, that looks half a second after each change, and so often when nothing changes. */
const AGAIN_MS = 5_000;
const SAMPLE_EVERY_MS = 5 * MINUTE;
/** No more numbers from here on, and the doors shut. */
const NUMBERS_MS = 8 * 60 * MINUTE;
const SERVED_BY_MS = 11 * 60 * MINUTE;
/** Windows that open with the line and close after it: waiting customers per open window. */
const OPENS_ABOVE = 3;
const CLOSES_BELOW = 0.7;
const OPEN_AT_LEAST_MS = 20 * MINUTE;

const ends: ReadonlySet<string> = new Set(['ticket.completed', 'ticket.noShow', 'ticket.cancelled', 'ticket.unserved', 'ticket.diverted']);

/** What a customer was told with the number, and what came: ms. */
interface Told {
  readonly waitMs: WaitRange;
  readonly cameMs: number;
}

/** When the last of those who were there would be done, as told at an instant, and when they were: hub ms. */
interface Cleared {
  readonly toldAt: number | undefined;
  /** By everybody's usual time, divided among the windows open. */
  readonly reckonedAt: number;
  readonly cameAt: number;
}

export interface DayOfWaits {
  readonly told: readonly Told[];
  readonly cleared: readonly Cleared[];
  /** What the forecaster's looks at the whole branch took, and the formula for the same would-be customers, ms each. */
  readonly looks: readonly Look[];
}

interface Look {
  readonly oursMs: number;
  readonly formulaMs: number;
}

export interface DaysOptions {
  readonly days: number;
  /** Hub ms of each day that are played; absent: all of it. */
  readonly forMs?: number;
  /** False: the formula alone. */
  readonly foretold: boolean;
}

/** A forecaster that learns from day to day, or none. */
class Forecaster {
  /** Of the day that is played. */
  looks: Look[] = [];
  private readonly work: (() => void)[] = [];
  private readonly desk = new ForecastDesk(
    (work) => void this.work.push(work),
    () => undefined,
  );

  constructor(branch: VirtualBranch) {
    this.desk.tell({ type: 'follow', branchId: branch.state.branchId, hours: defaultHours, memory: undefined });
  }

  /** Listens to a day and lays out what it foretells; answers when the hall will be empty of those who are there. */
  follow(branch: VirtualBranch): () => number | undefined {
    const { branchId } = branch.state;
    this.looks = [];
    const reader = new LineReader();
    let looked: { readonly seq: number; readonly at: number; readonly told: ReturnType<typeof outlookFrom> } | undefined;
    this.desk.tell({ type: 'hear', branchId, events: reader.begin(branch.state, branch.now) });
    branch.onEvents((events) => this.desk.tell({ type: 'hear', branchId, events: reader.read(events, branch.state) }));
    const look = (): ReturnType<typeof outlookFrom> => {
      const { state, now } = branch;
      if (looked?.seq === state.seq && now - looked.at < AGAIN_MS) return looked.told;
      const startedAt = performance.now();
      const question = questionOf(state, now);
      looked = { seq: state.seq, at: now, told: outlookFrom(question, this.desk.ask(question.asked)) };
      const toldAt = performance.now();
      for (const newcomer of question.newcomers) formulaOf(state, newcomer, now);
      this.looks.push({ oursMs: toldAt - startedAt, formulaMs: performance.now() - toldAt });
      for (let next = this.work.shift(); next !== undefined; next = this.work.shift()) next();
      return looked.told;
    };
    branch.quote = (kind) => look().quotes.get(kind);
    return () => look().outlook.clearAt;
  }
}

/** Opens and closes the elastic windows as the line grows and shrinks: what nobody told the forecaster. */
function manage(branch: VirtualBranch, people: People): void {
  const elastic = hq01.seats.filter((seat) => seat.elastic === true).map(({ counterId }) => counterId);
  const openedAt = new Map<string, number>();
  const look = (): void => {
    const perWindow = branch.state.waiting / Math.max(1, people.openWindows);
    const shut = elastic.find((id) => branch.state.counters[id]?.state === 'closed');
    const idle = elastic.find(
      (id) => branch.state.counters[id]?.state === 'idle' && branch.now - (openedAt.get(id) ?? 0) > OPEN_AT_LEAST_MS,
    );
    if (perWindow > OPENS_ABOVE && shut !== undefined) {
      openedAt.set(shut, branch.now);
      people.begin([shut]);
    } else if (perWindow < CLOSES_BELOW && idle !== undefined) branch.try({ type: 'counter.close', counterId: idle });
    branch.after(MINUTE, look);
  };
  branch.after(MINUTE, look);
}

interface Sample {
  readonly at: number;
  readonly toldAt: number | undefined;
  readonly reckonedAt: number;
  readonly present: readonly string[];
}

function sampleOf({ state, now }: VirtualBranch, toldAt: number | undefined): Sample | undefined {
  const here = [...state.tickets.values()].filter((ticket) => ['waiting', 'called', 'serving'].includes(ticket.state));
  if (here.length === 0) return undefined;
  // Whoever is at a window has half of it behind them.
  const work = here.reduce((sum, { state: at, serviceId }) => sum + paceOf(state, serviceId) * (at === 'waiting' ? 1 : 0.5), 0);
  const longest = Math.max(...here.filter(({ state: at }) => at === 'waiting').map(({ serviceId }) => paceOf(state, serviceId)), 0);
  const open = Object.values(state.counters).filter((counter) => counter.state !== 'closed' && counter.state !== 'paused').length;
  const reckonedAt = now + Math.max(0, work - longest) / Math.max(1, open) + longest;
  return { at: now, toldAt, reckonedAt, present: here.map(({ id }) => id) };
}

function clearedBy(log: readonly StoredBranchEvent[], samples: readonly Sample[]): Cleared[] {
  const endedAt = new Map<string, number>();
  for (const event of log)
    if (ends.has(event.type) && 'ticketId' in event && event.ticketId !== undefined) endedAt.set(event.ticketId, event.at);
  return samples.flatMap(({ present, toldAt, reckonedAt }) => {
    const ended = present.map((id) => endedAt.get(id) ?? Number.NaN);
    return ended.some(Number.isNaN) ? [] : { toldAt, reckonedAt, cameAt: Math.max(...ended) };
  });
}

function playDay(place: number, options: DaysOptions, learnt: { forecaster?: Forecaster }): DayOfWaits {
  const params = loadParams('ordinary');
  const weekday = place % WORKDAYS;
  const begins = BEGINS + (Math.floor(place / WORKDAYS) * WEEK + weekday) * DAY;
  const branch = new VirtualBranch(begins, weekday);
  const seed = place + 1;
  const people = new People(branch, params, seed);
  const offered = new Set((branch.state.config?.services ?? []).map(({ id }) => id));
  people.begin(hq01.seats.filter(({ elastic }) => elastic !== true).map(({ counterId }) => counterId));
  people.come(planArrivals({ cast: hq01, params, seed, from: '08:30', loop: false, forMs: NUMBERS_MS }, begins, 0, offered));
  manage(branch, people);
  let clearAt = (): number | undefined => undefined;
  if (options.foretold) clearAt = (learnt.forecaster ??= new Forecaster(branch)).follow(branch);
  branch.at(begins + NUMBERS_MS, () => void branch.try({ type: 'branch.setPhase', phase: 'lastNumber' }));
  const samples: Sample[] = [];
  const sample = (): void => {
    const one = sampleOf(branch, clearAt());
    if (one !== undefined) samples.push(one);
    branch.after(SAMPLE_EVERY_MS, sample);
  };
  branch.after(SAMPLE_EVERY_MS, sample);
  branch.run(begins + (options.forMs ?? SERVED_BY_MS));
  const told = branch.log.flatMap((event) => {
    if (event.type !== 'ticket.issued') return [];
    const calledAt = branch.state.tickets.get(event.ticketId)?.firstCalledAt;
    return calledAt === undefined ? [] : { waitMs: event.waitMs, cameMs: calledAt - event.at };
  });
  return { told, cleared: clearedBy(branch.log, samples), looks: learnt.forecaster?.looks ?? [] };
}

/** Workdays one after another; who comes depends on the day alone, so that both ways of foretelling see the same customers. */
export function playDays(options: DaysOptions): DayOfWaits[] {
  const learnt: { forecaster?: Forecaster } = {};
  return Array.from({ length: options.days }, (_, place) => playDay(place, options, learnt));
}
