import { expect, test } from 'vitest';
import { Scenario } from '../../shared/branch/testing/scenario.ts';
import { expectedIn } from './figures.ts';

test('a zone whose most asked-for service has no window now is told by another one; a zone without any window by none', () => {
  const only = { c1: ['withdrawal'], c2: ['deposit'] } as const;
  const scenario = Scenario.open({}, (config) => ({
    ...config,
    counters: config.counters.map((counter) =>
      counter.id === 'c1' || counter.id === 'c2' ? { ...counter, serviceIds: [...only[counter.id]] } : counter,
    ),
  }));
  const told = () => expectedIn(scenario.state, 'cash', scenario.now, undefined);
  expect(told()).toBeUndefined();
  scenario.open('c1', 'c2');
  scenario.issue('deposit');
  scenario.call('c2');
  scenario.start('c2').pass(60_000).complete('c2');
  for (let n = 0; n < 6; n += 1) scenario.issue('deposit');
  const deposits = told();
  scenario.do({ type: 'counter.close', counterId: 'c2' });
  expect(deposits?.expected).toBeGreaterThan(0);
  expect(told()).toBeDefined();
  scenario.do({ type: 'counter.close', counterId: 'c1' });
  expect(told()).toBeUndefined();
});
