/** One person of the roster as a form has them, and back. Pure: the section is written whole, the others as they stand. */
import type { RosterEntry } from '../../../shared/contract/config.ts';
import type { Certificate, PostKind, StaffKind } from '../../../shared/contract/people.ts';

export interface StaffDraft {
  readonly staffId: string;
  readonly role: StaffKind;
  readonly counterId: string;
  /** Absent = those of the role. */
  readonly posts: readonly PostKind[] | undefined;
  /** Absent = all. */
  readonly serviceIds: readonly string[] | undefined;
  readonly certificates: readonly Certificate[];
  /** Hours, as typed; both empty = the branch's usual ones. */
  readonly dayHours: string;
  readonly weekHours: string;
}

const HOUR_MS = 3_600_000;
const typed = (ms: number | undefined): string => (ms === undefined ? '' : String(Math.round((ms / HOUR_MS) * 100) / 100));

export const newPerson: StaffDraft = {
  staffId: '',
  role: 'teller',
  counterId: '',
  posts: undefined,
  serviceIds: undefined,
  certificates: [],
  dayHours: '',
  weekHours: '',
};

export const draftOf = (entry: RosterEntry): StaffDraft => ({
  staffId: entry.staffId,
  role: entry.role,
  counterId: entry.counterId ?? '',
  posts: entry.posts,
  serviceIds: entry.serviceIds,
  certificates: entry.certificates ?? [],
  dayHours: typed(entry.contract?.dayMs),
  weekHours: typed(entry.contract?.weekMs),
});

const msOf = (hours: string): number => Math.round(Number(hours) * HOUR_MS);
const hoursFine = (hours: string, most: number): boolean => Number(hours) > 0 && Number(hours) <= most;

/** What keeps the form from being sent. */
export function draftFault(draft: StaffDraft, taken: readonly string[]): 'id' | 'taken' | 'certificate' | 'hours' | undefined {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(draft.staffId)) return 'id';
  if (taken.includes(draft.staffId)) return 'taken';
  if (draft.certificates.some(({ kind, expiresOn }) => kind.trim() === '' || expiresOn === '')) return 'certificate';
  const { dayHours, weekHours } = draft;
  if (dayHours === '' && weekHours === '') return undefined;
  return hoursFine(dayHours, 24) && hoursFine(weekHours, 168) ? undefined : 'hours';
}

export function entryOfDraft(draft: StaffDraft): RosterEntry {
  const { staffId, role, counterId, posts, serviceIds, certificates, dayHours, weekHours } = draft;
  return {
    staffId,
    role,
    ...(counterId === '' ? {} : { counterId }),
    ...(serviceIds === undefined ? {} : { serviceIds: [...serviceIds] }),
    ...(certificates.length === 0 ? {} : { certificates: certificates.map(({ kind, expiresOn }) => ({ kind: kind.trim(), expiresOn })) }),
    ...(dayHours === '' ? {} : { contract: { dayMs: msOf(dayHours), weekMs: msOf(weekHours) } }),
    ...(posts === undefined || posts.length === 0 ? {} : { posts: [...posts] }),
  };
}

/** The roster with this person in their place, or at the end. */
export const withEntry = (roster: readonly RosterEntry[], entry: RosterEntry): RosterEntry[] =>
  roster.some(({ staffId }) => staffId === entry.staffId)
    ? roster.map((one) => (one.staffId === entry.staffId ? entry : one))
    : [...roster, entry];
