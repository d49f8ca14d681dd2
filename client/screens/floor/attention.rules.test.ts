import { describe, expect, test } from 'vitest';
import type { Attention, BranchState } from '../../../shared/branch/branch.state.ts';
import { branch } from '../../../shared/branch/branch.ts';
import { isOfPeople, mostUrgent, primaryAction, windowToOpen } from './attention.rules.ts';

const item = (id: string, more: Partial<Attention> & Pick<Attention, 'kind'>): Attention => ({ id, since: 0, ...more });
const list = (...items: Attention[]) => Object.fromEntries(items.map((one) => [one.id, one]));

/** Windows 1 cash, 2 cash, 12 elastic; given as open or closed. */
function floor(states: Record<string, 'closed' | 'idle'>): BranchState {
  const empty = branch.initial('hq-01');
  const counters = Object.fromEntries(Object.entries(states).map(([id, state]) => [id, { id, state, since: 0, help: [] }]));
  const config = {
    counters: [
      { id: 'c1', number: 1, kind: 'cash', serviceIds: [] },
      { id: 'c2', number: 2, kind: 'cash', serviceIds: [] },
      { id: 'c12', number: 12, kind: 'elastic', serviceIds: [] },
    ],
  } as unknown as NonNullable<BranchState['config']>;
  return { ...empty, config, counters };
}

describe('what needs a person', () => {
  test('a guard is called before anything else, then other help, then windows, then paper', () => {
    const items = list(
      item('a', { kind: 'retrainingProposed' }),
      item('b', { kind: 'windowsClosedAtPeak' }),
      item('c', { kind: 'helpCalled', help: 'change' }),
      item('d', { kind: 'helpCalled', help: 'guard', since: 50 }),
    );
    expect(mostUrgent(items).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
  });

  test('of two alike the one that waits longer goes first', () => {
    const items = list(item('a', { kind: 'pauseTooLong', since: 9 }), item('b', { kind: 'pauseTooLong', since: 3 }));
    expect(mostUrgent(items).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('somebody who needs fetching is not also told as one who did not come', () => {
    const items = list(
      item('a', { kind: 'calledTooLong', ticketId: 't1' }),
      item('b', { kind: 'needsFetching', ticketId: 't1' }),
      item('c', { kind: 'calledTooLong', ticketId: 't2' }),
    );
    expect(mostUrgent(items).map(({ id }) => id)).toEqual(['b', 'c']);
  });
});

describe('cases on the board', () => {
  test('a case that is late and offered is told once, as late', () => {
    const items = list(
      item('a', { kind: 'caseOffered', caseId: 'k' }),
      item('b', { kind: 'caseOverdue', caseId: 'k' }),
      item('c', { kind: 'caseOffered', caseId: 'l' }),
    );
    expect(mostUrgent(items).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  test('an emergency stands before everything; its plan is one tap away', () => {
    const items = list(item('a', { kind: 'helpCalled', help: 'guard' }), item('b', { kind: 'emergency', caseId: 'k' }));
    expect(mostUrgent(items).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(primaryAction(item('b', { kind: 'emergency', caseId: 'k' }), floor({}))).toMatchObject({ do: 'steps', caseId: 'k' });
  });

  test('who it is offered to takes it with one press, late or not; anybody else looks', () => {
    for (const kind of ['caseOffered', 'caseOverdue'] as const) {
      expect(primaryAction(item('a', { kind, caseId: 'k' }), floor({}), true)).toMatchObject({
        do: 'send',
        command: { type: 'case.accept', caseId: 'k' },
      });
      expect(primaryAction(item('a', { kind, caseId: 'k' }), floor({}))).toMatchObject({ do: 'case', caseId: 'k' });
    }
  });
});

describe('the one thing to do', () => {
  test('at a peak the elastic window is opened first, then the lowest closed one', () => {
    expect(windowToOpen(floor({ c1: 'idle', c2: 'closed', c12: 'closed' }))?.number).toBe(12);
    expect(windowToOpen(floor({ c1: 'closed', c2: 'closed', c12: 'idle' }))?.number).toBe(1);
    expect(windowToOpen(floor({ c1: 'idle', c2: 'idle', c12: 'idle' }))).toBeUndefined();
  });

  test('a call for help is answered with one press', () => {
    const action = primaryAction(item('a', { kind: 'helpCalled', counterId: 'c1', help: 'change' }), floor({ c1: 'idle' }));
    expect(action).toMatchObject({ do: 'send', command: { type: 'help.answer', counterId: 'c1', kind: 'change' } });
  });

  test('a window that may need help is looked at, never judged from afar', () => {
    expect(primaryAction(item('a', { kind: 'mayNeedHelp', counterId: 'c2' }), floor({ c2: 'idle' }))).toMatchObject({
      do: 'counter',
      counterId: 'c2',
      counterNumber: 2,
    });
  });

  test('a post nobody holds asks who can; a break not given in time, who relieves; a certificate opens the staff list', () => {
    const doOf = (kind: Attention['kind']) => primaryAction(item('a', { kind, staffId: 'teller1' }), floor({ c1: 'idle' }));
    expect(doOf('lobbyUnattended')).toMatchObject({ do: 'cover', need: { kind: 'lobby' } });
    expect(doOf('guardAway')).toMatchObject({ do: 'cover', need: { kind: 'guard' } });
    expect(doOf('breakDue')).toMatchObject({ do: 'send', command: { type: 'break.begin', staffId: 'teller1' } });
    expect(doOf('breakOverdue')).toMatchObject({ do: 'relief', staffId: 'teller1' });
    expect(doOf('breakOverrun')).toMatchObject({ do: 'send', command: { type: 'break.end', staffId: 'teller1' } });
    expect(doOf('notArrived')).toMatchObject({ do: 'people', search: { view: 'now', person: 'teller1' } });
    const open = item('a', { kind: 'placeOpen', staffId: 'teller1', date: '2026-05-14' });
    expect(primaryAction(open, floor({ c1: 'idle' }))).toMatchObject({ do: 'away', staffId: 'teller1', date: '2026-05-14' });
    expect(doOf('swapWaiting')).toMatchObject({ do: 'people', search: { view: 'now' } });
    expect(doOf('certificateExpired')).toMatchObject({ do: 'people', search: { view: 'staff' } });
    expect(isOfPeople(item('a', { kind: 'breakOverdue' })) && !isOfPeople(item('b', { kind: 'helpCalled' }))).toBe(true);
  });
});

test('advice that did not happen in time is one tap from what can be done about it', () => {
  const late = item('a', { kind: 'adviceNotInTime', adviceId: 'v', counterId: 'c12' });
  expect(primaryAction(late, floor({ c12: 'closed' }))).toEqual({ do: 'advice', label: 'advice', adviceId: 'v' });
});
