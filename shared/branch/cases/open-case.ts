/** How a case begins: by a person's word, a machine's fault, or a rule. One place, so that none begins without an owner. */
import type { CaseChannel, CaseKind, CaseLine } from '../../contract/cases.ts';
import type { FaultCode } from '../../contract/machines.ts';
import type { Draft } from '../draft.ts';
import type { Case, CaseTask } from './case.state.ts';
import { clocksAt, lawFromNow } from './clocks.ts';
import { anybody, onDutyFrom, rungOf } from './people.ts';
import { atLeast, casesConfig, policyFor } from './policy.ts';

export interface NewCase {
  readonly kind: CaseKind;
  readonly channel: CaseChannel;
  /** As given; the channel may raise it. */
  readonly severity: number;
  /** Absent: the lobby manager on duty, or the first above. */
  readonly ownerId?: string;
  readonly offeredTo?: string;
  readonly subjectRef?: string;
  readonly detailsRef?: string;
  readonly contactRef?: string;
  readonly representativeRefs?: readonly string[];
  readonly ticketId?: string;
  readonly machineId?: string;
  readonly fault?: FaultCode;
  readonly line?: CaseLine;
  readonly aboutStaffId?: string;
  readonly playbookId?: string;
  readonly silent?: boolean;
  readonly drill?: boolean;
  readonly onSite?: number;
  /** Solved on the spot: it is written down, and no clock starts. */
  readonly solved?: boolean;
}

/** For people: the business date and a running number. Silent ones have numbers of their own: a gap would tell of them. */
function nextNumber({ state }: Draft, silent: boolean): string {
  const date = state.day.date.replaceAll('-', '');
  if (silent) {
    const before = [...state.cases.values()].filter((one) => one.silent === true && one.no.startsWith(date)).length;
    return `${date}-S${before + 1}`;
  }
  const count = state.caseCounters.date === date ? state.caseCounters.count + 1 : 1;
  return `${date}-${String(count).padStart(2, '0')}`;
}

/** "Save the video" (domain.md section 6): recordings do not live long. */
function videoTask(draft: Draft, kind: CaseKind, ownerId: string): CaseTask[] {
  const { law } = casesConfig(draft.state);
  return law.videoKinds.includes(kind) ? [{ id: draft.context.newId(), kind: 'video', ownerId, dueAt: draft.now + law.videoMs }] : [];
}

/** Emits `case.logged`; returns the case's id. */
export function openCase(draft: Draft, init: NewCase): string {
  const { ownerId: named, solved, silent, drill, severity: given, ...rest } = init;
  const { actor } = draft.context;
  const config = casesConfig(draft.state);
  const severity = atLeast(config, init.channel, given);
  // Whoever there is: a case without an owner does not exist.
  const ownerId = named ?? onDutyFrom(draft, 2) ?? onDutyFrom(draft, 1) ?? anybody(draft) ?? actor.id;
  const policy = policyFor(config, init.kind, severity);
  const level = Math.max(1, rungOf(draft, ownerId));
  const id = draft.context.newId();
  const recused = init.aboutStaffId === undefined || init.kind === 'praise' ? [] : [init.aboutStaffId];
  const running = solved !== true;
  const people = new Set([actor.kind === 'staff' ? actor.id : ownerId, ownerId, ...(init.offeredTo === undefined ? [] : [init.offeredTo])]);
  const one: Case = {
    ...rest,
    id,
    no: nextNumber(draft, silent === true),
    severity,
    state: running ? 'logged' : 'closed',
    recused,
    loggedAt: draft.now,
    loggedBy: actor.id,
    ownerId,
    level,
    policy,
    step: 0,
    promises: [],
    tasks: running ? videoTask(draft, init.kind, ownerId) : [],
    attachments: 0,
    people: [...people],
    ...(init.offeredTo === undefined ? {} : { offeredAt: draft.now }),
    ...(running
      ? clocksAt(draft, policy, level)
      : { resolvedAt: draft.now, resolvedBy: actor.id, closedAt: draft.now, solvedOnSpot: true }),
    ...(running && init.kind === 'complaint' ? { law: lawFromNow(draft) } : {}),
    ...(silent === true ? { silent } : {}),
    ...(drill === true ? { drill } : {}),
    ...(init.kind === 'emergency' ? { steps: {} } : {}),
    ...(init.kind === 'machineFault' ? { occurrences: 1 } : {}),
  };
  draft.emit({ type: 'case.logged', caseId: id, case: one });
  return id;
}
