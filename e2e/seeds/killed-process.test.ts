/** The same promises, kept by a real process under real load that is killed at moments a seed chooses. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { loadTrack } from '../../server/hub/track.ts';
import { openStore } from '../../server/store/store.ts';
import { branch } from '../../shared/branch/branch.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import type { FloorCommand } from '../../shared/contract/commands.ts';
import { seededRandom } from '../../simulator/random.ts';
import { cookieOf } from '../contract/support/client.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { Parcel, Reply } from './courier.ts';
import { brokenPromises } from './invariants.ts';

const BRANCH = 'hq-01';
const KILLS = 3;

interface Caller {
  readonly actor: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends once; what was not answered is sent again after the next start. */
async function send(hub: HubProcess, { headers }: Caller, parcel: Parcel): Promise<void> {
  parcel.sent += 1;
  const response = await fetch(`${hub.baseUrl}/api/branches/${BRANCH}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ id: parcel.id, ...parcel.command }),
  }).catch(() => undefined);
  const body: unknown = await response?.json().catch(() => undefined);
  if (response === undefined || body === undefined || response.status === 503) parcel.lost += 1;
  else {
    parcel.lost = 0;
    if (response.status === 200) {
      if (parcel.accepted !== undefined) expect(body).toEqual(parcel.accepted);
      parcel.accepted ??= body as Reply;
    } else expect(response.status, JSON.stringify(body)).toBe(409);
  }
}

test.each([1, 2])('seed %i: a process killed again and again under load loses and doubles nothing', async (seed) => {
  const random = seededRandom(seed, 'killed');
  const hub = await HubProcess.start();
  try {
    const kiosk: Caller = { actor: 'device:hq-01-kiosk', headers: { authorization: 'Bearer demo-kiosk' } };
    const manager: Caller = { actor: 'manager', headers: { cookie: await cookieOf(hub.baseUrl, 'manager') } };
    const parcels: Parcel[] = [];
    const press = async (caller: Caller, command: FloorCommand): Promise<void> => {
      const parcel: Parcel = { id: randomUUID(), actor: caller.actor, command, lost: 0, sent: 0 };
      parcels.push(parcel);
      const copies = random.chance(0.1) ? 2 : 1;
      await Promise.all(Array.from({ length: copies }, () => send(hub, caller, parcel)));
    };
    for (let n = 1; n <= 4; n += 1) await press(manager, { type: 'counter.open', counterId: `c${n}` });

    for (let round = 0; round < KILLS; round += 1) {
      const customers = Array.from({ length: 8 }, async () => {
        while (hub.running) await press(kiosk, { type: 'ticket.issue', serviceId: 'deposit' });
      });
      const tellers = Array.from({ length: 4 }, async (_, index) => {
        const counterId = `c${index + 1}`;
        while (hub.running) {
          await press(manager, { type: 'ticket.callNext', counterId });
          await press(manager, { type: 'ticket.start', counterId });
          await press(manager, { type: 'ticket.complete', counterId });
        }
      });
      await sleep(random.between(100, 600));
      await hub.kill9();
      await Promise.all([...customers, ...tellers]);
      await hub.start();
      const unanswered = parcels.filter(({ lost }) => lost > 0);
      await Promise.all(unanswered.map((parcel) => send(hub, parcel.actor === kiosk.actor ? kiosk : manager, parcel)));
    }
    expect(parcels.filter(({ lost }) => lost > 0)).toEqual([]);
    expect(parcels.filter(({ accepted }) => accepted !== undefined).length).toBeGreaterThan(50);

    await hub.kill9();
    const store = openStore({ dataDir: hub.dataDir, at: 0 });
    try {
      const { state } = loadTrack(store, branch as Parameters<typeof loadTrack>[1], BRANCH);
      expect(brokenPromises(store, BRANCH, state as BranchState, parcels), `seed ${seed}`).toEqual([]);
    } finally {
      store.close();
    }
  } finally {
    await hub.kill9();
    rmSync(hub.dataDir, { recursive: true, force: true });
  }
});
