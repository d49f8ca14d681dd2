import { expect, test } from 'vitest';
import type { RosterEntry } from '../../../shared/contract/config.ts';
import { draftFault, draftOf, entryOfDraft, newPerson, withEntry } from './staff-entry.ts';

const ada: RosterEntry = {
  staffId: 'ada',
  role: 'teller',
  counterId: 'c1',
  serviceIds: ['deposit'],
  certificates: [{ kind: 'cash', expiresOn: '2027-01-31' }],
  contract: { dayMs: 7.5 * 3_600_000, weekMs: 37.5 * 3_600_000 },
  posts: ['counter', 'lobby'],
};

test('a person who is opened and saved unchanged is unchanged', () => {
  expect(entryOfDraft(draftOf(ada))).toEqual(ada);
  expect(entryOfDraft(draftOf({ staffId: 'bo', role: 'guard' }))).toEqual({ staffId: 'bo', role: 'guard' });
});

test('what is wrong in the form is named before anything is sent', () => {
  expect(draftFault(newPerson, [])).toBe('id');
  expect(draftFault({ ...newPerson, staffId: 'ada' }, ['ada'])).toBe('taken');
  expect(draftFault({ ...draftOf(ada), certificates: [{ kind: 'cash', expiresOn: '' }] }, [])).toBe('certificate');
  expect(draftFault({ ...draftOf(ada), dayHours: '8', weekHours: '' }, [])).toBe('hours');
  expect(draftFault({ ...draftOf(ada), dayHours: '25' }, [])).toBe('hours');
  expect(draftFault(draftOf(ada), [])).toBeUndefined();
});

test('one person is put in their place, a new one at the end; the others stay as they are', () => {
  const bo: RosterEntry = { staffId: 'bo', role: 'guard' };
  const changed: RosterEntry = { ...ada, role: 'chiefTeller' };
  expect(withEntry([ada, bo], changed)).toEqual([changed, bo]);
  expect(withEntry([ada], bo)).toEqual([ada, bo]);
});
