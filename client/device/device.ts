/** A paired device: its branch, live, through the page's one connection. Comes back by itself, for days. */
import { evolvePublic, type PublicFloor } from '../../shared/public/public-floor.ts';
import type { PublicEvent } from '../../shared/public/public-events.ts';
import { type Api, createApi } from '../live/api.ts';
import { createConnection } from '../live/connection.ts';
import { createHubClock, type HubClock } from '../live/hub-clock.ts';
import { createLive, type Live } from '../live/live.ts';

export interface Device {
  readonly branchId: string;
  readonly live: Live<PublicFloor>;
  readonly clock: HubClock;
  readonly api: Api;
}

export type DeviceState =
  | { readonly state: 'connecting' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'denied' }
  | { readonly state: 'ready'; readonly device: Device };

type LiveEvent = PublicEvent & { readonly at?: number };

const RETRY_MS = 3_000;
/** An ended access is asked about again now and then: an administrator may have meant another device. */
const DENIED_RETRY_MS = 60_000;

interface OwnBranch {
  readonly id: string;
}

/** Tells `listener` every change of state; the returned function ends it all. */
export function startDevice(token: string, listener: (state: DeviceState) => void): () => void {
  const api = createApi({ token });
  const clock = createHubClock();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close: (() => void) | undefined;
  let stopped = false;

  const later = (ms: number): void => {
    timer = setTimeout(() => void begin(), ms);
  };

  const denied = (): void => {
    close?.();
    close = undefined;
    listener({ state: 'denied' });
    later(DENIED_RETRY_MS);
  };

  async function begin(): Promise<void> {
    const answer = await api.get<readonly OwnBranch[] | { readonly branches: readonly OwnBranch[] }>('/api/branches');
    if (stopped) return;
    if (!answer.ok) {
      if (answer.problem.status === 401 || answer.problem.status === 403) return denied();
      listener({ state: 'unreachable' });
      return later(RETRY_MS);
    }
    const branches = 'branches' in answer.value ? answer.value.branches : answer.value;
    const branchId = branches[0]?.id;
    if (branchId === undefined) return denied();
    listener({ state: 'ready', device: watch(branchId) });
  }

  function watch(branchId: string): Device {
    const connection = createConnection({
      token,
      mayReturn: async () => {
        const answer = await api.get('/api/branches');
        return answer.ok || answer.problem.status !== 401;
      },
    });
    const live = createLive<PublicFloor, LiveEvent>({
      connection,
      clock,
      branchId,
      audience: 'public',
      thaw: (frozen) => frozen as PublicFloor,
      evolve: evolvePublic,
    });
    const unsubscribe = live.store.subscribe(({ link }) => {
      if (link.state === 'revoked' || link.state === 'refused') denied();
    });
    close = () => {
      unsubscribe();
      live.stop();
      connection.close();
    };
    return { branchId, live, clock, api };
  }

  listener({ state: 'connecting' });
  void begin();
  return () => {
    stopped = true;
    clearTimeout(timer);
    close?.();
  };
}
