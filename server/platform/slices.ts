/** Long work on the main thread, a step at a time, so that everybody else has a turn in between. */
import { setImmediate as turn } from 'node:timers/promises';

/** `each` hears of every step after others had their turn; what it throws ends the work. */
export async function inSlices<Step, T>(work: Generator<Step, T>, each: (step: Step) => void = () => undefined): Promise<T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value;
    await turn();
    each(step.value);
  }
}
