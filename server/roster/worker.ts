/** A thread that makes rosters, one after the other, for as long as it lives (solver.ts starts it). The solver's wasm loads once. */
import { parentPort } from 'node:worker_threads';
import highsLoader from 'highs';
import { letOthersFirst } from '../platform/thread.ts';
import type { RosterProblem } from '../../shared/roster/roster-problem.ts';
import { type RosterOutcome, type RosterProgress, solveRoster } from './solve.ts';

export type Answer =
  | { readonly progress: RosterProgress }
  | { readonly ok: true; readonly outcome: RosterOutcome }
  | { readonly ok: false; readonly reason: string };

letOthersFirst();
const highs = await highsLoader();
const say = (answer: Answer): void => parentPort?.postMessage(answer);

function answerTo(problem: RosterProblem): Answer {
  try {
    return { ok: true, outcome: solveRoster(highs, problem, (progress) => say({ progress })) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (problem: RosterProblem) => say(answerTo(problem)));
