/** Who is there for a case: the one on duty, the owner's rung, who must keep out of it. */
import type { Role } from '../../aggregate.ts';
import { ladder } from '../../contract/ladder.ts';
import type { BranchState } from '../branch.state.ts';
import type { Draft } from '../draft.ts';
import { levelOf } from './case.access.ts';
import type { Case } from './case.state.ts';

/** Away now: nothing is offered to them. */
export function isOff(state: Pick<BranchState, 'offShift'>, staffId: string, now: number): boolean {
  const off = Object.hasOwn(state.offShift, staffId) ? state.offShift[staffId] : undefined;
  return off !== undefined && (off.backAt === undefined || now < off.backAt);
}

/** Who of this role is on duty: those on the roster first. Undefined when nobody is. */
export function onDuty(draft: Draft, role: Role, except: readonly string[] = []): string | undefined {
  const { staff } = draft.context;
  const rostered = draft.state.config.roster.filter((entry) => entry.role === role && staff.roleOf(entry.staffId) !== undefined);
  const free = (staffId: string): boolean => !except.includes(staffId) && !isOff(draft.state, staffId, draft.now);
  return rostered.map(({ staffId }) => staffId).find(free) ?? staff.ofRole(role).find(free);
}

/** The first on duty from a level upwards. */
export function onDutyFrom(draft: Draft, level: number, except: readonly string[] = []): string | undefined {
  for (const role of ladder.slice(Math.max(0, level - 1))) {
    const found = onDuty(draft, role, except);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whoever there is, on shift or not, first of all the lobby managers: the owner of what nobody on duty could be given. */
export function anybody(draft: Draft): string | undefined {
  const { staff } = draft.context;
  for (const role of [...ladder.slice(1), ...ladder.slice(0, 1)]) {
    const found = staff.ofRole(role)[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether anybody at this level may handle it. */
export function isStaffed(draft: Draft, one: Case, level: number): boolean {
  const role = ladder[level - 1];
  return role !== undefined && draft.context.staff.ofRole(role).some((staffId) => !isRecused(one, staffId));
}

/** The rung of whoever this is; 0 for one who left. */
export function rungOf(draft: Draft, staffId: string): number {
  const role = draft.context.staff.roleOf(staffId);
  return role === undefined ? 0 : levelOf(role);
}

export const isRecused = (one: Case, staffId: string): boolean => one.recused.includes(staffId);

/** The owner, the leads at the level it stands at, and those above the owner may steer it; of those with an interest in it only the owner, who has to pass it on. */
export function maySteer(draft: Draft, one: Case): boolean {
  const { actor } = draft.context;
  const rung = levelOf(actor.role);
  if (isRecused(one, actor.id)) return actor.id === one.ownerId;
  // At the lowest level a colleague's case is a colleague's.
  const atLevel = rung === one.level && rung > 1;
  return actor.id === one.ownerId || atLevel || rung > Math.max(1, rungOf(draft, one.ownerId));
}
