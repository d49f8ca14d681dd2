/** Who may have a hand in cases, and who sees which. The audience asks here too: one rule for doing and for seeing. */
import type { Actor, Refusal, Role } from '../../aggregate.ts';
import { ladder } from '../../contract/ladder.ts';
import type { BranchCommand } from '../../contract/commands.ts';
import type { BranchState } from '../branch.state.ts';
import type { Case } from './case.state.ts';

const forbidden = (message: string): Refusal => ({ code: 'forbidden', message });

/** The rung a role stands on, from 1; 0 for roles that handle no cases. */
export const levelOf = (role: Role): number => ladder.findIndex((one) => one === role) + 1;

/** Silent emergencies are for those involved, the head and above, supervisors and the recipients the bank named. */
function hearsSilent(state: Pick<BranchState, 'config'>, viewer: { readonly id: string; readonly role: Role }): boolean {
  if (levelOf(viewer.role) >= levelOf('head')) return true;
  if (state.config?.cases?.silentRecipients.includes(viewer.id) === true) return true;
  return state.config?.roster.some(({ staffId, role }) => staffId === viewer.id && role === 'supervisor') === true;
}

/** True when this member of staff may see the case at all. Tellers see what they ever had to do with; leads see the branch's; who only administers sees none. */
export function maySee(
  state: Pick<BranchState, 'config'>,
  viewer: { readonly id: string; readonly role: Role },
  one: Pick<Case, 'people' | 'silent' | 'kind'>,
): boolean {
  if (one.people.includes(viewer.id)) return true;
  if (one.silent === true) return hearsSilent(state, viewer);
  // An emergency reaches every staff screen of the branch.
  if (one.kind === 'emergency') return levelOf(viewer.role) > 0;
  return levelOf(viewer.role) >= levelOf('manager');
}

/** Undefined when allowed; a case that may not be seen is as good as none. */
export function mayHandle(state: BranchState, actor: Actor, command: BranchCommand): Refusal | undefined {
  if (actor.kind !== 'staff' || levelOf(actor.role) === 0)
    return forbidden('Cases are handled by the staff of the branch and those above it.');
  if (!('caseId' in command) || command.caseId === undefined) return undefined;
  const one = state.cases.get(command.caseId);
  return one === undefined || maySee(state, actor, one) ? undefined : forbidden('This case is not yours to see.');
}
