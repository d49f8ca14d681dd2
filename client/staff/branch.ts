/** Branches a staff page watches: one live fold each, shared by all its parts, let go a little after the last one left. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { branch } from '../../shared/branch/branch.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { hearOfAdvice } from './advice/brought.ts';
import { createHubClock } from '../live/hub-clock.ts';
import { createLive, type Live } from '../live/live.ts';
import { endSession, staffConnection } from './session.ts';

export type StaffLive = Live<BranchState>;

const LINGER_MS = 5_000;
/** One clock for all branches: it is the hub's. */
const clock = createHubClock();
const watched = new Map<string, { live: StaffLive; users: number; linger?: ReturnType<typeof setTimeout> }>();
/** Told to those who care for every branch on this page, whatever screen watches it. */
const lives = createStore<{ readonly list: readonly StaffLive[] }>(() => ({ list: [] }));
const tellWatched = (): void => queueMicrotask(() => lives.setState({ list: [...watched.values()].map(({ live }) => live) }));

/** The last event of each case heard on this page: a note or a look at the contact changes nothing on the floor. */
const heardOf = createStore<{ readonly seqs: Readonly<Record<string, number>> }>(() => ({ seqs: {} }));

function hear(event: StoredBranchEvent): void {
  const caseId = 'caseId' in event ? event.caseId : undefined;
  if (caseId !== undefined) heardOf.setState(({ seqs }) => ({ seqs: { ...seqs, [caseId]: event.seq } }));
}

const firstPictures = new WeakMap<StaffLive, BranchState>();

/** What a branch was like when this page began to watch it; undefined until it came. */
export const firstPicture = (live: StaffLive): BranchState | undefined => firstPictures.get(live);

function open(branchId: string): StaffLive {
  const live = createLive<BranchState, StoredBranchEvent>({
    connection: staffConnection(),
    clock,
    branchId,
    audience: 'staff',
    thaw: (frozen) => branch.thaw(frozen),
    evolve: (state, event) => {
      hear(event);
      hearOfAdvice(state, event);
      return branch.evolve(state, event);
    },
  });
  live.store.subscribe((state) => {
    if (state.floor !== undefined && !firstPictures.has(live)) firstPictures.set(live, state.floor);
    if (state.link.state !== 'revoked') return;
    watched.delete(branchId);
    tellWatched();
    endSession();
  });
  return live;
}

function entryOf(branchId: string) {
  let entry = watched.get(branchId);
  if (entry === undefined) {
    watched.set(branchId, (entry = { live: open(branchId), users: 0 }));
    tellWatched();
  }
  return entry;
}

export function useStaffBranch(branchId: string): StaffLive {
  useEffect(() => {
    const entry = entryOf(branchId);
    entry.users += 1;
    clearTimeout(entry.linger);
    return () => {
      entry.users -= 1;
      if (entry.users > 0) return;
      entry.linger = setTimeout(() => {
        entry.live.stop();
        if (watched.get(branchId) === entry) watched.delete(branchId);
        tellWatched();
      }, LINGER_MS);
    };
  }, [branchId]);
  return entryOf(branchId).live;
}

/** Branches that a screen of this page watches now; looking here keeps none of them watched. */
export const useWatchedBranches = (): readonly StaffLive[] => useStore(lives, (state) => state.list);

/** Another number whenever something happened to this case. */
export const useHeardOf = (caseId: string): number => useStore(heardOf, ({ seqs }) => seqs[caseId] ?? 0);
