import { expect, test } from 'vitest';
import type { BranchConfig } from '../contract/config.ts';
import { MINUTE, Scenario } from '../branch/testing/scenario.ts';
import { BranchLessons } from './branch-lessons.ts';
import { expectedMix, flowProfileOf } from './flow-profile.ts';

const HALF_HOURS = 48;
const flow: BranchConfig['flow'] = {
  perHalfHour: Array.from({ length: HALF_HOURS }, (_none, half) => (half === 18 ? 60 : half === 19 ? 40 : 0)),
  mix: { withdrawal: 3, deposit: 1, 'account-opening': 1 },
  specialShare: 0.25,
};
const branch = () => Scenario.open({}, (config) => ({ ...config, flow })).state;
const monday = { weekday: 1 };
const sumOf = (slots: Float64Array, from: number, until: number): number => slots.subarray(from * 6, until * 6).reduce((a, b) => a + b, 0);

test('a branch nobody has seen begins with what the bank expects of it: how many come when, by zone', () => {
  const lessons = new BranchLessons(branch());
  const { slots, total } = lessons.day('cash', monday);
  expect(total).toBeCloseTo(80, 6);
  expect(sumOf(slots, 18, 20)).toBeCloseTo(80, 6);
  expect(sumOf(slots, 18, 19)).toBeGreaterThan(sumOf(slots, 19, 20));
  expect(lessons.day('nonCash', monday).total).toBeCloseTo(20, 6);
});

test('and for what: by weight, one in four with a special need', () => {
  const mix = expectedMix(branch());
  const share = (is: (one: (typeof mix)[number]) => boolean): number => mix.filter(is).length / mix.length;
  expect(share(({ serviceId }) => serviceId === 'withdrawal')).toBeCloseTo(0.6, 1);
  expect(share(({ serviceId }) => serviceId === 'wealth')).toBe(0);
  expect(share(({ segment }) => segment === 'elderly')).toBeCloseTo(0.25, 1);
});

test('where the bank expects nothing it is a guess from counters and hours, of all services alike', () => {
  const { state } = Scenario.open();
  expect(flowProfileOf(state, 'cash').perDay).toBeGreaterThan(0);
  expect(expectedMix(state).map(({ serviceId }) => serviceId)).toEqual(state.config?.services.map(({ id }) => id));
});

test('how long people wait before they give up is learnt; who was sent to a machine did not give up', () => {
  const lessons = new BranchLessons(branch());
  const before = lessons.patienceS;
  for (let n = 0; n < 100; n += 1) lessons.served('deposit', 2 * MINUTE, 10 * MINUTE);
  lessons.left(20 * MINUTE, false);
  expect(lessons.patienceS).toBeGreaterThan(before);
  for (let n = 0; n < 99; n += 1) lessons.left(10 * MINUTE, true);
  expect(lessons.patienceS).toBeLessThan(1_500);
});
