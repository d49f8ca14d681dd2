/** What a branch needs before virtual people can work in it, made by the administrator through the public API. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { BranchConfig } from '../../shared/contract/config.ts';
import { defaultPolicy } from '../../shared/contract/default-config.ts';
import { HubClient, HubRefusal } from '../client/hub-client.ts';
import { floorReplySchema } from '../client/messages.ts';
import { type Cast, DEMO_PASSWORD, type Seat } from '../people/cast.ts';
import { replayServices, VIP_ONE_IN } from '../replay/plan.ts';

const rosterSchema = z.looseObject({
  roster: z.array(z.looseObject({ staffId: z.string(), counterId: z.string().optional(), role: z.string() })).optional(),
});

export class Outfitter {
  private readonly admin: HubClient;

  constructor(baseUrl: string, signal: AbortSignal) {
    this.admin = new HubClient({ baseUrl, credentials: { username: 'admin', password: DEMO_PASSWORD }, signal });
  }

  close(): void {
    this.admin.close();
  }

  /** A smaller branch of the demo bank: accounts for its windows and a lobby manager of its own, once. */
  async smallBranch(branchId: string, windows: number, scale: number): Promise<Cast> {
    const { floor } = await this.admin.get(`/api/branches/${branchId}/floor`, floorReplySchema);
    const counters = floor.counters.slice(0, windows);
    const seats = counters.map(
      ({ id, number }): Seat => ({ counterId: id, staffId: `${branchId}-t${number ?? id}`, password: DEMO_PASSWORD }),
    );
    const manager = `${branchId}-manager`;
    await this.accounts(branchId, manager, seats);
    const { roster = [] } = rosterSchema.parse(floor['config'] ?? {});
    const missing = seats.filter(({ staffId }) => !roster.some((entry) => entry.staffId === staffId));
    if (missing.length > 0) {
      const kept = roster.filter(({ staffId }) => staffId !== manager) as BranchConfig['roster'];
      await this.admin.command(branchId, { type: 'branch.configure', config: { roster: [...kept, ...rosterOf(manager, missing)] } });
    }
    return castOf(branchId, manager, seats, scale);
  }

  /** A branch of its own for a recorded day, without its hours: `openReplayBranch` sets them. */
  async replayBranch(date: string, windows: number): Promise<Cast> {
    const branchId = `replay-${date}`;
    const name = { zh: `回放 ${date}`, en: `Replay of ${date}` };
    await this.bank({ type: 'branch.create', branchId, name });
    const manager = `${branchId}-manager`;
    const seats = Array.from(
      { length: windows },
      (_, index): Seat => ({ counterId: `c${index + 1}`, staffId: `${branchId}-t${index + 1}`, password: DEMO_PASSWORD }),
    );
    await this.accounts(branchId, manager, seats);
    return castOf(branchId, manager, seats, 1);
  }

  /** Round the clock in a zone whose next midnight comes soon after `notBefore` (hub ms). Returns that midnight. */
  async openReplayBranch(cast: Cast, date: string, notBefore: number): Promise<number> {
    const { timeZone, at } = nextMidnight(notBefore);
    const serviceIds = replayServices.map(({ id }) => id);
    const config: BranchConfig = {
      name: { zh: `回放 ${date}`, en: `Replay of ${date}` },
      hours: { timeZone, roundTheClock: true, week: Array.from({ length: 7 }, () => null), holidays: [], makeUpDays: [] },
      services: replayServices.map(({ id, letter, zh, en }) => ({
        id,
        letter,
        name: { zh, en },
        zone: 'cash',
        typicalMs: 180_000,
        offered: true,
      })),
      counters: cast.seats.map(({ counterId }, index) => ({ id: counterId, number: index + 1, kind: 'cash', serviceIds })),
      limits: [],
      // Two in five callers of the recordings are VIPs: one call in three would starve them.
      policy: { ...defaultPolicy, vipOneIn: VIP_ONE_IN },
      roster: 'username' in cast.manager ? rosterOf(cast.manager.username, cast.seats) : [],
    };
    await this.admin.command(cast.branchId, { type: 'branch.configure', config });
    const manager = new HubClient({ baseUrl: this.admin.baseUrl, credentials: cast.manager });
    await manager.command(cast.branchId, { type: 'branch.setPhase', phase: 'business' });
    manager.close();
    return at;
  }

  private async accounts(branchId: string, manager: string, seats: readonly Seat[]): Promise<void> {
    await this.account(manager, 'manager', branchId);
    for (const { staffId } of seats) await this.account(staffId, 'teller', branchId);
  }

  private async account(username: string, role: 'manager' | 'teller', branchId: string): Promise<void> {
    await this.bank({ type: 'account.create', username, role, branches: [branchId], password: DEMO_PASSWORD, name: username });
  }

  /** What stands already stays as it is. */
  private async bank(command: { type: string; [field: string]: unknown }): Promise<void> {
    try {
      await this.admin.post('/api/bank/commands', { id: randomUUID(), ...command });
    } catch (error) {
      if (!(error instanceof HubRefusal) || error.status !== 409) throw error;
    }
  }
}

function rosterOf(manager: string, seats: readonly Seat[]): BranchConfig['roster'] {
  return [
    { staffId: manager, role: 'manager' },
    ...seats.map(({ staffId, counterId }) => ({ staffId, role: 'teller' as const, counterId })),
  ];
}

function castOf(branchId: string, manager: string, seats: readonly Seat[], scale: number): Cast {
  const credentials = { username: manager, password: DEMO_PASSWORD };
  return { branchId, kiosk: credentials, manager: credentials, seats, scale };
}

const HOUR_MS = 3_600_000;

/** Among the zones a whole number of hours from UTC one has midnight at every full hour. */
export function nextMidnight(notBefore: number): { timeZone: string; at: number } {
  const hours = Math.ceil(notBefore / HOUR_MS);
  const utcHour = hours % 24;
  // Etc/GMT+5 is five hours behind UTC: the sign is the other way round than people write it.
  const timeZone = utcHour === 0 ? 'UTC' : utcHour <= 12 ? `Etc/GMT+${utcHour}` : `Etc/GMT-${24 - utcHour}`;
  return { timeZone, at: hours * HOUR_MS };
}
