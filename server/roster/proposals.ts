/** Rosters proposed for days to come, each a job of its branch: flow learnt from the branch's days, the roster made in a thread, told day by day. */
import type { Actor } from '../../shared/aggregate.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { compareRosters } from '../../shared/roster/compare.ts';
import { type Coverage, coverageOf, type PlacedDuty } from '../../shared/roster/coverage.ts';
import type { RosterProblem } from '../../shared/roster/roster-problem.ts';
import { pastDays } from '../forecast/past-days.ts';
import { createJobs, type Job, type JobLimits, type JobParts, type JobWork } from '../platform/jobs.ts';
import { inSlices } from '../platform/slices.ts';
import type { Store } from '../store/store.types.ts';
import { learnFlow } from './flow-ahead.ts';
import { type FlowOfDay, planCommand } from './problem-of-branch.ts';
import type { RosterProposal } from './solve.ts';
import type { RosterSolver } from './solver.ts';

/** A solver that is busy makes one after the other; a week takes half a minute. Whoever closes the page or loses the network is gone. */
const LIMITS: JobLimits = { mostRunning: 4, keptMs: 30 * 60_000, unseenMs: 90_000 };
/** A year, so that last year's season is known, and the days around it. */
const LEARN_DAYS = 400;
/** Of the job: reading the past is the smaller part. */
const LEARNING_SHARE = 0.1;

/** A roster beside the rota as it stood; of the days made so far while the rest is still being made. */
export interface ProposalTold {
  /** Of the state it was made from. */
  readonly seq: number;
  readonly dates: readonly string[];
  readonly proposal: Coverage & Partial<Pick<RosterProposal, 'proven' | 'cost' | 'leastCost' | 'solvedInMs'>>;
  readonly comparison: ReturnType<typeof beside>;
}

export interface Proposals {
  /** Drops the one the branch asked for before. Undefined: as many as may are being made for others. */
  start(asked: Asked): ProposalJob | undefined;
  /** The job of that id; undefined: a newer one was asked for, it was dropped, or its time is over. */
  of(branchId: string, id: string): ProposalJob | undefined;
  drop(branchId: string, id: string): void;
  stop(): void;
}

export type ProposalJob = Job<ProposalTold, ProposalTold>;

export interface Asked {
  readonly state: BranchState;
  readonly actor: Actor;
  readonly problem: (flow: FlowOfDay) => RosterProblem;
}

interface ProposalParts extends JobParts {
  readonly store: Pick<Store, 'db'>;
  readonly solver: RosterSolver;
}

export class TooLarge extends Error {}

export function createProposals({ store, solver, ...parts }: ProposalParts): Proposals {
  const jobs = createJobs<ProposalTold, ProposalTold>('a roster proposal', LIMITS, parts);

  async function make({ state, problem: withFlow }: Asked, { signal, tell }: JobWork<ProposalTold>): Promise<ProposalTold> {
    const { branchId } = state;
    let days = 0;
    const past = pastDays(store.db, { branchId, before: parts.clock.now(), most: LEARN_DAYS });
    const flow = await inSlices(learnFlow(past, state), () => {
      signal.throwIfAborted();
      days += 1;
      tell((LEARNING_SHARE * days) / LEARN_DAYS);
    });
    const problem = withFlow(flow);
    const outcome = await solver.solve(problem, {
      signal,
      tell: ({ share, days: made, duties }) => {
        const first = { ...problem, days: problem.days.slice(0, made) };
        const part = made === 0 ? undefined : toldOf(state, first, coverageOf(first, duties));
        tell(LEARNING_SHARE + (1 - LEARNING_SHARE) * share, part);
      },
    });
    if (!outcome.ok) throw new TooLarge(outcome.reason);
    return toldOf(state, problem, outcome.proposal);
  }

  const of = (branchId: string, id: string): ProposalJob | undefined => {
    const job = jobs.of(branchId);
    return job?.id === id ? job : undefined;
  };

  return {
    start: (asked) => jobs.start(asked.state.branchId, asked.actor.id, (work) => make(asked, work)),
    of,
    drop: (branchId, id) => {
      if (of(branchId, id) !== undefined) jobs.drop(branchId);
    },
    stop: jobs.stop,
  };
}

const toldOf = (state: BranchState, problem: RosterProblem, proposal: ProposalTold['proposal']): ProposalTold => ({
  seq: state.seq,
  dates: problem.days.map(({ date }) => date),
  proposal,
  comparison: beside(state, problem, proposal.duties),
});

/** Each part with the command that accepts it. */
function beside(state: BranchState, problem: RosterProblem, duties: readonly PlacedDuty[]) {
  const comparison = compareRosters(problem, problem.current ?? [], duties);
  const parts = comparison.parts.map((part) => {
    const duty = duties.find(({ staffId, date }) => staffId === part.staffId && date === part.date);
    return { ...part, command: planCommand(state, part.date, part.staffId, duty) };
  });
  return { ...comparison, parts };
}
