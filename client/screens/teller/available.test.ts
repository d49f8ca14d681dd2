import { describe, expect, it } from 'vitest';
import type { Item } from '../../../shared/branch/branch.state.ts';
import { available } from './available.ts';

const item: Item = {
  serviceId: 's',
  startedAt: 0,
  limitMs: 120_000,
  extensions: [],
  pausedMs: 0,
  authorisationMs: 0,
  near: false,
  stage: -1,
  unverified: false,
};
const counter = (state: 'closed' | 'idle' | 'calling' | 'serving' | 'paused') => ({ state, help: [] });

describe('what a teller can press', () => {
  it('is only opening while the counter is closed, and what a customer brings at any time', () => {
    expect([...available(counter('closed'), undefined)].sort()).toEqual(['complaint', 'emergency', 'keys', 'next']);
  });

  it('pauses and takes walk-ups only between customers', () => {
    expect(available(counter('idle'), undefined).has('walkUp')).toBe(true);
    const serving = available(counter('serving'), { items: [item] });
    expect(serving.has('pause')).toBe(false);
    expect(serving.has('pauseAfter')).toBe(true);
    expect(serving.has('close')).toBe(false);
  });

  it('extends a transaction once for each reason by right, and never one without a limit', () => {
    const extended = { ...item, extensions: [{ class: 'coins', addMs: 1, at: 0 } as const] };
    const actions = available(counter('serving'), { items: [extended] });
    expect(actions.has('extendCoins')).toBe(false);
    expect(actions.has('extendIdentity')).toBe(true);
    expect(available(counter('serving'), { items: [{ ...item, limitMs: undefined }] }).has('extendExplained')).toBe(false);
  });

  it('does not pass over one who needs fetching', () => {
    expect(available(counter('calling'), { items: [], needsFetching: true }).has('noShow')).toBe(false);
  });

  it('calls the same help once, until it is answered', () => {
    const called = { ...counter('serving'), help: [{ kind: 'change', since: 0 } as const] };
    expect(available(called, { items: [item] }).has('helpChange')).toBe(false);
    const answered = { ...counter('serving'), help: [{ kind: 'change', since: 0, answeredAt: 5, answeredBy: 'x' } as const] };
    expect(available(answered, { items: [item] }).has('helpChange')).toBe(true);
  });
});
