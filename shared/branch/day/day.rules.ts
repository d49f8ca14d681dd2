import type { BranchConfig } from '../../contract/config.ts';
import type { Phase } from '../../contract/commands.ts';
import { endAdviceDay } from '../advice/advice-day.ts';
import type { TicketState } from '../branch.state.ts';
import { beginPeopleDay } from '../people/people-day.ts';
import { plannedDayType } from './day-types.ts';
import { type Draft, type Rules, type Ruling, done, refuse } from '../draft.ts';

/** Nobody waits and nobody is called any more. */
export const endedPhases: readonly Phase[] = ['closed', 'balancing'];
const stillHere: readonly TicketState[] = ['waiting', 'called', 'serving', 'parked', 'diverted'];
const givingNumbers: readonly Phase[] = ['opening', 'business'];

/** Those still waiting when the day ends were not served; they are never no-shows. */
function endWaiting(draft: Draft): void {
  const ended = [...draft.state.tickets.values()];
  for (const ticket of ended) {
    const named = { ticketId: ticket.id, number: ticket.number };
    if (ticket.state === 'waiting' || ticket.state === 'parked') draft.emit({ type: 'ticket.unserved', ...named });
    if (ticket.state === 'diverted') draft.emit({ type: 'ticket.divertLapsed', ...named, dueAt: draft.now });
  }
}

/** Starts the business day of the branch's own zone, ending the one before, if the calendar has moved on. */
export function rollDay(draft: Draft): void {
  const { config, day } = draft.state;
  if (day !== undefined && day.endsAt > draft.now) return;
  const { date, endsAt, opensAt, closesAt } = draft.context.calendar.dayOf(draft.now, config.hours);
  // A zone corrected to the west: this date was begun already, and a number never repeats in a day.
  if (day !== undefined && date <= day.date) return draft.emit({ type: 'branch.dayExtended', endsAt, opensAt, closesAt });
  if (day !== undefined) {
    endAdviceDay(draft);
    endWaiting(draft);
  }
  const phase = config.hours.roundTheClock === true && day !== undefined ? day.phase : 'closed';
  draft.emit({ type: 'branch.dayStarted', date, endsAt, opensAt, closesAt, phase });
  const dayType = plannedDayType(config, date);
  if (dayType !== 'ordinary') draft.emit({ type: 'branch.dayTypeSet', dayType });
  beginPeopleDay(draft);
}

const staffIds = ({ roster, people }: BranchConfig) => ({
  roster: roster.map(({ staffId }) => staffId),
  'people.shifts': people?.shifts.map(({ id }) => id) ?? [],
});

const twice = <T>(values: readonly T[]): number => values.findIndex((value, index) => values.indexOf(value) !== index);

