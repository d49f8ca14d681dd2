import { expect, test } from 'vitest';
import { Draws } from './draws.ts';
import { LineForecaster, LONGEST_LINE } from './forecaster.ts';
import type { Calendar, LineEvent, WaitForecast } from './line.ts';
import { WaitModelFit } from './wait-model.ts';

const SEED = 11;
const MINUTE = 60_000;
const DAY = 86_400_000;
const calendar: Calendar = (at) => ({ day: Math.floor(at / DAY), weekday: (Math.floor(at / DAY) % 7) + 1, timeOfDayMs: at % DAY });

/** Days of a line: two servers, services of about two minutes, one customer in about a minute. */
function lineOfDays(days: number, draws: Draws): LineEvent[] {
  const events: LineEvent[] = [];
  for (let day = 1; day <= days; day += 1) {
    let at = day * DAY + 9 * 60 * MINUTE;
    const free = [at, at];
    for (let n = 0; n < 70; n += 1) {
      at += Math.ceil(draws.exponential(65_000));
      const id = `${day}-${n}`;
      const kind = draws.next() < 0.3 ? 'loan' : 'cash';
      events.push({ type: 'joined', at, id, kind, priority: 0, creditMs: 0 });
      const first = (free[0] as number) <= (free[1] as number) ? 0 : 1;
      const startAt = Math.max(at, free[first] as number);
      const endAt = startAt + Math.ceil(10_000 + draws.exponential(kind === 'loan' ? 150_000 : 90_000));
      free[first] = endAt;
      events.push({ type: 'started', at: startAt, id, kind, server: `w${first}` }, { type: 'ended', at: endAt, server: `w${first}` });
    }
  }
  return events.sort((a, b) => a.at - b.at);
}

const ask = { kind: 'cash', priority: 0, creditMs: 0 };

/** What is told of every customer at the instant they join, with the learner taught anew each morning. */
function told(events: readonly LineEvent[]): WaitForecast[] {
  const forecaster = new LineForecaster({ calendar });
  let day = 0;
  return events.flatMap((event) => {
    if (calendar(event.at).day !== day) {
      day = calendar(event.at).day;
      const lessons = forecaster.lessons();
      if (lessons.waitsS.length > 120) forecaster.adopt(new WaitModelFit(lessons, SEED).finish());
    }
    const forecast = event.type === 'joined' ? [forecaster.predict(event.at, { ...event, joinedAt: event.at })] : [];
    forecaster.observe(event);
    return forecast;
  });
}

test('another future changes nothing of what was told before', () => {
  const events = lineOfDays(3, new Draws(SEED));
  const cut = events.findIndex(({ at }) => at > 3 * DAY + 9 * 60 * MINUTE + 40 * MINUTE);
  const changesAt = (events[cut] as LineEvent).at;
  // From then on nobody is served, and those in service never end.
  const other = events.filter((event, index) => index < cut || event.type === 'joined');
  const before = events.slice(0, cut).filter(({ type }) => type === 'joined').length;
  const [one, two] = [told(events), told(other)];
  expect(before).toBeGreaterThan(150);
  expect(two.slice(0, before)).toEqual(one.slice(0, before));
  expect(two.slice(before + 5), `unchanged after ${changesAt}, seed ${SEED}`).not.toEqual(one.slice(before + 5));
});

const opened = (...servers: string[]): LineForecaster => {
  const forecaster = new LineForecaster({ calendar, priorServiceMs: 2 * MINUTE });
  for (const server of servers) forecaster.observe({ type: 'server', at: DAY, server, duty: 'open', kinds: ['cash'] });
  return forecaster;
};
const queueUp = (forecaster: LineForecaster, count: number, kind = 'cash'): void => {
  for (let n = 0; n < count; n += 1) forecaster.observe({ type: 'joined', at: DAY + n, id: `${kind}${n}`, kind, priority: 0, creditMs: 0 });
};

test('on its first day it tells a sensible wait: none at a free window, longer behind others, shorter with one window more', () => {
  expect(opened('w1').predict(DAY + MINUTE, ask)).toMatchObject({ q10Ms: 0, q50Ms: 0 });
  const [one, two] = [opened('w1'), opened('w1', 'w2')];
  for (const forecaster of [one, two]) queueUp(forecaster, 8);
  const behindEight = one.predict(DAY + MINUTE, ask);
  expect(behindEight.q50Ms).toBeGreaterThan(8 * MINUTE);
  expect(behindEight.q50Ms).toBeLessThan(24 * MINUTE);
  expect(two.predict(DAY + MINUTE, ask).q50Ms).toBeLessThan(0.7 * behindEight.q50Ms);
});

