/** What a forecast costs: one ticket behind thirty, and a queue of five hundred, with a learnt model. */
import { Draws } from '../../shared/forecast/draws.ts';
import { LineForecaster } from '../../shared/forecast/forecaster.ts';
import { queueLengthWaitWithLeavers } from '../../shared/forecast/formulas.ts';
import { WaitModelFit, type WaitModelJson } from '../../shared/forecast/wait-model.ts';
import { quantile } from '../support/load.ts';
import { callCalendar, eventsOf, FOUND_CREDIT_S } from './events.ts';
import { syntheticCalls } from './synthetic.ts';

const SERVERS = 12;
const KINDS = ['cash', 'loan', 'card'] as const;
const SECOND = 1_000;

export interface Cost {
  /** Mean processor time: it does not mind who else is busy. */
  readonly cpuMs: number;
  /** By the clock on the wall. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export function forecastSpeed(times: number, seed: number): { one: Cost; all: Cost; formula: number; trainMs: number; modelBytes: number } {
  const taught = new LineForecaster({ calendar: callCalendar });
  for (const { event } of eventsOf(syntheticCalls(5, 150, seed), FOUND_CREDIT_S)) taught.observe(event);
  const startedAt = performance.now();
  const model = new WaitModelFit(taught.lessons(), seed).finish();
  const trainMs = performance.now() - startedAt;
  const ask = { kind: 'cash', priority: 0, creditMs: 0 };
  const [short, long] = [lineOf(30, model, seed), lineOf(500, model, seed)];
  return {
    one: cost(times, () => short.forecaster.predict(short.at, ask)),
    all: cost(Math.ceil(times / 5), () => long.forecaster.predictAll(long.at)),
    formula: cost(20_000, () => queueLengthWaitWithLeavers(30, SERVERS, 180, 0.001)).p50Ms,
    trainMs,
    modelBytes: JSON.stringify(model).length,
  };
}

function lineOf(waiting: number, model: WaitModelJson, seed: number): { forecaster: LineForecaster; at: number } {
  const draws = new Draws(seed);
  const forecaster = new LineForecaster({ calendar: callCalendar });
  let at = Date.UTC(2001, 5, 5, 10);
  for (let n = 0; n < SERVERS; n += 1) {
    forecaster.observe({ type: 'server', at, server: `w${n}`, duty: 'open', kinds: n % 3 === 0 ? KINDS : ['cash', 'card'] });
    forecaster.observe({ type: 'started', at, kind: 'cash', server: `w${n}` });
  }
  for (let n = 0; n < waiting; n += 1) {
    at += SECOND;
    const kind = KINDS[Math.floor(draws.next() * KINDS.length)] as string;
    forecaster.observe({ type: 'joined', at, id: `t${n}`, kind, priority: 0, creditMs: draws.next() < 0.1 ? 600 * SECOND : 0 });
  }
  forecaster.adopt(model);
  return { forecaster, at: at + SECOND };
}

function cost(times: number, work: () => unknown): Cost {
  // Warm: a hub asks all day.
  for (let n = 0; n < times; n += 1) work();
  const before = process.cpuUsage();
  const took = Array.from({ length: times }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  const used = process.cpuUsage(before);
  took.sort((a, b) => a - b);
  return { cpuMs: (used.user + used.system) / 1_000 / times, p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99) };
}
