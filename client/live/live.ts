/** A branch's floor, alive: the server's truth at a known sequence number, in a store that redraws only what changed. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SeenOutlook } from '../../shared/contract/outlook.ts';
import type { Audience, Connection, Heard, WatchAnswer } from './connection.ts';
import { begin, type Fold, type Held, nothing, receive } from './fold.ts';
import type { HubClock } from './hub-clock.ts';
import { pageNow } from './hub-clock.ts';

/** `since` is hub time: what is shown was true then. */
export type Link =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'stale'; readonly since: number }
  | { readonly state: 'refused'; readonly code: string }
  | { readonly state: 'revoked' };

export interface LiveState<F> {
  readonly floor: F | undefined;
  readonly seq: number;
  readonly link: Link;
  /** Waits as the hub foretold them last. */
  readonly outlook: SeenOutlook | undefined;
}

export interface Live<F> {
  readonly branchId: string;
  readonly store: StoreApi<LiveState<F>>;
  readonly clock: HubClock;
  stop(): void;
}

export interface LiveOptions<F, E extends Heard> extends Fold<F, E> {
  readonly connection: Connection;
  readonly clock: HubClock;
  readonly branchId: string;
  readonly audience: Audience;
}

const AGAIN_MS = 1_000;
/** One and the same, so that an event by itself is no news of the line. */
const LIVE: Link = { state: 'live' };

export function createLive<F, E extends Heard>(options: LiveOptions<F, E>): Live<F> {
  const { connection, clock, branchId, audience } = options;
  const store = createStore<LiveState<F>>(() => ({ floor: undefined, seq: 0, link: { state: 'connecting' }, outlook: undefined }));
  let held: Held<F> = nothing;
  let asking = true;
  /** The fold failed: what is held still shows, but only a new picture helps. */
  let broken = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const publish = (link: Link): void => store.setState({ floor: held.floor, seq: held.seq, link });

  /** Asks anew; the first time at once, a second within a second later, so that a broken fold never hammers the hub. */
  const again = (how: 'after' | 'fresh'): void => {
    broken ||= how === 'fresh';
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    timer = setTimeout(() => watching.again(), how === 'fresh' ? AGAIN_MS : 0);
  };

  const watched = (answer: WatchAnswer, sentAt: number, receivedAt: number): void => {
    asking = false;
    if (!answer.ok) return publish({ state: 'refused', code: answer.code ?? 'refused' });
    if (answer.at !== undefined) clock.sample({ at: answer.at, speed: answer.speed, sentAt, receivedAt });
    const heard = begin(held, { seq: answer.seq ?? 0, floor: answer.floor }, options);
    held = heard.held;
    broken &&= answer.floor === undefined;
    // What was foretold before the line broke is no longer: a fresh word follows if there is one.
    store.setState({ outlook: undefined });
    publish(LIVE);
    if (heard.again !== undefined) again(heard.again);
  };

  const hear = (batch: readonly Heard[]): void => {
    if (broken) return;
    const heard = receive(held, batch as readonly E[], options);
    const last = batch.at(-1)?.at;
    if (last !== undefined) clock.atLeast(last);
    if (heard.again !== undefined) again(heard.again);
    if (heard.held === held) return;
    held = heard.held;
    publish(LIVE);
  };

  const watching = connection.watch({
    branchId,
    audience,
    after: () => (held.floor === undefined || broken ? undefined : held.seq),
    watched,
    heard: hear,
    foretold: (outlook) => store.setState({ outlook }),
    lost(since) {
      asking = true;
      if (store.getState().link.state === 'stale') return;
      publish({ state: 'stale', since: clock.now() - (pageNow() - since) * clock.speed() });
    },
    revoked: () => publish({ state: 'revoked' }),
  });

  return {
    branchId,
    store,
    clock,
    stop() {
      clearTimeout(timer);
      watching.stop();
    },
  };
}

/** Picks one thing out of the floor; the component redraws only when that thing changes. */
export function useFloor<F, T>(live: Live<F>, select: (floor: F | undefined) => T): T {
  return useStore(live.store, (state) => select(state.floor));
}

/** Real ms after which what was foretold is not shown any more: the forecaster stands still. */
const FORETOLD_FOR_MS = 60_000;

/** Undefined: nothing foretold lately. Then the formula must do. */
export function outlookOf<F>({ store, clock }: Live<F>): SeenOutlook | undefined {
  const { outlook } = store.getState();
  return outlook !== undefined && clock.now() - outlook.at <= FORETOLD_FOR_MS * clock.speed() ? outlook : undefined;
}

/** Picks one thing out of what is foretold. */
export function useOutlook<F, T>(live: Live<F>, select: (outlook: SeenOutlook | undefined) => T): T {
  return useStore(live.store, () => select(outlookOf(live)));
}

export function useLink<F>(live: Live<F>): Link {
  return useStore(live.store, (state) => state.link);
}