test('a window about to open counts from then on; one that closes stops; services nobody near takes are not ahead', () => {
  const soon = opened('w1');
  queueUp(soon, 8);
  const before = soon.predict(DAY + MINUTE, ask);
  soon.observe({ type: 'server', at: DAY + MINUTE, server: 'w2', duty: 'closed', kinds: ['cash'], changesAt: DAY + 3 * MINUTE });
  const planned = soon.predict(DAY + MINUTE, ask);
  expect(planned.q50Ms).toBeLessThan(before.q50Ms);
  soon.observe({ type: 'server', at: DAY + 2 * MINUTE, server: 'w2', duty: 'closed' });
  expect(soon.predict(DAY + 2 * MINUTE, ask).q50Ms).toBeGreaterThan(planned.q50Ms);

  const apart = opened('w1');
  queueUp(apart, 6, 'loan');
  expect(apart.predict(DAY + MINUTE, ask).q50Ms).toBe(0);
});

test('asking for one and for all of the queue says the same, in the order of calling that is given', () => {
  const forecaster = opened('w1', 'w2');
  queueUp(forecaster, 6);
  const all = forecaster.predictAll(DAY + MINUTE);
  expect(all.map(({ customer }) => customer.id)).toEqual(['cash0', 'cash1', 'cash2', 'cash3', 'cash4', 'cash5']);
  const last = forecaster.predictAll(DAY + MINUTE, all.map(({ customer }) => customer).toReversed());
  expect(last[0]?.customer.id).toBe('cash5');
  expect(last[0]?.forecast.q50Ms).toBe(all[0]?.forecast.q50Ms);
  for (const { forecast } of all) expect(forecast.q10Ms <= forecast.q50Ms && forecast.q50Ms <= forecast.q90Ms).toBe(true);
  expect(all[5]?.forecast.q50Ms).toBeGreaterThan(all[2]?.forecast.q50Ms as number);
});

test('who has credit goes before those who came first; asking changes nothing', () => {
  const forecaster = opened('w1');
  queueUp(forecaster, 6);
  const urgent = forecaster.predict(DAY + MINUTE, { kind: 'cash', priority: 1, creditMs: 10 * MINUTE });
  const ordinary = forecaster.predict(DAY + MINUTE, ask);
  expect(urgent.q50Ms).toBeLessThan(ordinary.q50Ms / 2);
  expect(forecaster.predict(DAY + MINUTE, { kind: 'cash', priority: 1, creditMs: 10 * MINUTE })).toEqual(urgent);
});

test('a model and a calibration are carried over as JSON; one learnt from other features is refused', () => {
  const events = lineOfDays(2, new Draws(SEED));
  const [taught, fresh] = [new LineForecaster({ calendar }), new LineForecaster({ calendar })];
  for (const event of events) taught.observe(event);
  const model = new WaitModelFit(taught.lessons(), SEED).finish();
  expect(taught.adopt(model)).toBe(true);
  for (const event of events) fresh.observe(event);
  fresh.restore(JSON.parse(JSON.stringify(taught)) as ReturnType<LineForecaster['toJSON']>);
  const at = 2 * DAY + 15 * 60 * MINUTE;
  expect(fresh.predict(at, ask)).toEqual(taught.predict(at, ask));
  expect(fresh.adopt({ ...model, features: ['moonPhase'] })).toBe(false);
  expect(JSON.stringify(taught).length).toBeLessThan(1_000_000);
});

test('who joins behind more people than are forecast one by one teaches nothing', () => {
  const forecaster = new LineForecaster({ calendar });
  const at = DAY + 9 * 60 * MINUTE;
  for (let n = 0; n <= LONGEST_LINE; n += 1) forecaster.observe({ type: 'joined', at: at + n, id: `t${n}`, ...ask });
  const started = (id: string): LineEvent => ({ type: 'started', at: at + MINUTE, id, kind: 'cash', server: 'w0' });
  forecaster.observe(started(`t${LONGEST_LINE}`));
  expect(forecaster.lessons().waitsS).toHaveLength(0);
  forecaster.observe(started(`t${LONGEST_LINE - 1}`));
  expect(forecaster.lessons().waitsS).toHaveLength(1);
});
