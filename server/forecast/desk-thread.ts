/** The forecast desk as the hub talks to it: a worker thread, started when first needed, started anew after a fault. */
import { threadOf } from '../platform/thread.ts';
import type { Answered, Asked, Memory, Told } from './desk.ts';
import type { FromThread, ToThread } from './thread.ts';

export interface Desk {
  tell(told: Told): void;
  /** Rejects when the desk failed: what it was told of this branch is forgotten. */
  ask(asked: Asked): Promise<Answered>;
  /** Called for every model learnt. */
  onTrained(listener: (branchId: string, memory: Memory) => void): void;
  /** Ends the thread; the next word starts another, which knows nothing. */
  stop(why?: string): void;
}

interface Waiting {
  readonly done: (answered: Answered) => void;
  readonly failed: (error: Error) => void;
}

export function createDeskThread(): Desk {
  const waiting = new Map<number, Waiting>();
  let tellTrained: (branchId: string, memory: Memory) => void = () => undefined;
  let asks = 0;
  let worker: ReturnType<typeof threadOf> | undefined;

  function fail(error: Error): void {
    void worker?.terminate();
    worker = undefined;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { failed } of lost) failed(error);
  }

  function start(): NonNullable<typeof worker> {
    const started = threadOf(new URL('.', import.meta.url), { source: 'thread.ts', built: '../forecaster/thread.js' });
    // An idle desk keeps no process alive.
    started.unref();
    started.on('message', (message: FromThread) => {
      if ('trained' in message) return tellTrained(message.branchId, message.trained);
      const asker = waiting.get(message.ask);
      waiting.delete(message.ask);
      if ('failed' in message) asker?.failed(new Error(message.failed));
      else asker?.done(message.answered);
    });
    started.on('error', (error) => {
      if (started === worker) fail(error instanceof Error ? error : new Error(String(error)));
    });
    started.on('exit', (code) => {
      if (started === worker) fail(new Error(`the forecast desk ended with exit code ${code}`));
    });
    return started;
  }

  const send = (message: ToThread): void => (worker ??= start()).postMessage(message);

  return {
    tell: (told) => send({ told }),
    ask: (asked) =>
      new Promise((done, failed) => {
        asks += 1;
        waiting.set(asks, { done, failed });
        send({ asked, ask: asks });
      }),
    onTrained: (listener) => {
      tellTrained = listener;
    },
    stop: (why = 'the hub is stopping') => fail(new Error(why)),
  };
}
