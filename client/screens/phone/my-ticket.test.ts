import { describe, expect, it } from 'vitest';
import { isAlmost, nextPollMs } from './my-ticket.ts';

describe('the phone', () => {
  it('asks oftener when the turn is near, and rarely once it is over', () => {
    const far = nextPollMs({ number: 'A1', state: 'waiting', ahead: 9 }, 0);
    expect(far).toBe(5_000);
    expect(nextPollMs({ number: 'A1', state: 'waiting', ahead: 1 }, 0)).toBeLessThan(far);
    expect(nextPollMs({ number: 'A1', state: 'completed' }, 0)).toBeGreaterThan(far);
  });

  it('backs off when the hub does not answer, and as long as the hub asks', () => {
    const ticket = { number: 'A1', state: 'waiting', ahead: 9 } as const;
    const waits = [1, 2, 3, 4, 50].map((failures) => nextPollMs(ticket, failures));
    expect(waits).toEqual([5_000, 8_000, 15_000, 30_000, 30_000]);
    expect(nextPollMs(ticket, 1, { status: 429, code: 'x', detail: '', retryAfterMs: 60_000 })).toBe(60_000);
  });

  it('says "almost your turn" only to one who waits', () => {
    expect(isAlmost({ number: 'A1', state: 'waiting', ahead: 2 })).toBe(true);
    expect(isAlmost({ number: 'A1', state: 'waiting', ahead: 3 })).toBe(false);
    expect(isAlmost({ number: 'A1', state: 'parked', ahead: 0 })).toBe(false);
  });
});
