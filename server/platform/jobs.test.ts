import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { createJobs, type JobWork, type Jobs } from './jobs.ts';
import { createLog } from './log.ts';

/** Real time as the test lets it pass. */
class Later {
  private now = 0;
  private waiting: { readonly at: number; readonly work: () => void }[] = [];

  readonly after = (ms: number, work: () => void): (() => void) => {
    const one = { at: this.now + ms, work };
    this.waiting.push(one);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one);
    };
  };

  pass(ms: number): void {
    this.now += ms;
    const due = this.waiting.filter(({ at }) => at <= this.now);
    this.waiting = this.waiting.filter(({ at }) => at > this.now);
    for (const { work } of due) work();
  }
}

const LIMITS = { mostRunning: 2, keptMs: 1_000, unseenMs: 100 };
let later: Later;
let jobs: Jobs<string, string>;
let logged: string[];
beforeEach(() => {
  later = new Later();
  logged = [];
  let made = 0;
  const ids = { newId: () => `job${++made}`, newToken: () => 'unused' };
  const log = createLog('error', { write: (line: string) => void logged.push(line) });
  jobs = createJobs('the work', LIMITS, { clock: { now: () => 7 }, ids, log, scheduler: later });
});

/** Work that is done when the test says so. */
function started(key: string) {
  let end = (_result: string): void => undefined;
  let fail = (_error: Error): void => undefined;
  let seen: JobWork<string> | undefined;
  const job = jobs.start(key, 'head', (work) => {
    seen = work;
    return new Promise((done, failed) => {
      end = done;
      fail = failed;
    });
  });
  return { job, end: (result: string) => end(result), fail: (error: Error) => fail(error), work: () => seen as JobWork<string> };
}

describe('a job', () => {
  test('tells how far it is and what it has so far, then its result', async () => {
    const { job, work, end } = started('a');
    expect(job).toMatchObject({ id: 'job1', state: 'running', progress: 0, startedAt: 7, startedBy: 'head' });
    work().tell(0.5, 'half');
    expect(jobs.of('a')).toMatchObject({ state: 'running', progress: 0.5, part: 'half' });
    end('whole');
    await turn();
    expect(jobs.of('a')).toMatchObject({ state: 'done', progress: 1, result: 'whole' });
  });

  test('that fails says with what, here and in the log', async () => {
    const { fail } = started('a');
    fail(new Error('no paper'));
    await turn();
    expect(jobs.of('a')).toMatchObject({ state: 'failed', error: { message: 'no paper' } });
    expect(logged.join()).toContain('the work failed');
  });

  test('asked for anew is stopped, and says nothing of itself any more', async () => {
    const first = started('a');
    const second = started('a');
    expect(first.work().signal.aborted).toBe(true);
    first.work().tell(0.9);
    first.end('too late');
    await turn();
    expect(jobs.of('a')).toMatchObject({ id: second.job?.id, state: 'running', progress: 0 });
    expect(logged).toEqual([]);
  });

  test('that nobody looks at any more is stopped; one that is looked at goes on', () => {
    const { work } = started('a');
    for (let look = 0; look < 5; look += 1) {
      later.pass(60);
      expect(jobs.of('a')?.state).toBe('running');
    }
    later.pass(101);
    expect(work().signal.aborted).toBe(true);
    expect(jobs.of('a')).toBeUndefined();
  });

  test('that is done is kept its time, looked at or not', async () => {
    const { end } = started('a');
    end('whole');
    await turn();
    later.pass(999);
    expect(jobs.of('a')?.result).toBe('whole');
    later.pass(1);
    expect(jobs.of('a')).toBeUndefined();
  });
});

test('only so many run at a time; one’s own is made room for', async () => {
  const first = started('a');
  started('b');
  expect(started('c').job).toBeUndefined();
  expect(started('a').job).toBeDefined();
  expect(jobs.drop('b')).toBe(true);
  expect(jobs.drop('b')).toBe(false);
  expect(started('c').job).toBeDefined();
  jobs.stop();
  expect(first.work().signal.aborted).toBe(true);
  expect(jobs.of('c')).toBeUndefined();
});