/** Where a configuration contradicts itself, or what is going on in the branch. Paths as in the command. */
function fault(draft: Draft, config: BranchConfig): Ruling | undefined {
  const wrong = (path: string, message: string) => refuse('config.invalid', message, { path }, `config.${path}`);
  const services = config.services.map(({ id }) => id);
  const counters = config.counters.map(({ id }) => id);
  const machines = config.machines?.map(({ id }) => id) ?? [];
  for (const [list, ids] of Object.entries({ services, counters, machines, ...staffIds(config) })) {
    const index = twice(ids);
    if (index >= 0) return wrong(`${list}.${index}`, `${ids[index]} appears twice; each may appear once.`);
  }
  const number = twice(config.counters.map((counter) => counter.number));
  if (number >= 0) return wrong(`counters.${number}.number`, 'Two counters have this number.');
  for (const [index, counter] of config.counters.entries()) {
    const stray = counter.serviceIds.find((id) => !services.includes(id));
    if (stray !== undefined) return wrong(`counters.${index}.serviceIds`, `There is no service ${stray}.`);
  }
  for (const [index, rule] of config.limits.entries()) {
    if (!services.includes(rule.serviceId)) return wrong(`limits.${index}.serviceId`, `There is no service ${rule.serviceId}.`);
    if (rule.manyNotes !== undefined && !services.includes(rule.manyNotes.judgedAs))
      return wrong(`limits.${index}.manyNotes.judgedAs`, `There is no service ${rule.manyNotes.judgedAs}.`);
    const bounds = rule.brackets.map(({ upToFen }) => upToFen ?? Number.POSITIVE_INFINITY);
    if (bounds.some((bound, at) => at > 0 && bound <= (bounds[at - 1] ?? 0)))
      return wrong(`limits.${index}.brackets`, 'Brackets must ascend, and only the last may be without an upper bound.');
  }
  const limited = twice(config.limits.map((rule) => rule.serviceId));
  if (limited >= 0) return wrong(`limits.${limited}.serviceId`, 'This service has two limit rules.');
  for (const [index, entry] of config.roster.entries()) {
    if (entry.counterId !== undefined && !counters.includes(entry.counterId))
      return wrong(`roster.${index}.counterId`, `There is no counter ${entry.counterId}.`);
    const stray = entry.serviceIds?.find((id) => !services.includes(id));
    if (stray !== undefined) return wrong(`roster.${index}.serviceIds`, `There is no service ${stray}.`);
  }
  const stages = config.policy.stagesMs;
  if (stages[0] >= stages[1] || stages[1] >= stages[2]) return wrong('policy.stagesMs', 'Stages must ascend.');
  for (const counter of Object.values(draft.state.counters)) {
    if (counter.state !== 'closed' && !counters.includes(counter.id))
      return wrong('counters', `Counter ${counter.id} is open; close it before removing it.`);
  }
  // Those parked, at a machine or at a window may be back in the queue in a moment.
  for (const { state, serviceId } of draft.state.tickets.values()) {
    if (stillHere.includes(state) && !services.includes(serviceId))
      return wrong('services', `Customers are waiting for ${serviceId}; serve them, or stop offering it instead of removing it.`);
  }
  return undefined;
}

export const dayRules = {
  'branch.configure': (draft, { config }) => {
    const whole = { ...draft.state.config, ...config };
    for (const section of ['name', 'hours', 'services', 'counters', 'limits', 'policy', 'roster'] as const) {
      if (whole[section] === undefined)
        return refuse(
          'config.incomplete',
          `The first configuration must have every section; ${section} is missing.`,
          { section },
          `config.${section}`,
        );
    }
    const wrong = fault(draft, whole as BranchConfig);
    if (wrong !== undefined) return wrong;
    draft.emit({ type: 'branch.configured', config });
    rollDay(draft);
    beginPeopleDay(draft);
    return done;
  },

  'branch.setPhase': (draft, { phase, reason }) => {
    const { day } = draft.state;
    if (day.phase === phase) return refuse('phase.unchanged', 'The branch is in this phase already.', { phase });
    const stops = givingNumbers.includes(day.phase) && !givingNumbers.includes(phase);
    const early = stops && day.opensAt !== undefined && draft.now >= day.opensAt && day.closesAt !== undefined && draft.now < day.closesAt;
    if (early && draft.context.actor.role !== 'head') {
      return refuse('phase.early_needs_head', 'Closing before the posted hour is for the branch head, with a reason.', { phase });
    }
    if (early && reason === undefined)
      return refuse(
        'phase.early_needs_reason',
        'Closing before the posted hour needs a reason; it counts as shortened hours.',
        { phase },
        'reason',
      );
    const last = stops ? lastIssued(draft) : day.lastNumber;
    draft.emit({
      type: 'branch.phaseSet',
      phase,
      lastNumber: givingNumbers.includes(phase) ? undefined : last,
      shortened: early ? true : undefined,
      reasonRef: reason === undefined ? undefined : draft.text(reason),
    });
    if (endedPhases.includes(phase)) endWaiting(draft);
    return { result: { phase, lastNumber: last } };
  },

  'branch.setDayType': (draft, { dayType }) => {
    if (draft.state.day.dayType === dayType) return refuse('day_type.unchanged', 'Today is that kind of day already.', { dayType });
    draft.emit({ type: 'branch.dayTypeSet', dayType });
    return done;
  },
} satisfies Rules;

/** The last number given out today; rarely asked, so it may look for it. */
function lastIssued(draft: Draft): string | undefined {
  let last: { no: number; number: string } | undefined;
  for (const ticket of draft.state.tickets.values()) {
    if (ticket.walkUp !== true && (last === undefined || ticket.no > last.no)) last = ticket;
  }
  return last?.number;
}
