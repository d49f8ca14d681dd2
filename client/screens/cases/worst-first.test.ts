import { expect, test } from 'vitest';
import { caseOf, logCase } from '../../../shared/branch/testing/cases.ts';
import { manager, MINUTE, Scenario } from '../../../shared/branch/testing/scenario.ts';
import { worstFirst } from './worst-first.ts';

test('the longest overdue stands first, then what falls due next, then what has no deadline', () => {
  const s = Scenario.open();
  const quick = logCase(s, { severity: 2 });
  s.pass(MINUTE);
  const alsoQuick = logCase(s, { severity: 2 });
  s.pass(6 * MINUTE);
  const soon = logCase(s, { severity: 2 }, manager);
  const later = logCase(s, { severity: 4 }, manager);
  const order = [later, soon, alsoQuick, quick].map((id) => caseOf(s, id)).sort(worstFirst);
  expect(order.map(({ id }) => id)).toEqual([quick, alsoQuick, soon, later]);
});
