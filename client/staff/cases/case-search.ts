/** What the case list shows, as it stands in the address: a link to a list is a link to that list. What is searched for may tell of a customer: it never stands there. */
import type { CaseKind } from '../../../shared/contract/cases.ts';

export const caseViews = ['open', 'mine', 'offered', 'overdue', 'ended', 'all'] as const;
export type CaseView = (typeof caseViews)[number];

const kinds: readonly CaseKind[] = ['complaint', 'incident', 'machineFault', 'emergency', 'suggestion', 'praise'];

export interface CaseSearch {
  readonly view?: CaseView;
  readonly kind?: CaseKind;
  readonly severity?: number;
  readonly branch?: string;
}

const oneOf = <T extends string>(list: readonly T[], value: unknown): T | undefined => list.find((one) => one === value);
const words = (value: unknown): string | undefined => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? undefined : text;
};

/** Anything else in the address is left out, so that a mistyped one still opens. */
export function caseSearch(raw: Record<string, unknown>): CaseSearch {
  const severity = Number(raw['severity']);
  const view = oneOf(caseViews, raw['view']);
  const kind = oneOf(kinds, raw['kind']);
  const branch = words(raw['branch']);
  return {
    ...(view === undefined ? {} : { view }),
    ...(kind === undefined ? {} : { kind }),
    ...(severity >= 1 && severity <= 4 ? { severity } : {}),
    ...(branch === undefined ? {} : { branch }),
  };
}
