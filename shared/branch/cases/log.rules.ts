/** Logging a case: under fifteen seconds for a person, one owner from its first word. */
import type { Refusal } from '../../aggregate.ts';
import type { CommandOf } from '../../contract/commands.ts';
import { type Draft, refuse, type Rules } from '../draft.ts';
import { raiseMajorEvent } from './major-event.ts';
import { levelOf } from './case.access.ts';
import { openCase } from './open-case.ts';
import { onDutyFrom } from './people.ts';
import { casesConfig, playbooksOf } from './policy.ts';

type Log = CommandOf<'case.log'>;

/** What a command may name that is not there. */
function unknownName(draft: Draft, command: Log): { refused: Refusal } | undefined {
  const { state } = draft;
  const { ticketId, machineId, aboutStaffId } = command;
  if (ticketId !== undefined && state.tickets.get(ticketId) === undefined)
    return refuse('ticket.unknown', `There is no ticket ${ticketId} today; look it up on the floor.`, { ticketId }, 'ticketId');
  if (machineId !== undefined && !Object.hasOwn(state.machines, machineId))
    return refuse('machine.unknown', `There is no machine ${machineId} in this branch.`, { machineId }, 'machineId');
  if (aboutStaffId !== undefined && draft.context.staff.roleOf(aboutStaffId) === undefined)
    return refuse(
      'staff.unknown',
      'Nobody of that name works for this branch; choose a colleague.',
      { staffId: aboutStaffId },
      'aboutStaffId',
    );
  return undefined;
}

/** Whom it is offered to at once: a teller has a customer waiting, so the lobby manager on duty; a silent matter passes the tablet by. */
function offerAtOnce(draft: Draft, command: Log, silent: boolean): string | undefined {
  if (command.solved === true) return undefined;
  const { actor } = draft.context;
  const except = [actor.id, ...(command.aboutStaffId === undefined ? [] : [command.aboutStaffId])];
  const rung = levelOf(actor.role);
  if (silent) return rung >= levelOf('head') ? undefined : onDutyFrom(draft, levelOf('head'), except);
  const concernsLogger = command.aboutStaffId === actor.id && command.kind !== 'praise';
  return rung === 1 || concernsLogger ? onDutyFrom(draft, rung + 1, except) : undefined;
}

export const logRules = {
  'case.log': (draft, command) => {
    const { kind, channel, subject, details, contact, representatives = [], ticketId, machineId, aboutStaffId, onSite, solved } = command;
    const missing = unknownName(draft, command);
    if (missing !== undefined) return missing;
    const { law } = casesConfig(draft.state);
    if (representatives.length > law.maxRepresentatives) {
      return refuse(
        'case.too_many_representatives',
        `A joint complaint sends at most ${law.maxRepresentatives} representatives; let them choose who speaks.`,
        { most: law.maxRepresentatives },
        'representatives',
      );
    }
    if (solved === true && kind !== 'praise' && aboutStaffId === draft.context.actor.id) {
      return refuse(
        'case.solved_about_self',
        'This is about you: log it without “solved”, and somebody else decides it.',
        { staffId: aboutStaffId },
        'solved',
      );
    }
    const wanted = command.playbookId ?? (kind === 'emergency' ? 'other' : undefined);
    const playbook = wanted === undefined ? undefined : playbooksOf(draft.state).find(({ id }) => id === wanted);
    if (command.playbookId !== undefined && (playbook === undefined || kind !== 'emergency')) {
      return refuse(
        'playbook.unknown',
        'There is no such emergency plan; choose one of the list.',
        { playbookId: command.playbookId },
        'playbookId',
      );
    }
    const silent = playbook?.silent === true;
    const caseId = openCase(draft, {
      kind,
      channel,
      severity: Math.min(command.severity, playbook?.severity ?? command.severity),
      ownerId: draft.context.actor.id,
      offeredTo: offerAtOnce(draft, command, silent),
      subjectRef: draft.text(subject),
      detailsRef: details === undefined ? undefined : draft.text(details),
      contactRef: contact === undefined ? undefined : draft.keep('contact', contact),
      representativeRefs: representatives.length === 0 ? undefined : representatives.map((one) => draft.keep('contact', one)),
      ticketId,
      machineId,
      aboutStaffId,
      onSite,
      solved,
      playbookId: playbook?.id,
      silent,
      drill: command.drill,
    });
    raiseMajorEvent(draft, caseId);
    const one = draft.state.cases.get(caseId);
    return { result: { caseId, no: one?.no ?? '', ...(one?.offeredTo === undefined ? {} : { offeredTo: one.offeredTo }) } };
  },
} satisfies Rules;
