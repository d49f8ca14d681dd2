/**
 * Who may do what (issue's rule: teller own counter, lobby manager the floor, branch head the branch, regional reads,
 * admin configures). Asked by the server before anything else; the browser asks it too, only to grey buttons out.
 */
import type { Actor, Refusal } from '../aggregate.ts';
import type { BranchCommand, CommandOf } from '../contract/commands.ts';
import type { BranchState } from './branch.state.ts';
import { mayHandle } from './cases/case.access.ts';
import { isOfPeople, mayOfPeople } from './people/people.access.ts';
import { entryOf, shiftOf } from './people/roster.ts';

type CommandType = BranchCommand['type'];

const forbidden = (message: string): Refusal => ({ code: 'forbidden', message });

const headOnly: readonly CommandType[] = ['retraining.confirm', 'retraining.pass', 'award.give'];
const configuring: readonly CommandType[] = ['branch.configure'];
const hubOnly: readonly CommandType[] = [
  'clock.tick',
  'hub.resumed',
  'machine.lose',
  'staff.lend',
  'staff.borrow',
  'staff.endLoan',
  'advice.give',
  'advice.withdraw',
];
/** Everyone who works for the branch may log a case, have a hand in one and end a shift; the case's own rules say more. */
const everyones = (type: CommandType): boolean => type.startsWith('case.') || type.startsWith('shift.');

const shiftToday = (state: BranchState, staffId: string) => (state.day === undefined ? undefined : shiftOf(state, state.day.date, staffId));

/** The window a teller was asked to open, once somebody accepted the advice. */
const askedTo = (state: BranchState, staffId: string): string | undefined =>
  Object.values(state.advice).find(
    (one) => one.kind === 'openWindow' && one.staffId === staffId && (one.state === 'accepted' || one.state === 'notInTime'),
  )?.counterId;

/** The counter a teller is signed on at, or else the one they were asked to open, are planned or rostered at. */
export function ownCounter(state: BranchState, staffId: string): string | undefined {
  const signedOn = Object.values(state.counters).find((counter) => counter.state !== 'closed' && counter.staffId === staffId);
  return signedOn?.id ?? askedTo(state, staffId) ?? shiftToday(state, staffId)?.post.counterId ?? entryOf(state, staffId)?.counterId;
}

function tellerMay(state: BranchState, actor: Actor, command: BranchCommand): Refusal | undefined {
  const notYours = forbidden('A teller may act at their own counter only; ask the lobby manager.');
  const own = ownCounter(state, actor.id);
  const atOwn = (counterId: string | undefined): Refusal | undefined => {
    if (counterId === undefined || counterId !== own) return notYours;
    const holder = state.counters[counterId]?.staffId;
    return holder === undefined || holder === actor.id ? undefined : notYours;
  };
  const ofTicket = (ticketId: string): Refusal | undefined => {
    const ticket = state.tickets.get(ticketId);
    return ticket !== undefined && (ticket.staffId === actor.id || ticket.counterId === own) && own !== undefined ? undefined : notYours;
  };
  switch (command.type) {
    case 'ticket.callNext':
    case 'ticket.finishAndCallNext':
    case 'ticket.call':
    case 'ticket.recall':
    case 'ticket.start':
    case 'ticket.addItem':
    case 'ticket.complete':
    case 'ticket.noShow':
    case 'ticket.park':
    case 'ticket.transfer':
    case 'ticket.return':
    case 'ticket.walkUp':
    case 'counter.pause':
    case 'counter.pauseAfter':
    case 'counter.resume':
    case 'counter.close':
    case 'help.call':
      return atOwn(command.counterId);
    case 'counter.open':
      return command.staffId !== undefined && command.staffId !== actor.id ? notYours : atOwn(command.counterId);
    // Being the second person, and coming to help, is what other counters need of a teller.
    case 'counter.confirmCashCount':
    case 'help.answer':
    case 'machine.report':
    case 'machine.replenish':
    case 'machine.confirmReplenishment':
    case 'machine.withdrawReplenishment':
    case 'card.register':
    case 'card.collect':
      return undefined;
    case 'ticket.requeue':
    case 'ticket.unpark':
    case 'ticket.setSegment':
    case 'ticket.fetch':
    case 'ticket.cancel':
    case 'ticket.rate':
    case 'limit.extend':
      return ofTicket(command.ticketId);
    case 'limit.appeal':
      return ownOverrun(state, actor, command) ? undefined : forbidden('You may appeal entries of your own only.');
    case 'system.outage':
      return command.scope === 'counter' ? atOwn(command.counterId) : notYours;
    case 'system.restored':
      return atOwn(state.outages[command.outageId]?.counterId);
    default:
      return forbidden('Tellers may not do this; ask the lobby manager.');
  }
}

const ownOverrun = (state: BranchState, actor: Actor, { overrunId }: CommandOf<'limit.appeal' | 'limit.decideAppeal'>): boolean =>
  state.overruns.get(overrunId)?.staffId === actor.id;

function kioskMay(command: BranchCommand): Refusal | undefined {
  if (command.type === 'ticket.rate') return undefined;
  if (command.type !== 'ticket.issue') return forbidden('A kiosk gives out numbers and takes ratings, nothing else.');
  // A need may be declared at the kiosk; being a VIP may not.
  if (command.counterKind === 'vip') return { ...forbidden('VIP windows are given by staff, not at the kiosk.'), path: 'counterKind' };
  return command.segment === 'vip' ? { ...forbidden('VIP numbers are given by staff, not at the kiosk.'), path: 'segment' } : undefined;
}

function phoneMay(state: BranchState, actor: Actor, command: BranchCommand): Refusal | undefined {
  const own = (command.type === 'ticket.cancel' || command.type === 'ticket.rate') && command.ticketId === actor.ticketId;
  if (!own) return forbidden('A follow link speaks for its own number only.');
  const serving = state.tickets.get(command.ticketId)?.state === 'serving';
  return command.type === 'ticket.cancel' && serving ? forbidden('You are being served; please tell the teller.') : undefined;
}

/** Undefined when allowed. Branch membership is checked here too. */
export function mayDo(state: BranchState, actor: Actor, command: BranchCommand): Refusal | undefined {
  if (actor.role === 'clock') return undefined;
  if (hubOnly.includes(command.type)) return forbidden('Only the hub itself may say this.');
  if (actor.branches !== '*' && !actor.branches.includes(state.branchId)) return forbidden('You do not belong to this branch.');
  if (command.type === 'machine.hear')
    return actor.role === 'machine' ? undefined : forbidden('Only a machine, or what speaks for one, tells its telemetry.');
  if (everyones(command.type)) return mayHandle(state, actor, command);
  if (isOfPeople(command)) return mayOfPeople(state, actor, command);
  switch (actor.role) {
    case 'teller':
      return tellerMay(state, actor, command);
    case 'manager':
      if (headOnly.includes(command.type) || configuring.includes(command.type)) return forbidden('This is for the branch head.');
      if (command.type === 'limit.decideAppeal' && ownOverrun(state, actor, command))
        return forbidden('Nobody decides an appeal of their own.');
      return undefined;
    case 'head':
      if (command.type === 'limit.decideAppeal' && ownOverrun(state, actor, command))
        return forbidden('Nobody decides an appeal of their own.');
      return undefined;
    case 'admin':
      return configuring.includes(command.type) ? undefined : forbidden('Administrators set the branch up; the floor is run by its staff.');
    case 'kiosk':
      return kioskMay(command);
    case 'phone':
      return phoneMay(state, actor, command);
    default:
      return forbidden('This account may look, but not act.');
  }
}
