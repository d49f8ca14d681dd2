/** The smallest aggregate that can do everything the hub must cope with: for tests of the road alone. */
import type { Aggregate, Context, Decision, PersonalEntry } from '../../shared/aggregate.ts';

export interface TallyState {
  readonly seq: number;
  readonly keys: readonly string[];
  readonly dueAt?: number;
  readonly jammed?: boolean;
}

export type TallyCommand =
  | { type: 'tally.add'; key: string; note?: string }
  | { type: 'tally.addTwo'; key: string }
  | { type: 'tally.nothing' }
  | { type: 'tally.refuse' }
  | { type: 'tally.explode' }
  /** Decides well and then cannot be written. */
  | { type: 'tally.poison' }
  | { type: 'tally.remind'; at: number }
  /** Due at once, and no tick ever changes that. */
  | { type: 'tally.jam' }
  | { type: 'clock.tick' }
  | { type: 'hub.resumed'; downFrom: number };

export type TallyEvent =
  | { type: 'tally.added'; key: string; noteRef?: string }
  | { type: 'tally.reminderSet'; dueAt: number }
  | { type: 'tally.reminded'; dueAt: number }
  | { type: 'tally.jammed' }
  | { type: 'tally.resumed'; downFrom: number };

export interface TallyShape {
  state: TallyState;
  command: TallyCommand;
  event: TallyEvent;
}

interface Ruling {
  readonly events: readonly TallyEvent[];
  readonly personal?: readonly PersonalEntry[];
  readonly result?: Record<string, unknown>;
}

function rule(state: TallyState, command: TallyCommand, { now, newId }: Context): Ruling | undefined {
  switch (command.type) {
    case 'tally.add': {
      if (command.note === undefined)
        return { events: [{ type: 'tally.added', key: command.key }], result: { count: state.keys.length + 1, token: newId() } };
      const ref = newId();
      return {
        events: [{ type: 'tally.added', key: command.key, noteRef: ref }],
        personal: [{ ref, kind: 'text', value: { text: command.note } }],
      };
    }
    case 'tally.addTwo':
      return {
        events: [
          { type: 'tally.added', key: `${command.key}/1` },
          { type: 'tally.added', key: `${command.key}/2` },
        ],
      };
    case 'tally.nothing':
      return { events: [], result: { token: newId() } };
    case 'tally.refuse':
      return undefined;
    case 'tally.explode':
      throw new Error('a rule with a bug');
    case 'tally.poison':
      return {
        events: [{ type: 'tally.added', key: 'poison' }],
        personal: [{ ref: 'poison', kind: 'unheard of' as PersonalEntry['kind'], value: {} }],
      };
    case 'tally.remind':
      return { events: [{ type: 'tally.reminderSet', dueAt: command.at }] };
    case 'tally.jam':
      return { events: [{ type: 'tally.jammed' }] };
    case 'clock.tick':
      return {
        events:
          state.dueAt !== undefined && state.dueAt <= now && state.jammed !== true ? [{ type: 'tally.reminded', dueAt: state.dueAt }] : [],
      };
    case 'hub.resumed':
      return { events: state.keys.length > 0 ? [{ type: 'tally.resumed', downFrom: command.downFrom }] : [] };
  }
}

function evolve(state: TallyState, event: TallyEvent & { readonly seq: number; readonly at: number }): TallyState {
  const { seq } = event;
  if (event.type === 'tally.added') return { ...state, seq, keys: [...state.keys, event.key] };
  if (event.type === 'tally.reminderSet') return { ...state, seq, dueAt: event.dueAt };
  if (event.type === 'tally.reminded') return { ...state, seq, dueAt: undefined };
  if (event.type === 'tally.jammed') return { ...state, seq, dueAt: event.at, jammed: true };
  return { ...state, seq };
}

export const tally: Aggregate<TallyState, TallyCommand, TallyEvent> = {
  version: 1,
  initial: () => ({ seq: 0, keys: [] }),
  decide: (state, command, context): Decision<TallyState, TallyEvent> => {
    const ruling = rule(state, command, context);
    if (ruling === undefined) return { ok: false, refusal: { code: 'tally.refused', message: 'No.', params: { seq: state.seq } } };
    const events = ruling.events.map((event, index) => ({
      ...event,
      branchId: 'b1',
      seq: state.seq + 1 + index,
      at: context.now,
      actor: context.actor.id,
    }));
    return { ...ruling, ok: true, events, state: events.reduce(evolve, state) };
  },
  evolve,
  due: (state) => state.dueAt,
  seqOf: (state) => state.seq,
  freeze: (state) => state,
  thaw: (frozen) => frozen as TallyState,
  eventVersions: {},
  upcast: (_type, _version, payload) => payload,
};
