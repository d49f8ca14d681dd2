import { describe, expect, it } from 'vitest';
import { nextStep, stepChangesAt } from './next-step.ts';

const policy = { noShowAfterCalls: 2, noShowAfterMs: 60_000 };
const called = { id: 't1', calls: 1, firstCalledAt: 1_000 };

describe('the natural next step', () => {
  it('opens a closed counter, calls from an idle one, resumes a paused one', () => {
    expect(nextStep({ state: 'closed' }, undefined, policy, 0)).toEqual({ kind: 'open' });
    expect(nextStep({ state: 'idle' }, undefined, policy, 0)).toEqual({ kind: 'callNext' });
    expect(nextStep({ state: 'paused' }, undefined, policy, 0)).toEqual({ kind: 'resume' });
  });

  it('starts the service of the customer who was called', () => {
    expect(nextStep({ state: 'calling', ticketId: 't1' }, called, policy, 500_000)).toEqual({ kind: 'start' });
  });

  it('becomes no-show only after both enough calls and enough time', () => {
    const twice = { ...called, calls: 2 };
    const counter = { state: 'calling', ticketId: 't1' } as const;
    expect(nextStep(counter, twice, policy, 60_999)).toEqual({ kind: 'start' });
    expect(nextStep(counter, twice, policy, 61_000)).toEqual({ kind: 'noShow', ticketId: 't1', thenCall: true });
    expect(stepChangesAt(counter, twice, policy)).toBe(61_000);
    expect(stepChangesAt(counter, called, policy)).toBeUndefined();
  });

  it('never passes over one who needs fetching', () => {
    const fetch = { ...called, calls: 5, needsFetching: true };
    expect(nextStep({ state: 'calling', ticketId: 't1' }, fetch, policy, 900_000)).toEqual({ kind: 'start' });
  });

  it('names the ticket it finishes, and says when a pause follows', () => {
    const counter = { state: 'serving', ticketId: 't1' } as const;
    expect(nextStep(counter, called, policy, 0)).toEqual({ kind: 'finish', ticketId: 't1', thenPause: false });
    expect(nextStep({ ...counter, pauseAfter: { reasonRef: 'r' } }, called, policy, 0)).toEqual({
      kind: 'finish',
      ticketId: 't1',
      thenPause: true,
    });
  });

  it('does not call the next one after a no-show when a pause is due', () => {
    const counter = { state: 'calling', ticketId: 't1', pauseAfter: { reasonRef: 'r' } } as const;
    expect(nextStep(counter, { ...called, calls: 2 }, policy, 70_000)).toMatchObject({ kind: 'noShow', thenCall: false });
  });

  it('does nothing while the ticket is not known yet', () => {
    expect(nextStep({ state: 'serving', ticketId: 't9' }, undefined, policy, 0)).toBeUndefined();
  });
});
