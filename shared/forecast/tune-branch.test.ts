import { expect, test } from 'vitest';
import { MINUTE, NINE, Scenario } from '../branch/testing/scenario.ts';
import type { PastCustomer, PastDay } from './past-day.ts';
import { type BranchTuning, NEEDED_DAYS, tuneBranch } from './tune-branch.ts';

const DAY = 24 * 60 * MINUTE;
const HOURS = 4;

/** A customer of each service named every so many minutes from nine to one, each served for five. */
function pastDays(...errands: readonly { readonly serviceId: string; readonly everyMinutes: number }[]): PastDay[] {
  return Array.from({ length: NEEDED_DAYS + 3 }, (_none, back): PastDay => {
    const nine = NINE - (NEEDED_DAYS + 3 - back) * DAY;
    const customers = errands.flatMap(({ serviceId, everyMinutes }) =>
      Array.from({ length: (HOURS * 60) / everyMinutes }, (_each, n): PastCustomer => {
        const arrivedAt = nine + n * everyMinutes * MINUTE;
        return { id: `${serviceId}-${n}`, serviceId, segment: 'ordinary', arrivedAt, calledAt: arrivedAt, endedAt: arrivedAt + 5 * MINUTE };
      }),
    );
    return {
      date: new Date(nine).toISOString().slice(0, 10),
      endsAt: nine + 15 * 60 * MINUTE,
      opensAt: nine,
      closesAt: nine + HOURS * 60 * MINUTE,
      dayType: 'ordinary',
      customers: customers.sort((a, b) => a.arrivedAt - b.arrivedAt),
      walkUps: [],
    };
  });
}

function tuned(days: readonly PastDay[]): BranchTuning {
  const work = tuneBranch(Scenario.open().state, days);
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

test('a branch whose customers come for non-cash services is tuned on them', () => {
  const { after, reached } = tuned(pastDays({ serviceId: 'account-opening', everyMinutes: 10 }));
  expect(reached).toBe(true);
  expect(after.windowHours).toBeCloseTo(HOURS, 0);
});

test('lines of both kinds are played on a day, each at its own windows', () => {
  const cash = { serviceId: 'deposit', everyMinutes: 3 };
  const alone = tuned(pastDays(cash));
  const both = tuned(pastDays(cash, { serviceId: 'account-opening', everyMinutes: 10 }));
  expect(both.after.windowHours).toBeGreaterThan(alone.after.windowHours + HOURS * 0.75);
  expect(both.after.withinTarget).toBeGreaterThan(0.9);
});
