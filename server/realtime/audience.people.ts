/** What of the branch's people a viewer is told: a part of the audience. */
import type { Role } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { plansPeople } from '../../shared/branch/people/people.access.ts';
import type { Loan, PeopleState, RotaDay } from '../../shared/branch/people/people.state.ts';
import type { BranchConfig, RosterEntry } from '../../shared/contract/config.ts';

export interface Viewer {
  readonly id: string;
  readonly role: Role;
}

export const isLead = ({ role }: Viewer): boolean => plansPeople(role);

/** By roster: without anybody's papers. */
const plain = new WeakMap<BranchConfig['roster'], BranchConfig['roster']>();

const withoutPapers = ({ certificates: _papers, contract: _hours, ...entry }: RosterEntry): RosterEntry => entry;

/** Certificates and hours agreed are for those who plan, and one's own. */
const entryFor = (viewer: Viewer, entry: RosterEntry): RosterEntry => (entry.staffId === viewer.id ? entry : withoutPapers(entry));

/** A roster may have 500 people, and as many look: what all of them may see is made once. */
function rosterFor(viewer: Viewer, roster: BranchConfig['roster']): BranchConfig['roster'] {
  const known = plain.get(roster) ?? roster.map(withoutPapers);
  plain.set(roster, known);
  const at = roster.findIndex(({ staffId }) => staffId === viewer.id);
  const own = roster[at];
  return own === undefined ? known : known.with(at, own);
}

/** Who is told of silent emergencies is nobody's business who only works here. */
export function configFor<C extends Partial<BranchConfig>>(viewer: Viewer, config: C): C {
  const { roster, cases } = config;
  return {
    ...config,
    ...(roster === undefined ? {} : { roster: rosterFor(viewer, roster) }),
    ...(cases === undefined ? {} : { cases: { ...cases, silentRecipients: cases.silentRecipients.filter((id) => id === viewer.id) } }),
  };
}

export const isTrimmed = ({ type }: StoredBranchEvent): boolean => type === 'branch.configured' || type === 'staff.borrowed';

/** An event that this viewer may see, without what in it is not theirs. */
export function trimmed(viewer: Viewer, event: StoredBranchEvent): StoredBranchEvent {
  if (isLead(viewer)) return event;
  if (event.type === 'branch.configured') return { ...event, config: configFor(viewer, event.config) };
  return event.type === 'staff.borrowed' ? { ...event, entry: entryFor(viewer, event.entry) } : event;
}

/** Why a colleague is away, and that one did not come, is for leads. */
export function rotaFor(viewer: Viewer, day: RotaDay): RotaDay {
  if (isLead(viewer)) return day;
  const unexplained = Object.values(day.absences).every(({ reasonRef }) => reasonRef === undefined);
  if (unexplained && Object.values(day.shifts).every(({ missed }) => missed === undefined)) return day;
  const absences = Object.entries(day.absences).map(([staffId, { reasonRef, ...absence }]) =>
    staffId === viewer.id && reasonRef !== undefined ? [staffId, { ...absence, reasonRef }] : [staffId, absence],
  );
  const shifts = Object.entries(day.shifts).map(([staffId, { missed, ...shift }]) =>
    staffId === viewer.id && missed !== undefined ? [staffId, { ...shift, missed }] : [staffId, shift],
  );
  return { ...day, shifts: Object.fromEntries(shifts), absences: Object.fromEntries(absences) };
}

const loanFor = (viewer: Viewer, { entry, ...loan }: Loan): Loan =>
  entry === undefined ? loan : { ...loan, entry: entryFor(viewer, entry) };

export const peopleFor = (viewer: Viewer, people: PeopleState): PeopleState => ({
  ...people,
  rota: Object.fromEntries(Object.entries(people.rota).map(([date, day]) => [date, rotaFor(viewer, day)])),
  loans: Object.fromEntries(Object.entries(people.loans).map(([id, loan]) => [id, loanFor(viewer, loan)])),
});
