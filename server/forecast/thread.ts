/** The thread of the forecast desk (desk-thread.ts starts it). */
import { parentPort } from 'node:worker_threads';
import { letOthersFirst } from '../platform/thread.ts';
import { type Answered, type Asked, ForecastDesk, type Memory, type Told } from './desk.ts';

export type ToThread = { readonly told: Told } | { readonly asked: Asked; readonly ask: number };
export type FromThread =
  | { readonly ask: number; readonly answered: Answered }
  | { readonly ask: number; readonly failed: string }
  | { readonly branchId: string; readonly trained: Memory };

/** Between two trees, so that what is asked meanwhile is answered first. */
const BREATH_MS = 20;

letOthersFirst();
const say = (message: FromThread): void => parentPort?.postMessage(message);
const desk = new ForecastDesk(
  (work) => void setTimeout(work, BREATH_MS),
  (branchId, trained) => say({ branchId, trained }),
);

/** One branch's fault is not the others': whoever asks for it next hears of it. */
function forBranch(branchId: string, work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    desk.forget(branchId);
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

parentPort?.on('message', (message: ToThread) => {
  if ('told' in message) return void forBranch(message.told.branchId, () => desk.tell(message.told));
  const { ask, asked } = message;
  const failed = forBranch(asked.branchId, () => say({ ask, answered: desk.ask(asked) }));
  if (failed !== undefined) say({ ask, failed });
});
