/** Open cases of the watched branches, straight from their live floors: a row is there before its event has faded. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import type { StaffLive } from '../../staff/branch.ts';
import type { CaseView as View } from '../../staff/cases/case-search.ts';
import { listPath, type ListTold, useAsked } from './case-data.ts';
import { lateSince } from '../../staff/cases/deadline.tsx';
import { worstFirst } from './worst-first.ts';

export interface OpenCase {
  readonly live: StaffLive;
  readonly one: Case;
}

interface Filter {
  readonly view: View;
  readonly kind?: string | undefined;
  readonly severity?: number | undefined;
  readonly me: string;
}

function shown(one: Case, { view, kind, severity, me }: Filter): boolean {
  if (kind !== undefined && one.kind !== kind) return false;
  if (severity !== undefined && one.severity !== severity) return false;
  switch (view) {
    case 'mine':
      return one.ownerId === me;
    case 'offered':
      return one.offeredTo === me;
    case 'overdue':
      return lateSince(one) !== undefined;
    default:
      return true;
  }
}

/** Redraws when a case changes, and for no other event. `undefined` until every branch has come. */
export function useOpenCases(lives: readonly StaffLive[], filter: Filter): readonly OpenCase[] | undefined {
  const known = useRef<readonly unknown[]>([]);
  const subscribe = useCallback(
    (tell: () => void) => {
      const stops = lives.map((live) => live.store.subscribe(tell));
      return () => stops.forEach((stop) => stop());
    },
    [lives],
  );
  const snapshot = useCallback((): readonly unknown[] => {
    const now = lives.map((live) => live.store.getState().floor?.cases);
    if (now.length === known.current.length && now.every((cases, at) => cases === known.current[at])) return known.current;
    known.current = now;
    return now;
  }, [lives]);
  const cases = useSyncExternalStore(subscribe, snapshot);
  return useMemo(() => {
    if (cases.some((one) => one === undefined)) return undefined;
    const found: OpenCase[] = [];
    for (const live of lives) {
      const state = live.store.getState().floor;
      for (const id of state?.openCases.values() ?? []) {
        const one = state?.cases.get(id);
        if (one !== undefined && shown(one, filter)) found.push({ live, one });
      }
    }
    return found.sort((a, b) => worstFirst(a.one, b.one));
  }, [cases, lives, filter]);
}

/** Their words, asked for once for all of them; what comes later, or is corrected, is read by its own reference. */
export function useSubjects(branch: string | undefined, lives: readonly StaffLive[]): ((one: Case) => string | undefined) | undefined {
  const { value } = useAsked<ListTold>(listPath({ state: 'open', limit: 200, branch }), undefined);
  return useMemo(() => {
    if (value === undefined) return undefined;
    const known = new Map<string, { readonly subject: string; readonly ref: string | undefined }>();
    for (const { id, subject, branchId } of value.cases) {
      const ref = lives
        .find((live) => live.branchId === branchId)
        ?.store.getState()
        .floor?.cases.get(id)?.subjectRef;
      if (subject !== undefined) known.set(id, { subject, ref });
    }
    return ({ id, subjectRef }) => (known.get(id)?.ref === subjectRef ? known.get(id)?.subject : undefined);
  }, [value, lives]);
}

const SETTLE_MS = 250;

/** A number that goes up once things have been quiet for a moment: many events, one question. */
export function useSettled(change: unknown): number {
  const [count, setCount] = useState(0);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    const timer = setTimeout(() => setCount((before) => before + 1), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [change]);
  return count;
}
