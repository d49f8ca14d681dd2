/** Who can stand in at a post this minute, the nearest to hand first, each with the one command that does it. Pure. */
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { absenceOf, entryOf, postBar, postsOf, shiftOf, skillsAt, staffOn } from '../../../shared/branch/people/roster.ts';
import type { Presence } from '../../../shared/branch/people/people.state.ts';
import { actingKind } from '../../../shared/branch/queue/eligible.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import type { CounterConfig, RosterEntry } from '../../../shared/contract/config.ts';
import type { PostKind } from '../../../shared/contract/people.ts';

/** A post without a place of its own, or any closed window of a zone. */
export type CoverNeed =
  | { readonly kind: Exclude<PostKind, 'counter'>; readonly except?: string }
  | { readonly kind: 'counter'; readonly zone: 'cash' | 'nonCash'; readonly except?: string };

/** `free`: here without a post. `planned`: has a shift now and has not signed on. */
export type Whereabouts = 'free' | 'backOffice' | 'onPost' | 'onBreak' | 'planned' | 'off';

export interface Cover {
  readonly staffId: string;
  readonly where: Whereabouts;
  /** The post they would leave. */
  readonly leaves?: NonNullable<Presence['post']>;
  /** It is their usual post. */
  readonly usual: boolean;
  readonly counter?: { readonly id: string; readonly number: number };
  readonly command: FloorCommand;
}

const order: readonly Whereabouts[] = ['free', 'backOffice', 'onPost', 'planned', 'onBreak', 'off'];

export const zoneOf = (config: CounterConfig): 'cash' | 'nonCash' => {
  const kind = actingKind(config);
  return kind === 'nonCash' || kind === 'corporate' ? 'nonCash' : 'cash';
};

function whereIs(state: BranchState, staffId: string, now: number): Whereabouts {
  const here = Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId] : undefined;
  if (here?.break !== undefined) return 'onBreak';
  if (here !== undefined) return here.post === undefined ? 'free' : here.post.kind === 'backOffice' ? 'backOffice' : 'onPost';
  const shift = state.day === undefined ? undefined : shiftOf(state, state.day.date, staffId);
  return shift !== undefined && shift.startsAt <= now && shift.endsAt > now ? 'planned' : 'off';
}

/** Their own closed window, or the first closed one they can serve. */
function windowFor(state: BranchState, entry: RosterEntry, zone: 'cash' | 'nonCash'): CounterConfig | undefined {
  const closed = (state.config?.counters ?? []).filter(
    (one) => state.counters[one.id]?.state === 'closed' && zoneOf(one) === zone && skillsAt(state, entry, one.id).can > 0,
  );
  return closed.find(({ id }) => id === entry.counterId) ?? closed.find(({ kind }) => kind !== 'elastic') ?? closed[0];
}

/** At most `most`; people who may not, who are away, and who hold such a post already are left out. */
export function coverFor(state: BranchState, need: CoverNeed, now: number, most = 6): readonly Cover[] {
  const date = state.day?.date;
  if (date === undefined) return [];
  const found = staffOn(state, date).flatMap((entry): Cover[] => {
    const { staffId } = entry;
    if (staffId === need.except || absenceOf(state, date, staffId) !== undefined) return [];
    const post = Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId]?.post : undefined;
    const counter = need.kind === 'counter' ? windowFor(state, entry, need.zone) : undefined;
    if (post?.kind === need.kind || (need.kind === 'counter' && counter === undefined)) return [];
    const wanted = counter === undefined ? { kind: need.kind } : { kind: need.kind, counterId: counter.id };
    if (postBar(state, entry, wanted, date) !== undefined) return [];
    return [
      {
        staffId,
        where: whereIs(state, staffId, now),
        ...(post === undefined ? {} : { leaves: post }),
        usual: postsOf(entry)[0] === need.kind,
        ...(counter === undefined ? {} : { counter: { id: counter.id, number: counter.number } }),
        command: { type: 'post.take', staffId, ...wanted },
      },
    ];
  });
  return found
    .sort(
      (a, b) => order.indexOf(a.where) - order.indexOf(b.where) || Number(b.usual) - Number(a.usual) || (a.staffId < b.staffId ? -1 : 1),
    )
    .slice(0, most);
}

/** What somebody holds up by going on a break now, as a need for cover; undefined where nobody is needed. */
export function needOfRelief(state: BranchState, staffId: string): CoverNeed | undefined {
  const post = Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId]?.post : undefined;
  if (post === undefined || post.kind === 'backOffice' || entryOf(state, staffId) === undefined) return undefined;
  if (post.kind !== 'counter') return { kind: post.kind, except: staffId };
  const config = state.config?.counters.find(({ id }) => id === post.counterId);
  return config === undefined ? undefined : { kind: 'counter', zone: zoneOf(config), except: staffId };
}
