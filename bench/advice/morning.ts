/** A morning of the demo's main branch, played with somebody who takes advice up after a while or with nobody who does: same customers, same habits. */
import { adviceConfig } from '../../shared/branch/advice/advice-book.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { Ticket } from '../../shared/branch/branch.state.ts';
import { advise } from '../../shared/forecast/advise.ts';
import { Outlook } from '../../shared/forecast/outlook.ts';
import { policyOf, type ProposeView } from '../../shared/forecast/judge.ts';
import { BranchExperience } from '../../server/advice/experience.ts';
import { planArrivals } from '../../simulator/branch-day.ts';
import { loadParams } from '../../simulator/params/params.ts';
import { hq01 } from '../../simulator/people/cast.ts';
import { seededRandom } from '../../simulator/random.ts';
import { clock, VirtualBranch } from '../virtual/branch.ts';
import { People } from '../virtual/people.ts';

const MINUTE = 60_000;
/** Wednesday 2026-05-13, 08:30 in Shanghai; until eleven. */
export const BEGINS = Date.UTC(2026, 4, 13, 0, 30);
export const LASTS_MS = 150 * MINUTE;
const WEDNESDAY = 2;

export interface MorningOptions {
  readonly seed: number;
  /** Somebody accepts whatever is advised, a minute or two after it was given. */
  readonly taken: boolean;
  readonly looksEveryMs: number;
  readonly futures: number;
}

/** The 90 % wait over the horizon of advice, as foretold at that instant. */
export interface Foretold {
  readonly at: number;
  readonly wait90Ms: number;
}

export interface Morning {
  readonly log: readonly StoredBranchEvent[];
  readonly tickets: readonly Ticket[];
  readonly foretold: readonly Foretold[];
  readonly horizonMs: number;
  /** The branch's promise: called within so long. */
  readonly targetMs: number;
  /** Saw the line and turned round. */
  readonly balked: number;
}

function finished<T>(work: Generator<void, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

export function playMorning({ seed, taken, looksEveryMs, futures }: MorningOptions): Morning {
  const params = loadParams('ordinary');
  const branch = new VirtualBranch(BEGINS, WEDNESDAY);
  const people = new People(branch, params, seed);
  const offered = new Set((branch.state.config?.services ?? []).map(({ id }) => id));
  people.begin(hq01.seats.filter(({ elastic }) => elastic !== true).map(({ counterId }) => counterId));
  people.come(planArrivals({ cast: hq01, params, seed, from: '08:30', loop: false, forMs: LASTS_MS }, BEGINS, 0, offered));
  const latest = () => branch.state;
  const experience = finished(BranchExperience.learn([], branch.state, latest, () => branch.now));
  const random = seededRandom(seed, 'manager');
  branch.onEvents((events) => {
    experience.note(events, branch.state);
    for (const event of events) {
      if (event.type !== 'advice.given' || !taken) continue;
      const { adviceId } = event;
      branch.after(random.between(1, 2) * MINUTE, () => void branch.try({ type: 'advice.accept', adviceId }));
    }
  });
  const { horizonMs } = adviceConfig(branch.state);
  const foretold: Foretold[] = [];
  const look = (): void => {
    const { state, now } = branch;
    experience.passTo(now);
    const outlook = new Outlook(state, experience, { now, horizonMs, runs: futures, seed: state.seq });
    const view: ProposeView = { state, now, horizonMs, outlook, policy: policyOf(state) };
    foretold.push({ at: now, wait90Ms: outlook.waits({ do: 'nothing' }).wait90Ms });
    const { withdrawn, given } = finished(advise(view));
    for (const { adviceId, why } of withdrawn) branch.try({ type: 'advice.withdraw', adviceId, why }, clock);
    for (const advice of given) branch.try({ type: 'advice.give', advice }, clock);
    branch.after(looksEveryMs, look);
  };
  branch.after(looksEveryMs, look);
  branch.run(BEGINS + LASTS_MS);
  const { log, state } = branch;
  const targetMs = state.config?.policy.servedTargetMs ?? 0;
  return { log, tickets: [...state.tickets.values()], foretold, horizonMs, targetMs, balked: people.balked };
}
