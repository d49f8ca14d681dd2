import type { BranchState } from '../branch.state.ts';
import { dateAfter } from './dates.ts';
import type { PeopleState } from './people.state.ts';

/** What of people belongs on the live floor: the plan of yesterday (night shifts), today and tomorrow; weeks are asked for by address. */
export function nearPeople({ people, day }: Pick<BranchState, 'people' | 'day'>): PeopleState {
  if (day === undefined) return people;
  const near = [-1, 0, 1].map((days) => dateAfter(day.date, days));
  return { ...people, rota: Object.fromEntries(Object.entries(people.rota).filter(([date]) => near.includes(date))) };
}
