import { expect, test } from 'vitest';
import { Scenario } from '../testing/scenario.ts';
import { LineReader } from './line-reader.ts';

/** The line as its reader tells it, in the order of calling that the credits make. */
function orderRead(scenario: Scenario): string[] {
  const joined = new LineReader().begin(scenario.state, scenario.now).flatMap((event) => (event.type === 'joined' ? [event] : []));
  return joined.toSorted((a, b) => a.at - a.creditMs - (b.at - b.creditMs)).map(({ id }) => id);
}

test('who goes first by class stands first in the line that is forecast, however long the others have waited', () => {
  const scenario = Scenario.open();
  const first = scenario.issue();
  scenario.pass(5 * 60_000);
  const second = scenario.issue();
  scenario.pass(5 * 60_000);
  const elderly = scenario.issue('deposit', 'elderly');
  expect(orderRead(scenario)).toEqual([elderly, first, second]);
});

test('of one class whoever came first goes first', () => {
  const scenario = Scenario.open();
  const one = scenario.issue('deposit', 'elderly');
  scenario.pass(60_000);
  const other = scenario.issue('deposit', 'elderly');
  expect(orderRead(scenario)).toEqual([one, other]);
});
