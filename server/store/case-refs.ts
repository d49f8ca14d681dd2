/** Where the events of a case refer to text kept beside the log. */
import type { BranchEventOf, BranchEvent } from '../../shared/branch/branch.events.ts';

/** Every event that is an entry of one case. */
export type CaseEventType = Extract<BranchEvent, { readonly caseId: string }>['type'];
export type CaseEvent = BranchEventOf<CaseEventType>;

export interface CaseRef {
  /** What the text is: `subject`, `reason`, `outcome`, `contact`, a field of a report … */
  readonly name: string;
  readonly ref: string;
  readonly kind: 'text' | 'contact';
}

const contacts: readonly string[] = ['contact', 'representative'];

const toRef = (name: string, ref: unknown): CaseRef[] =>
  typeof ref === 'string' ? [{ name, ref, kind: contacts.includes(name) ? 'contact' : 'text' }] : [];

/** References are told by their names: `…Ref`, lists `…Refs`, and the fields of a report, `refs`. */
function within(value: object): CaseRef[] {
  return Object.entries(value).flatMap(([key, held]: [string, unknown]) => {
    if (key === 'card') return [];
    if (key.endsWith('Ref')) return toRef(key.slice(0, -'Ref'.length), held);
    if (key.endsWith('Refs') && Array.isArray(held)) return held.flatMap((ref) => toRef(key.slice(0, -'Refs'.length), ref));
    if (typeof held !== 'object' || held === null) return [];
    if (key === 'refs' || key.endsWith('Refs')) return Object.entries(held).flatMap(([field, ref]) => toRef(field, ref));
    return within(held);
  });
}

/** All references this event brings; a `card` repeats what was told before. */
export const caseRefsOf = (event: CaseEvent): CaseRef[] => within(event);
