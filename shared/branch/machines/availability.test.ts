import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpeningHours } from '../../aggregate.ts';
import { type FaultCode, machineStates } from '../../contract/machines.ts';
import { HOUR, MINUTE, NINE, SECOND, shanghai, testConfig } from '../testing/scenario.ts';
import { availabilityOf, dutyOf, type OutageCause, type Span, type StateSpan } from './availability.ts';

const { hours } = testConfig();
const posted: OpeningHours = { ...hours, roundTheClock: false };
const DAY = 24 * HOUR;
/** Monday 00:00. */
const MIDNIGHT = NINE - 9 * HOUR;

const up = (from: number, to: number): StateSpan => ({ from, to, state: 'inService', faults: [] });
const down = (from: number, to: number, ...faults: FaultCode[]): StateSpan => ({ from, to, state: 'outOfService', faults });

describe('availability', () => {
  test('an hour out of four is three quarters, and the outage keeps its cause', () => {
    const found = availabilityOf(
      [up(0, HOUR), down(HOUR, 2 * HOUR, 'paperOut', 'dispenserStopped'), up(2 * HOUR, 4 * HOUR)],
      [],
      [{ from: 0, to: 4 * HOUR }],
    );
    expect(found).toEqual({
      shouldMs: 4 * HOUR,
      upMs: 3 * HOUR,
      downMs: HOUR,
      plannedMs: 0,
      byCause: { dispenserStopped: HOUR },
      outages: [{ from: HOUR, to: 2 * HOUR, cause: 'dispenserStopped' }],
    });
  });

  test('planned maintenance counts neither for it nor against it', () => {
    const found = availabilityOf(
      [down(0, 2 * HOUR, 'offline'), up(2 * HOUR, 4 * HOUR)],
      [{ from: HOUR, to: 3 * HOUR }],
      [{ from: 0, to: 4 * HOUR }],
    );
    expect(found).toMatchObject({ shouldMs: 2 * HOUR, upMs: HOUR, downMs: HOUR, plannedMs: 2 * HOUR, byCause: { offline: HOUR } });
    expect(found.outages).toEqual([{ from: 0, to: HOUR, cause: 'offline' }]);
  });

  test('wanting attention is in service; silent, never heard and not yet registered are not', () => {
    const states: StateSpan[] = [
      { from: HOUR, to: 2 * HOUR, state: 'unknown', faults: [] },
      { from: 2 * HOUR, to: 3 * HOUR, state: 'attention', faults: ['paperLow'] },
      { from: 3 * HOUR, to: 4 * HOUR, state: 'unknown', faults: ['silent', 'cashLow'] },
    ];
    const found = availabilityOf(states, [], [{ from: 0, to: 4 * HOUR }]);
    expect(found).toMatchObject({ upMs: HOUR, byCause: { unknown: 2 * HOUR, silent: HOUR } });
    expect(found.outages).toEqual([
      { from: 0, to: 2 * HOUR, cause: 'unknown' },
      { from: 3 * HOUR, to: 4 * HOUR, cause: 'silent' },
    ]);
  });

  test('a night out of business hours is nobody’s outage', () => {
    const should = dutyOf({}, posted, shanghai, { from: MIDNIGHT, to: MIDNIGHT + DAY });
    expect(should).toEqual([{ from: NINE, to: NINE + 8 * HOUR }]);
    const found = availabilityOf([down(MIDNIGHT, NINE + HOUR, 'cashOut'), up(NINE + HOUR, MIDNIGHT + DAY)], [], should);
    expect(found).toMatchObject({ shouldMs: 8 * HOUR, downMs: HOUR, outages: [{ from: NINE, to: NINE + HOUR, cause: 'cashOut' }] });
  });

  test('a machine serves with its branch, always, or between two local times, also over midnight', () => {
    const within = { from: NINE, to: NINE + DAY };
    expect(dutyOf({ inService: 'branch' }, hours, shanghai, within)).toEqual([within]);
    expect(dutyOf({ inService: 'always' }, posted, shanghai, within)).toEqual([within]);
    expect(dutyOf({ inService: { from: '07:00', until: '23:00' } }, posted, shanghai, within)).toEqual([
      { from: NINE, to: MIDNIGHT + 23 * HOUR },
      { from: MIDNIGHT + DAY + 7 * HOUR, to: NINE + DAY },
    ]);
    expect(dutyOf({ inService: { from: '22:30', until: '06:00' } }, posted, shanghai, within)).toEqual([
      { from: MIDNIGHT + 22 * HOUR + 30 * MINUTE, to: MIDNIGHT + DAY + 6 * HOUR },
    ]);
    expect(dutyOf({ inService: { from: '00:00', until: '24:00' } }, posted, shanghai, within)).toEqual([within]);
  });

  const seconds = 300;
  const isIn = (spans: readonly Span[], at: number): boolean => spans.some(({ from, to }) => from <= at && at < to);
  const spanOf = (instant: fc.Arbitrary<number>): fc.Arbitrary<Span> =>
    fc.tuple(instant, instant).map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));
  /** A machine's life: changes at any instant, now and then a stretch nothing is known about. */
  const lifeOf = (instant: fc.Arbitrary<number>): fc.Arbitrary<StateSpan[]> => {
    const faults = fc.subarray<FaultCode>(['silent', 'cashOut', 'cardJam', 'paperLow', 'fraudAttempt']);
    const change = fc.record({ at: instant, state: fc.constantFrom(...machineStates), faults, gap: fc.boolean() });
    return fc.array(change, { maxLength: 12 }).map((changes) => {
      const ordered = changes.toSorted((a, b) => a.at - b.at);
      return ordered.flatMap(({ at, state, faults: codes, gap }, index): StateSpan[] => {
        const to = ordered[index + 1]?.at ?? seconds * SECOND;
        return gap || to === at ? [] : [{ from: at, to, state, faults: codes }];
      });
    });
  };
  /** Looks at the machine once a second. */
  function replay(stood: readonly StateSpan[], planned: readonly Span[], should: readonly Span[]) {
    const found = { shouldMs: 0, upMs: 0, downMs: 0, plannedMs: 0 };
    for (let at = 0; at < seconds * SECOND; at += SECOND) {
      if (!isIn(should, at)) continue;
      if (isIn(planned, at)) {
        found.plannedMs += SECOND;
        continue;
      }
      found.shouldMs += SECOND;
      const state = stood.find(({ from, to }) => from <= at && at < to)?.state;
      if (state === 'inService' || state === 'attention') found.upMs += SECOND;
      else found.downMs += SECOND;
    }
    return found;
  }
  const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) };

  test('equals a replay second by second', () => {
    const instant = fc.integer({ min: 0, max: seconds }).map((n) => n * SECOND);
    const spans = fc.array(spanOf(instant), { maxLength: 4 });
    fc.assert(
      fc.property(lifeOf(instant), spans, spans, (stood, planned, should) => {
        const found = availabilityOf(stood, planned, should);
        expect(found).toMatchObject(replay(stood, planned, should));
        const byCause: Partial<Record<OutageCause, number>> = {};
        for (const { cause, from, to } of found.outages) {
          expect(from).toBeLessThan(to);
          byCause[cause] = (byCause[cause] ?? 0) + to - from;
        }
        expect(found.byCause).toEqual(byCause);
        expect(found.outages.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(found.downMs);
      }),
      runs,
    );
  });

  test('an outage between two seconds is a second off at most', () => {
    const instant = fc.integer({ min: 0, max: seconds * SECOND });
    fc.assert(
      fc.property(spanOf(instant), (outage) => {
        const stood = [up(0, outage.from), down(outage.from, outage.to, 'cardJam'), up(outage.to, seconds * SECOND)];
        const should = [{ from: 0, to: seconds * SECOND }];
        expect(Math.abs(availabilityOf(stood, [], should).downMs - replay(stood, [], should).downMs)).toBeLessThanOrEqual(SECOND);
      }),
      runs,
    );
  });
});
