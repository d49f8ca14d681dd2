/** The forecast desk as the hub talks to it: a worker thread, started when first needed, started anew after a fault. */
import { type Scheduler, systemScheduler } from '../platform/scheduler.ts';
import { threadOf } from '../platform/thread.ts';
import type { Answered, Asked, Memory, Told } from './desk.ts';
import type { FromThread, ToThread } from './thread.ts';

/** Real ms without a word while it has something to do: it hangs, and is ended. Busy is not silent, every word is acknowledged. */
const SILENT_MS = 60_000;

export interface Desk {
  /** Resolves once it was taken in, or is lost with the desk: whoever asks next hears of that. Never rejects. */
  tell(told: Told): Promise<void>;
  /** Rejects when the desk failed: what it was told of this branch is forgotten. */
  ask(asked: Asked): Promise<Answered>;
  /** Called for every model learnt. */
  onTrained(listener: (branchId: string, memory: Memory) => void): void;
  /** Ends the thread; the next word starts another, which knows nothing. */
  stop(): void;
}

interface Waiting {
  readonly done: (message: FromThread) => void;
  readonly failed: (error: Error) => void;
}

/** As much of a worker as the desk needs. */
interface Thread {
  on(event: 'message', listener: (message: FromThread) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  postMessage(message: ToThread): void;
  terminate(): Promise<number>;
  unref(): void;
}

const startThread = (): Thread => threadOf(new URL('.', import.meta.url), { source: 'thread.ts', built: '../forecaster/thread.js' });

export function createDeskThread(scheduler: Scheduler = systemScheduler, begin: () => Thread = startThread): Desk {
  const waiting = new Map<number, Waiting>();
  let tellTrained: (branchId: string, memory: Memory) => void = () => undefined;
  let words = 0;
  let thread: Thread | undefined;
  let stopWatching: (() => void) | undefined;

  function fail(error: Error): void {
    void thread?.terminate();
    thread = undefined;
    stopWatching?.();
    stopWatching = undefined;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { failed } of lost) failed(error);
  }

  function watch(): void {
    stopWatching ??= scheduler.after(SILENT_MS, () => fail(new Error('the forecast desk fell silent')));
  }

  function hear(message: FromThread): void {
    stopWatching?.();
    stopWatching = undefined;
    if ('trained' in message) tellTrained(message.branchId, message.trained);
    else {
      const asker = waiting.get(message.no);
      waiting.delete(message.no);
      asker?.done(message);
    }
    if (waiting.size > 0) watch();
  }

  function start(): Thread {
    const started = begin();
    // An idle desk keeps no process alive.
    started.unref();
    started.on('message', (message: FromThread) => {
      if (started === thread) hear(message);
    });
    started.on('error', (error) => {
      if (started === thread) fail(error instanceof Error ? error : new Error(String(error)));
    });
    started.on('exit', (code) => {
      if (started === thread) fail(new Error(`the forecast desk ended with exit code ${code}`));
    });
    return started;
  }

  function say(word: { readonly told: Told } | { readonly asked: Asked }): Promise<FromThread> {
    return new Promise((done, failed) => {
      words += 1;
      waiting.set(words, { done, failed });
      watch();
      const message: ToThread = { no: words, ...word };
      (thread ??= start()).postMessage(message);
    });
  }

  return {
    tell: (told) =>
      say({ told }).then(
        () => undefined,
        () => undefined,
      ),
    ask: async (asked) => {
      const message = await say({ asked });
      if ('answered' in message) return message.answered;
      throw new Error('failed' in message ? message.failed : 'the forecast desk gave no answer');
    },
    onTrained: (listener) => {
      tellTrained = listener;
    },
    stop: () => fail(new Error('the hub is stopping')),
  };
}
