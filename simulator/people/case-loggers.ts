/** The virtual tellers and the lobby manager log what customers bring, a few cases an hour. */
import type { FloorCommand } from '../../shared/contract/commands.ts';
import { type HubClient, HubRefusal } from '../client/hub-client.ts';
import type { HubTime } from '../client/hub-time.ts';
import type { Random } from '../random.ts';
import { matters, surnames } from './complaints.ts';

export interface LoggersWorld {
  readonly branchId: string;
  readonly tellers: readonly HubClient[];
  readonly manager: HubClient;
  readonly time: HubTime;
  readonly random: Random;
  readonly stop: AbortSignal;
  onLogged(caseId: string, cause: string | undefined): void;
  onRefused(refusal: HubRefusal): void;
}

const PER_HOUR = 8;
const HOUR = 3_600_000;
/** Real ms: a hub that runs very fast is not flooded. */
const SHORTEST_REAL_MS = 1_000;
const SOLVED_SHARE = 0.2;
const CONTACT_SHARE = 0.6;

/** Until `stop`. */
export async function logCases(world: LoggersWorld): Promise<void> {
  const { time, random, stop } = world;
  while (await time.pass(Math.max(random.exponential(PER_HOUR / HOUR), SHORTEST_REAL_MS * time.speed), stop)) {
    try {
      await logOne(world);
    } catch (error) {
      if (!(error instanceof HubRefusal)) throw error;
      world.onRefused(error);
    }
  }
}

async function logOne({ branchId, tellers, manager, random, onLogged }: LoggersWorld): Promise<void> {
  const matter = matters[random.weighted(matters.map(({ weight }) => weight))];
  if (matter === undefined) return;
  const { kind, channel = 'counter', severity, subject, details } = matter;
  const teller = tellers[Math.floor(random.between(0, tellers.length))] ?? manager;
  // What comes from above or from outside reaches the lobby, not a window.
  const logger = channel === 'counter' ? teller : manager;
  const solved = kind === 'complaint' && channel === 'counter' && random.chance(SOLVED_SHARE);
  const command: FloorCommand = {
    type: 'case.log',
    kind,
    channel,
    severity,
    subject,
    ...(details !== undefined && { details }),
    ...(kind === 'complaint' && random.chance(CONTACT_SHARE) && { contact: contactOf(random) }),
    ...(solved && { solved }),
  };
  const { result } = await logger.command(branchId, command);
  const caseId = result?.['caseId'];
  if (typeof caseId === 'string') onLogged(caseId, matter.cause);
}

/** Nobody's: the prefix 100 is given to no subscriber. */
function contactOf(random: Random): { name: string; phone: string } {
  const surname = surnames[Math.floor(random.between(0, surnames.length))] ?? surnames[0];
  return { name: `${surname}${random.chance(0.5) ? '先生' : '女士'}`, phone: `100${Math.floor(random.between(1e7, 1e8))}` };
}
