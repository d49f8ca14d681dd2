/** What deserves a person's ear: found by comparing what was known of the cases with what is known now. */
import type { Role } from '../../../shared/aggregate.ts';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { levelOf } from '../../../shared/branch/cases/case.access.ts';
import { isOpenCase } from '../../../shared/branch/cases/case-book.ts';
import { ladder } from '../../../shared/contract/ladder.ts';

export type NoticeKind =
  | 'emergency'
  /** Somebody asks me to take it. */
  | 'offered'
  /** Mine by the rules, without my doing: a machine's fault, a major event. */
  | 'given'
  /** It came up to my level, or my level is told. */
  | 'cameUp'
  | 'told'
  /** Mine, and its time passed or comes near. */
  | 'lawNear'
  | 'lawPassed'
  | 'promise'
  | 'task'
  /** What I had offered was taken, or not. */
  | 'taken'
  | 'declined';

export interface Notice {
  readonly kind: NoticeKind;
  readonly one: Case;
}

export interface Me {
  readonly id: string;
  readonly role: Role;
}

type Known = Pick<BranchState, 'cases' | 'openCases'> & Partial<Pick<BranchState, 'offShift'>>;

const isRole = (role: Role, roles: readonly string[]): boolean => roles.includes(role);

function fresh(one: Case, me: Me): NoticeKind | undefined {
  if (one.kind === 'emergency') return one.loggedBy === me.id ? undefined : 'emergency';
  if (one.offeredTo === me.id) return 'offered';
  if (one.ownerId === me.id) return one.loggedBy === me.id ? undefined : 'given';
  // Shown anew: it was there before this person could see it.
  if (one.step > 0) return one.level === levelOf(me.role) ? 'cameUp' : undefined;
  return one.loggedBy !== me.id && isRole(me.role, one.policy.tellAtOnce) ? 'told' : undefined;
}

const passedNow = <T extends { readonly id: string; readonly overdue?: boolean }>(
  before: readonly T[],
  after: readonly T[],
): T | undefined => after.find((one) => one.overdue === true && before.find(({ id }) => id === one.id)?.overdue !== true);

function changed(before: Case, after: Case, me: Me): NoticeKind | undefined {
  if (after.offeredTo === me.id && (before.offeredTo !== me.id || before.offeredAt !== after.offeredAt)) return 'offered';
  if (after.step > before.step) {
    const rung = levelOf(me.role);
    if (after.level === rung) return 'cameUp';
    const told = after.policy.levels[after.level - 1]?.told ?? [];
    if (after.ownerId === me.id || isRole(me.role, told)) return 'told';
    return undefined;
  }
  if (before.ownerId === me.id && after.ownerId !== me.id) return 'taken';
  if (after.ownerId !== me.id) {
    const task = passedNow(before.tasks, after.tasks);
    return task?.ownerId === me.id ? 'task' : undefined;
  }
  if (before.offeredTo !== undefined && after.offeredTo === undefined && before.ownerId === me.id) return 'declined';
  if (after.law?.passed === true && before.law?.passed !== true) return 'lawPassed';
  if (after.law?.warned === true && before.law?.warned !== true) return 'lawNear';
  if (passedNow(before.promises, after.promises) !== undefined) return 'promise';
  if (passedNow(before.tasks, after.tasks) !== undefined) return 'task';
  return undefined;
}

/** Empty for what this person did themselves as far as the cases tell. Silent emergencies are never among them. */
export function noticesOf(before: Known, after: Known, me: Me): readonly Notice[] {
  if (before.cases === after.cases) return [];
  // Gone home: what happens to their cases meanwhile is for those who are here.
  const away = after.offShift?.[me.id] !== undefined;
  const found: Notice[] = [];
  for (const id of after.openCases.values()) {
    const one = after.cases.get(id);
    const known = before.cases.get(id);
    if (one === undefined || one === known || one.silent === true) continue;
    const kind = known === undefined || !isOpenCase(known) ? fresh(one, me) : changed(known, one, me);
    if (kind !== undefined && (!away || kind === 'emergency')) found.push({ kind, one });
  }
  return found;
}

/** Emergencies under way that everybody may see, the newest first; a real one before any drill. */
export function openEmergencies(state: Pick<BranchState, 'cases' | 'notableCases'>): readonly Case[] {
  const found: Case[] = [];
  for (const id of state.notableCases.values()) {
    const one = state.cases.get(id);
    if (one?.kind === 'emergency' && one.silent !== true && one.state !== 'resolved') found.push(one);
  }
  return found.sort((a, b) => Number(a.drill === true) - Number(b.drill === true) || b.loggedAt - a.loggedAt);
}

/** The role a case stands at. */
export const roleAt = (level: number): (typeof ladder)[number] => ladder[Math.min(ladder.length, Math.max(1, level)) - 1] ?? 'teller';
