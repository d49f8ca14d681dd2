/** The thread of the forecast desk (desk-thread.ts starts it). */
import { parentPort } from 'node:worker_threads';
import { letOthersFirst } from '../platform/thread.ts';
import { type Answered, type Asked, ForecastDesk, type Memory, type Told } from './desk.ts';

/** `no`: of the word, for its answer; what is told is only acknowledged. */
export type ToThread = { readonly no: number } & ({ readonly told: Told } | { readonly asked: Asked });
export type FromThread =
  | { readonly no: number }
  | { readonly no: number; readonly answered: Answered }
  | { readonly no: number; readonly failed: string }
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
  const { no } = message;
  if ('told' in message) {
    forBranch(message.told.branchId, () => desk.tell(message.told));
    return say({ no });
  }
  const { asked } = message;
  const failed = forBranch(asked.branchId, () => say({ no, answered: desk.ask(asked) }));
  if (failed !== undefined) say({ no, failed });
});
