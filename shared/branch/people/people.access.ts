/** Who may plan, and who may speak for whom: everybody for themselves, lobby manager and head for the branch. */
import type { Actor, Refusal, Role } from '../../aggregate.ts';
import type { BranchCommand, CommandOf } from '../../contract/commands.ts';
import type { BranchState } from '../branch.state.ts';

export const ownCommands = [
  'post.take',
  'post.leave',
  'break.begin',
  'break.end',
  'roster.absence',
  'roster.cancelAbsence',
  'roster.swap',
  'roster.acceptSwap',
  'roster.declineSwap',
] as const;
const leadCommands = ['roster.setDay', 'roster.setShift', 'roster.copyWeek', 'roster.setDuty', 'roster.substitute', 'duty.reach'] as const;

type PeopleCommand = CommandOf<(typeof ownCommands)[number] | (typeof leadCommands)[number]>;

const types: readonly string[] = [...ownCommands, ...leadCommands];
export const isOfPeople = (command: BranchCommand): command is PeopleCommand => types.includes(command.type);

/** Those who plan, lend or set up people, and those above them: certificates, hours agreed and reasons are told to them. */
export const plansPeople = (role: Role): boolean => role !== 'teller' && role !== 'guard';

const forbidden = (message: string): Refusal => ({ code: 'forbidden', message });
const forLeads = forbidden('Lobby manager and head plan the branch; ask them.');

/** Undefined when allowed. */
export function mayOfPeople(state: BranchState, actor: Actor, command: PeopleCommand): Refusal | undefined {
  if (actor.role === 'manager' || actor.role === 'head') return undefined;
  if (actor.role !== 'teller' && actor.role !== 'guard') return forbidden('This account may look, but not act.');
  switch (command.type) {
    case 'roster.acceptSwap':
    case 'roster.declineSwap': {
      const swap = Object.hasOwn(state.people.swaps, command.swapId) ? state.people.swaps[command.swapId] : undefined;
      const party = swap?.withStaffId === actor.id || (command.type === 'roster.declineSwap' && swap?.staffId === actor.id);
      return swap === undefined || party ? undefined : forbidden('A swap is answered by whom it was offered to, or by the lobby manager.');
    }
    case 'post.take':
    case 'post.leave':
    case 'break.begin':
    case 'break.end':
    case 'roster.absence':
    case 'roster.cancelAbsence':
    case 'roster.swap':
      return command.staffId === undefined || command.staffId === actor.id ? undefined : forLeads;
    default:
      return forLeads;
  }
}
