/** Cases as the hub tells them over HTTP, and asking again whenever the live branch says that something changed. */
import { useCallback, useEffect, useState } from 'react';
import type { Case, CasePromise, CaseTask } from '../../../shared/branch/cases/case.state.ts';
import type { CaseKind, CaseStateName, ReportField } from '../../../shared/contract/cases.ts';
import { api } from '../../staff/session.ts';

interface Told {
  readonly text?: string;
  readonly erased?: true;
}

export interface CaseLineTold
  extends Pick<
    Case,
    'id' | 'no' | 'kind' | 'severity' | 'state' | 'ownerId' | 'level' | 'offeredTo' | 'loggedAt' | 'closedAt' | 'overdue'
  > {
  readonly branchId: string;
  readonly subject?: string;
  readonly dueAt?: number;
  readonly machineId?: string;
  readonly fault?: Case['fault'];
  readonly playbookId?: string;
  readonly drill?: true;
  readonly silent?: true;
}

export interface Attachment {
  readonly id: string;
  readonly name?: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly at: number;
  readonly by: string;
}

export interface TimelineEntry {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly type: string;
  readonly text?: string;
  readonly texts?: Readonly<Record<string, string>>;
  readonly erased?: true;
  readonly [more: string]: unknown;
}

interface Masked {
  readonly name?: string;
  readonly phone?: string;
  readonly erased?: true;
}

export interface CaseView extends Omit<Case, 'attachments' | 'promises' | 'tasks'> {
  readonly branchId: string;
  readonly subject?: string;
  readonly details?: string;
  readonly outcomeText?: string;
  readonly contact?: Masked;
  readonly representatives?: readonly Masked[];
  /** Whom it is about reads none of its words. */
  readonly textsClosed?: true;
  readonly promises: readonly (CasePromise & { readonly what?: string })[];
  readonly tasks: readonly (CaseTask & { readonly what?: string; readonly text?: string })[];
  readonly informed?: readonly Told[];
  readonly report?: Readonly<Partial<Record<ReportField, Told>>>;
  readonly attachments: readonly Attachment[];
  readonly waysOnward: readonly { readonly id: string; readonly name: { readonly zh: string; readonly en: string } }[];
  readonly timeline: readonly TimelineEntry[];
}

/** As the core's helpers take it. */
export const caseOfView = ({ attachments, ...rest }: CaseView): Case => ({ ...rest, attachments: attachments.length });

const RETRY_MS = 2_000;

export interface Asked<T> {
  readonly value: T | undefined;
  /** There is no such thing, or it is not this person's to see. */
  readonly gone: boolean;
  /** The hub could not be asked; it is being tried again. */
  readonly failing: boolean;
  readonly again: () => void;
}

/**
 * Asks at once, and again when `change` is another value. An answer that comes late never replaces a newer one; what was
 * told stays while it is asked again. `body` (JSON): posted instead.
 */
export function useAsked<T>(path: string, change: unknown, body?: string): Asked<T> {
  const asked = body === undefined ? path : `${path} ${body}`;
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly value?: T; readonly gone: boolean }>();
  const [failing, setFailing] = useState(false);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const telling = body === undefined ? api.get<T>(path) : api.send<T>('POST', path, JSON.parse(body));
    void telling.then((told) => {
      if (!here) return;
      const gone = !told.ok && (told.problem.status === 404 || told.problem.status === 403);
      setFailing(!told.ok && !gone);
      if (told.ok) setAnswer({ asked, value: told.value, gone });
      else if (gone) setAnswer({ asked, gone });
      else timer = setTimeout(() => setTurn((before) => before + 1), told.problem.retryAfterMs ?? RETRY_MS);
    });
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [asked, path, body, change, turn]);
  const current = answer?.asked === asked ? answer : undefined;
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { value: current?.value, gone: current?.gone === true, failing, again };
}

export interface ListAsked {
  readonly branch?: string | undefined;
  readonly state?: CaseStateName | 'open' | undefined;
  readonly kind?: CaseKind | undefined;
  readonly severity?: number | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

export function listPath(asked: ListAsked): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked)) if (value !== undefined) query.set(key, String(value));
  return `/api/cases?${query.toString()}`;
}

export interface ListTold {
  readonly cases: readonly CaseLineTold[];
  readonly next?: string;
}
