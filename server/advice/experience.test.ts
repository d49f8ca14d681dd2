import { expect, test } from 'vitest';
import { HOUR, MINUTE, Scenario } from '../../shared/branch/testing/scenario.ts';
import { BranchExperience } from './experience.ts';

const QUARTER = 15 * MINUTE;

/** A branch of which forty an hour are expected, all for cash. */
function morning() {
  const s = Scenario.open({}, (config) => ({
    ...config,
    flow: { perHalfHour: Array.from({ length: 48 }, () => 20), mix: { deposit: 1 }, specialShare: 0 },
  }));
  let told = s.log.length;
  const learning = BranchExperience.learn(
    [],
    s.state,
    () => s.state,
    () => s.now,
  );
  let step = learning.next();
  while (step.done !== true) step = learning.next();
  const experience = step.value;
  const come = (): void => {
    s.issue();
    experience.note(s.log.slice(told), s.state);
    told = s.log.length;
    experience.passTo(s.now);
  };
  return { s, experience, come, next: () => experience.expected('cash', s.now, s.now + QUARTER) };
}

test('a crowd at the door when the doors open is no sign of a crowded day', () => {
  const { s, come, next } = morning();
  for (let n = 0; n < 30; n += 1) come();
  s.pass(MINUTE);
  expect(next()).toBeGreaterThan(8);
  expect(next()).toBeLessThan(12);
});

test('twice as many as expected for half an hour are one', () => {
  const { s, come, next } = morning();
  for (let n = 0; n < 40; n += 1) {
    s.pass(45_000);
    come();
  }
  expect(next()).toBeGreaterThan(14);
});

test('a day said to be a pension day at ten, or another configuration, is learnt anew', () => {
  const { s, experience, come } = morning();
  come();
  s.pass(HOUR);
  expect(experience.isOf(s.state)).toBe(true);
  s.do({ type: 'branch.setDayType', dayType: 'pension' });
  expect(experience.isOf(s.state)).toBe(false);
  const other = morning();
  other.s.do({
    type: 'branch.configure',
    config: { flow: { perHalfHour: Array.from({ length: 48 }, () => 40), mix: {}, specialShare: 0 } },
  });
  expect(other.experience.isOf(other.s.state)).toBe(false);
});
