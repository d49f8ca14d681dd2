/** Everybody planned who has no virtual window of their own: they come to their usual post, go on their breaks and come back. */
import { z } from 'zod';
import type { FloorCommand } from '../../shared/contract/commands.ts';
import { type PostKind, postKinds } from '../../shared/contract/people.ts';
import { type HubClient, HubRefusal } from '../client/hub-client.ts';
import type { HubTime } from '../client/hub-time.ts';

/** How often it is looked who is missing, in hub time, and at most in real time. */
const EVERY_HUB_MS = 120_000;
const EVERY_MS = 1_000;

const shiftSchema = z.object({ staffId: z.string(), startsAt: z.number(), endsAt: z.number() });
const rosterSchema = z.object({
  today: z.string().optional(),
  days: z.array(z.object({ date: z.string(), shifts: z.record(z.string(), shiftSchema), absences: z.record(z.string(), z.unknown()) })),
  staff: z.array(z.object({ staffId: z.string(), posts: z.array(z.enum(postKinds)) })),
});
const peopleSchema = z.object({
  here: z.array(z.object({ staffId: z.string(), break: z.object({ backAt: z.number().optional() }).optional() })),
  breaks: z.array(z.object({ staffId: z.string(), overdue: z.boolean(), holds: z.array(z.string()) })),
});

export interface ReceptionWorld {
  readonly branchId: string;
  readonly client: HubClient;
  readonly time: HubTime;
  readonly stop: AbortSignal;
  /** Comes, pauses and goes by themselves, at a window. */
  isSeated(staffId: string): boolean;
  onRefused(staffId: string, refusal: HubRefusal): void;
}

export class Reception {
  private readonly world: ReceptionWorld;

  constructor(world: ReceptionWorld) {
    this.world = world;
  }

  async run(): Promise<void> {
    const { time, stop } = this.world;
    while (await time.pass(Math.max(EVERY_HUB_MS, EVERY_MS * time.speed), stop)) await this.look();
  }

  private async look(): Promise<void> {
    const { branchId, client, time, isSeated } = this.world;
    const path = `/api/branches/${encodeURIComponent(branchId)}`;
    const { today, days, staff } = await client.get(`${path}/roster`, rosterSchema);
    const { here, breaks } = await client.get(`${path}/people`, peopleSchema);
    const [now, present] = [time.now(), new Set(here.map(({ staffId }) => staffId))];
    const { shifts = {}, absences = {} } = days.find(({ date }) => date === today) ?? {};
    for (const { staffId, startsAt, endsAt } of Object.values(shifts)) {
      const [usual] = staff.find((one) => one.staffId === staffId)?.posts ?? [];
      const missing = startsAt <= now && now < endsAt && !present.has(staffId) && absences[staffId] === undefined;
      if (missing && usual !== undefined && !isSeated(staffId))
        await this.say(staffId, { type: 'post.take', staffId, kind: standing(usual) });
    }
    for (const { staffId, break: away } of here)
      if (away?.backAt !== undefined && away.backAt <= now && !isSeated(staffId)) await this.say(staffId, { type: 'break.end', staffId });
    const next = breaks.find(({ staffId, overdue, holds }) => (overdue || holds.length === 0) && !isSeated(staffId));
    if (next !== undefined) await this.say(next.staffId, { type: 'break.begin', staffId: next.staffId });
  }

  private async say(staffId: string, command: FloorCommand): Promise<void> {
    try {
      await this.world.client.command(this.world.branchId, command);
    } catch (error) {
      if (!(error instanceof HubRefusal)) throw error;
      this.world.onRefused(staffId, error);
    }
  }
}

/** Whoever has no window to open helps in the back office until one is needed. */
const standing = (usual: PostKind): PostKind => (usual === 'counter' ? 'backOffice' : usual);
