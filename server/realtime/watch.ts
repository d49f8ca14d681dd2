/** One viewer's wish to follow a branch: the picture now or what was missed since, then every commit. */
import type { Server, Socket } from 'socket.io';
import { z } from 'zod';
import type { Principal } from '../auth/access.ts';
import type { Outlook, PublicOutlook } from '../../shared/contract/outlook.ts';
import type { Forecasts } from '../forecast/forecasts.ts';
import type { Hub } from '../hub/hub.types.ts';
import type { Clock } from '../platform/clock.ts';
import { audiences, belongs, eventsFor, floorFor, outlookFor, type SeenEvent, sightsOf, type View, viewOf } from './audience.ts';

export interface SocketData {
  principal: Principal;
  /** The view a branch is watched with: one per branch, so that its events come once. */
  watches: Map<string, View>;
  /** Real ms before which further watches of this socket are counted together. */
  windowEndsAt: number;
  asked: number;
}

/** The auditor's word, for staff. `late`: the viewer's branches whose timers stand still, since the oldest instant passed over (hub ms). */
export interface Pulse {
  readonly at: number;
  readonly ok: boolean;
  readonly late?: readonly string[];
  readonly since?: number;
}

interface Messages {
  events: (batch: readonly SeenEvent[]) => void;
  pulse: (pulse: Pulse) => void;
  /** Waits as predicted now: the whole of it each time, in no order with the events. */
  outlook: (outlook: Outlook | PublicOutlook) => void;
  revoked: () => void;
}

export type WatchServer = Server<Record<string, never>, Messages, Record<string, never>, SocketData>;
export type WatchSocket = Socket<Record<string, never>, Messages, Record<string, never>, SocketData>;

export type WatchAnswer =
  | { readonly ok: true; readonly seq: number; readonly at: number; readonly speed: number; readonly floor?: unknown }
  | { readonly ok: false; readonly code: string };

/** So far back a viewer may catch up by events; further back the picture is smaller. */
const CATCH_UP = 10_000;
/** Events in one message of a catch-up. */
const CHUNK = 500;
/** Of the queue so many waits are told to every screen, twice a second in a rush: the rest of a long line is hours from mattering. */
const TOLD_WAITS = 60;
const WATCHES_PER_SOCKET = 200;
const ASKS_PER_WINDOW = 300;
const WINDOW_MS = 10_000;

const watchSchema = z.object({
  branchId: z.string().min(1).max(64),
  audience: z.enum(audiences),
  after: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
});
const unwatchSchema = z.object({ branchId: z.string().min(1).max(64) });

const no = (code: string): WatchAnswer => ({ ok: false, code });
/** The first of the line, as it is in the order of calling. */
const shortened = (outlook: Outlook): Outlook => ({
  ...outlook,
  tickets: Object.fromEntries(Object.entries(outlook.tickets).slice(0, TOLD_WAITS)),
});
const roomOf = (branchId: string, view: View): string => `${branchId}|${view}`;

export interface Watches {
  watch(socket: WatchSocket, asked: unknown, answer: (answer: WatchAnswer) => void): void;
  unwatch(socket: WatchSocket, asked: unknown): void;
}

/** `refused`: somebody was told that this is not theirs to see. */
export function createWatches(
  io: WatchServer,
  hub: Hub,
  forecasts: Forecasts,
  clock: Clock,
  limited: boolean,
  refused: (actorId: string, code: string) => void,
): Watches {
  /** Views with somebody in them, per branch: each batch is filtered once for each. */
  const present = new Map<string, Set<View>>();

  hub.onCommitted((branchId, events, state) => {
    for (const { views, events: seen } of sightsOf(present.get(branchId) ?? [], events, state)) {
      const rooms = views.map((view) => roomOf(branchId, view));
      io.to(rooms).emit('events', seen);
    }
  });

  forecasts.onOutlook((outlook) => {
    const views = [...(present.get(outlook.branchId) ?? [])];
    const rooms = (of: (view: View) => boolean): string[] => views.filter(of).map((view) => roomOf(outlook.branchId, view));
    const staff = rooms((view) => view !== 'public');
    const everybody = rooms((view) => view === 'public');
    if (staff.length > 0) io.to(staff).emit('outlook', shortened(outlook));
    if (everybody.length > 0) io.to(everybody).emit('outlook', outlookFor('public', outlook));
  });

  io.of('/').adapter.on('create-room', (room: string) => {
    const [branchId, view] = room.split('|');
    if (branchId === undefined || view === undefined) return;
    const views = present.get(branchId) ?? new Set<View>();
    present.set(branchId, views.add(view as View));
  });
  io.of('/').adapter.on('delete-room', (room: string) => {
    const [branchId, view] = room.split('|');
    const views = branchId === undefined ? undefined : present.get(branchId);
    if (branchId === undefined || views === undefined) return;
    views.delete(view as View);
    if (views.size === 0) present.delete(branchId);
  });

  /** Too many questions from one socket in a while: each may cost a whole picture. */
  function tooMany({ data }: WatchSocket): boolean {
    const now = clock.realNow();
    if (now >= data.windowEndsAt) {
      data.windowEndsAt = now + WINDOW_MS;
      data.asked = 0;
    }
    data.asked += 1;
    return limited && data.asked > ASKS_PER_WINDOW;
  }

  function refuse({ actor }: Principal, code: string): WatchAnswer {
    refused(actor.id, code);
    return no(code);
  }

  function leave(socket: WatchSocket, branchId: string): void {
    const view = socket.data.watches.get(branchId);
    if (view === undefined) return;
    socket.data.watches.delete(branchId);
    void socket.leave(roomOf(branchId, view));
  }

  return {
    watch(socket, asked, answer) {
      if (tooMany(socket)) return answer(no('rate.limited'));
      const read = watchSchema.safeParse(asked);
      if (!read.success) return answer(no('input.invalid'));
      const { branchId, audience, after } = read.data;
      const { actor } = socket.data.principal;
      if (!belongs(actor, branchId)) return answer(refuse(socket.data.principal, 'branch.forbidden'));
      const view = viewOf(actor, audience);
      if (view === undefined) return answer(refuse(socket.data.principal, 'forbidden'));
      const state = hub.state(branchId);
      if (state === undefined) return answer(no('branch.unknown'));
      const { watches } = socket.data;
      if (!watches.has(branchId) && watches.size >= WATCHES_PER_SOCKET) return answer(no('watch.too_many'));
      // From here to the end nothing else runs: no commit falls between what is read and the room that brings the next.
      leave(socket, branchId);
      watches.set(branchId, view);
      void socket.join(roomOf(branchId, view));
      const { seq } = state;
      const at = clock.now();
      const { speed } = clock;
      const from = after ?? undefined;
      const outlook = forecasts.outlook(branchId);
      if (from === undefined || from > seq || seq - from > CATCH_UP) {
        answer({ ok: true, seq, at, speed, floor: floorFor(view, state, at) });
        if (outlook !== undefined) socket.emit('outlook', outlookFor(view, shortened(outlook)));
        return;
      }
      answer({ ok: true, seq, at, speed });
      if (outlook !== undefined) socket.emit('outlook', outlookFor(view, shortened(outlook)));
      for (let last = from; last < seq; ) {
        const events = hub.eventsAfter(branchId, last, Math.min(CHUNK, seq - last));
        if (events.length === 0) break;
        socket.emit('events', eventsFor(view, events, state));
        last = events.at(-1)?.seq ?? seq;
      }
    },
    unwatch(socket, asked) {
      const read = unwatchSchema.safeParse(asked);
      if (read.success) leave(socket, read.data.branchId);
    },
  };
}
