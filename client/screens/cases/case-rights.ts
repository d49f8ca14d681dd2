/** What this person may do with a case now, and in a word why not. The hub decides; this only spares them a no. */
import { isOpenCase } from '../../../shared/branch/cases/case-book.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { ladder } from '../../../shared/contract/ladder.ts';

export const caseActions = [
  'accept',
  'decline',
  'acknowledge',
  'resolve',
  'reply',
  'close',
  'handOver',
  'escalate',
  'note',
  'promise',
  'task',
  'cause',
  'complex',
  'extend',
  'judge',
  'count',
  'correct',
  'recuse',
  'withdraw',
  'award',
] as const;
export type CaseAction = (typeof caseActions)[number];

export type WhyNot = 'notOwner' | 'notYours' | 'recused' | 'top' | 'rank' | 'noLaw' | 'notResolved' | 'headOnly' | 'above';

export interface Handler {
  readonly id: string;
  /** 1 to 5; 0 handles no cases. */
  readonly rung: number;
}

type Seen = Pick<
  Case,
  | 'kind'
  | 'state'
  | 'ownerId'
  | 'level'
  | 'offeredTo'
  | 'recused'
  | 'ackDueAt'
  | 'law'
  | 'resolvedAt'
  | 'satisfied'
  | 'people'
  | 'aboutStaffId'
>;

const HEAD = 3;

/** Actions that make sense now; `undefined` = allowed. What makes no sense is not in the map at all. */
export function rightsOf(one: Seen, me: Handler, ownerRung: number): ReadonlyMap<CaseAction, WhyNot | undefined> {
  const found = new Map<CaseAction, WhyNot | undefined>();
  if (me.rung === 0) return found;
  const mine = one.ownerId === me.id;
  const open = isOpenCase(one as Case);
  const running = one.state === 'logged' || one.state === 'acknowledged';
  const recused: WhyNot | undefined = one.recused.includes(me.id) ? 'recused' : undefined;
  // With an interest in it one may still pass on what is one's own.
  const steers = mine || (recused === undefined && (me.rung === one.level || me.rung > Math.max(1, ownerRung)));
  const notYours: WhyNot | undefined = steers ? undefined : (recused ?? 'notYours');
  const complaint = one.kind === 'complaint';

  if (running) {
    const offered = one.offeredTo === me.id;
    const cameUp = me.rung === one.level && ownerRung < one.level;
    if (!mine && (offered || cameUp)) found.set('accept', recused);
    if (offered) found.set('decline', undefined);
    if (steers && !(one.state === 'acknowledged' && one.ackDueAt === undefined)) found.set('acknowledge', undefined);
    const decidedAbove = one.satisfied === false && ownerRung < one.level;
    found.set('resolve', mine ? (recused ?? (decidedAbove ? 'above' : undefined)) : 'notOwner');
    found.set('handOver', notYours);
    found.set('escalate', notYours ?? (one.level >= ladder.length ? 'top' : undefined));
    found.set('recuse', undefined);
    if (complaint) {
      found.set('complex', one.law?.complex === true ? undefined : (notYours ?? recused));
      if (one.law?.complex === true) found.delete('complex');
      found.set('extend', notYours ?? recused ?? (one.law === undefined ? 'noLaw' : undefined));
    }
  }
  if (one.resolvedAt !== undefined && one.state !== 'withdrawn' && one.kind !== 'machineFault') found.set('reply', undefined);
  if (open) {
    const early = one.kind !== 'praise' && one.kind !== 'suggestion' && one.state !== 'resolved';
    found.set('close', notYours ?? recused ?? (early ? 'notResolved' : undefined));
    if (one.kind !== 'machineFault' && one.kind !== 'emergency') found.set('withdraw', notYours ?? recused);
    found.set('promise', notYours);
    found.set('task', notYours);
    found.set('correct', notYours);
    if (complaint) found.set('count', notYours);
  }
  found.set('note', undefined);
  found.set('cause', notYours);
  if (complaint) found.set('judge', recused ?? (me.rung < 2 ? 'rank' : undefined));
  if (one.kind !== 'machineFault') found.set('award', me.rung === HEAD ? undefined : 'headOnly');
  return found;
}

/** The one natural next step, where there is one. */
export function nextStepOf(
  rights: ReadonlyMap<CaseAction, WhyNot | undefined>,
  one: Pick<Case, 'ownerId' | 'state' | 'satisfied'>,
  me: string,
): CaseAction | undefined {
  const may = (action: CaseAction): boolean => rights.has(action) && rights.get(action) === undefined;
  if (may('accept')) return 'accept';
  if (one.ownerId !== me) return undefined;
  if (one.state === 'logged' && may('acknowledge')) return 'acknowledge';
  if (may('resolve')) return 'resolve';
  if (one.state === 'resolved' && one.satisfied !== true && may('reply')) return 'reply';
  return may('close') ? 'close' : undefined;
}
