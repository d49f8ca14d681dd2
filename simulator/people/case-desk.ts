/** The virtual leads of a branch at their cases: they accept, acknowledge, resolve and hear what the customer says, mostly in time. */
import { z } from 'zod';
import type { FloorCommand } from '../../shared/contract/commands.ts';
import { type HubClient, HubRefusal } from '../client/hub-client.ts';
import type { HubTime } from '../client/hub-time.ts';
import type { Random } from '../random.ts';
import { faultOutcomes, outcomes } from './complaints.ts';

export interface DeskWorld {
  readonly branchId: string;
  /** The username whose client this is. */
  readonly staffId: string;
  readonly client: HubClient;
  readonly time: HubTime;
  readonly random: Random;
  readonly stop: AbortSignal;
  /** Cases of people who act for themselves are left to them. */
  isOurs(one: OpenCase): boolean;
  /** What it turns out to have come from, where that is known. */
  causeOf(caseId: string): string | undefined;
  onRefused(refusal: HubRefusal): void;
}

const caseSchema = z.looseObject({
  id: z.string(),
  kind: z.string(),
  severity: z.number(),
  state: z.string(),
  ownerId: z.string(),
  offeredTo: z.string().optional(),
  level: z.number(),
  loggedAt: z.number(),
  cause: z.string().optional(),
});
export type OpenCase = z.infer<typeof caseSchema>;
const listSchema = z.looseObject({ cases: z.array(caseSchema) });
const taskSchema = z.looseObject({ id: z.string(), doneAt: z.number().optional() });
const recordSchema = z.looseObject({ tasks: z.array(taskSchema).optional() });

const MINUTE = 60_000;
const ROUND_MS = 20_000;
/** Real ms: however fast hub time runs, a desk looks no more often. */
const SHORTEST_ROUND_MS = 400;
/** Medians by severity, hub ms: most are in time, the spread makes some late. */
const acknowledges = [0.7, 0.7, 2, 6, 18].map((minutes) => minutes * MINUTE);
const resolves = [6, 6, 20, 40, 60].map((minutes) => minutes * MINUTE);
const ANSWER_MS = 15 * MINUTE;
const SPREAD = 0.7;
const CONTENT_SHARE = 0.88;
const PART_SHARE = 0.2;

type Step = 'accept' | 'acknowledge' | 'resolve' | 'answer' | 'close';

export class CaseDesk {
  private readonly world: DeskWorld;
  /** When the next step of each case is taken, drawn once. */
  private readonly plans = new Map<string, { readonly step: Step; readonly at: number }>();

  constructor(world: DeskWorld) {
    this.world = world;
  }

  /** Until `stop`. */
  async run(): Promise<void> {
    const { time, stop } = this.world;
    while (await time.pass(Math.max(ROUND_MS, SHORTEST_ROUND_MS * time.speed), stop)) {
      try {
        await this.round();
      } catch (error) {
        if (!(error instanceof HubRefusal)) throw error;
        this.world.onRefused(error);
      }
    }
  }

  private async round(): Promise<void> {
    const { client, branchId, time } = this.world;
    const { cases } = await client.get(`/api/cases?branch=${encodeURIComponent(branchId)}&state=open&limit=200`, listSchema);
    const seen = new Map(cases.map((one) => [one.id, one]));
    for (const id of this.plans.keys()) if (!seen.has(id)) this.plans.delete(id);
    for (const one of seen.values()) {
      const step = this.world.isOurs(one) ? this.nextStep(one) : undefined;
      if (step === undefined) continue;
      const plan = this.plans.get(one.id);
      if (plan?.step !== step) this.plans.set(one.id, { step, at: time.now() + this.after(step, one) });
      else if (plan.at <= time.now()) await this.take(step, one);
    }
  }

  private nextStep(one: OpenCase): Step | undefined {
    const { staffId } = this.world;
    if (one.offeredTo === staffId) return 'accept';
    if (one.ownerId !== staffId) return undefined;
    if (one.state === 'logged') return 'acknowledge';
    if (one.state === 'acknowledged') return 'resolve';
    if (one.state !== 'resolved') return undefined;
    return this.plans.get(one.id)?.step === 'close' ? 'close' : one.kind === 'complaint' ? 'answer' : 'close';
  }

  private after(step: Step, { severity }: OpenCase): number {
    const { random } = this.world;
    if (step === 'accept' || step === 'acknowledge') return random.logNormal(acknowledges[severity] ?? MINUTE, SPREAD);
    if (step === 'resolve') return random.logNormal(resolves[severity] ?? MINUTE, SPREAD);
    return random.logNormal(ANSWER_MS, SPREAD);
  }

  private async take(step: Step, one: OpenCase): Promise<void> {
    this.plans.delete(one.id);
    try {
      for (const command of await this.commands(step, one)) await this.world.client.command(this.world.branchId, command);
      // The customer is content, or the case went up; either way nothing is asked again.
      if (step === 'answer') this.plans.set(one.id, { step: 'close', at: this.world.time.now() + this.after('close', one) });
    } catch (error) {
      if (!(error instanceof HubRefusal)) throw error;
      this.world.onRefused(error);
    }
  }

  private async commands(step: Step, { id: caseId, kind, cause: known }: OpenCase): Promise<FloorCommand[]> {
    const { random, client } = this.world;
    const one = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random.between(0, list.length))] ?? list[0];
    switch (step) {
      case 'accept':
        return [{ type: 'case.accept', caseId }];
      case 'acknowledge':
        return [{ type: 'case.acknowledge', caseId }];
      case 'answer':
        return [{ type: 'case.reply', caseId, satisfied: random.chance(CONTENT_SHARE) }];
      case 'close':
        return [{ type: 'case.close', caseId }];
      case 'resolve': {
        const { tasks = [] } = await client.get(`/api/cases/${encodeURIComponent(caseId)}`, recordSchema);
        const open = tasks.filter(({ doneAt }) => doneAt === undefined);
        const done = open.map((task): FloorCommand => ({ type: 'case.completeTask', caseId, taskId: task.id }));
        const cause = known === undefined ? this.world.causeOf(caseId) : undefined;
        if (cause !== undefined) done.push({ type: 'case.setCause', caseId, cause });
        const outcome = one(kind === 'machineFault' ? faultOutcomes : outcomes);
        return [...done, { type: 'case.resolve', caseId, outcome, granted: random.chance(PART_SHARE) ? 'partly' : 'granted' }];
      }
    }
  }
}
