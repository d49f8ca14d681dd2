/** A case as it is told: texts in place of references, contacts masked, and all it lived through in one timeline. */
import { sql } from 'drizzle-orm';
import type { Actor } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { branch } from '../../shared/branch/branch.ts';
import { nextDeadline } from '../../shared/branch/cases/case-book.ts';
import type { Case } from '../../shared/branch/cases/case.state.ts';
import { casesConfig } from '../../shared/branch/cases/policy.ts';
import { decode } from '../hub/track.ts';
import { eventsFor, ownView } from '../realtime/audience.ts';
import { type CaseEvent, caseRefsOf } from '../store/case-refs.ts';
import type { EventRow, Store } from '../store/store.types.ts';
import { type FoundCase, mayRead } from './case-guard.ts';
import { maskContact } from './mask.ts';

/** A text, or that there was one. */
interface Told {
  readonly text?: string;
  readonly erased?: true;
}

export interface TimelineEntry {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly type: string;
  /** What was said, where something was. */
  readonly text?: string;
  /** Of entries that carry several: by name (`subject`, `details`, `reason`, a field of the report …). */
  readonly texts?: Readonly<Record<string, string>>;
  /** Something was said here that has been erased. */
  readonly erased?: true;
  readonly [more: string]: unknown;
}

export interface AttachmentRow {
  readonly attachment_id: string;
  readonly name_ref: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly attached_at: number;
  readonly attached_by: string;
}

/** Which text speaks for an entry that carries more than one. */
const leading = ['text', 'outcome', 'what', 'subject', 'whom', 'name', 'reason'];

class Texts {
  constructor(
    private readonly store: Store,
    private readonly branchId: string,
    /** False: nothing is told, not even that it was erased. */
    private readonly open: boolean,
  ) {}

  of(ref: string | undefined): Told {
    if (ref === undefined || !this.open) return {};
    const text = this.store.personal.get(this.branchId, ref)?.value['text'];
    return text === undefined ? { erased: true } : { text };
  }

  /** `{subject: '…'}`; with a name of its own for what was erased. */
  named<T extends string>(name: T, ref: string | undefined): Readonly<Record<string, unknown>> {
    const { text, erased } = this.of(ref);
    return { ...(text === undefined ? {} : { [name]: text }), ...(erased === undefined ? {} : { [`${name}Erased`]: true }) };
  }
}

/** Everything but references: those are resolved beside it. */
function withoutRefs(value: object): Record<string, unknown> {
  const kept = Object.entries(value).filter(([key]) => !/Refs?$/.test(key) && key !== 'refs');
  return Object.fromEntries(kept.map(([key, held]: [string, unknown]) => [key, isPlain(held) ? withoutRefs(held) : held]));
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry says beside its texts: of a case logged only what it began with, of a card nothing (the case itself tells). */
function substance(event: StoredBranchEvent): Record<string, unknown> {
  const { branchId: _branch, seq: _seq, at: _at, actor: _actor, type: _type, ...payload } = event;
  if (event.type === 'case.logged') {
    const { kind, channel, severity, ownerId, offeredTo, level, solvedOnSpot, playbookId, machineId, fault, onSite } = event.case;
    return { kind, channel, severity, ownerId, offeredTo, level, solvedOnSpot, playbookId, machineId, fault, onSite };
  }
  const { caseId: _case, card: _card, policy: _policy, ...rest } = withoutRefs(payload);
  return rest;
}

function entryOf(event: StoredBranchEvent, texts: Texts): TimelineEntry {
  const { seq, at, actor, type } = event;
  const refs = type === 'award.given' ? [{ name: 'reason', ref: event.reasonRef, kind: 'text' as const }] : caseRefsOf(event as CaseEvent);
  const said = refs.filter(({ kind }) => kind === 'text').map(({ name, ref }) => ({ name, ...texts.of(ref) }));
  const first = leading.map((wanted) => said.find(({ name, text }) => name === wanted && text !== undefined)).find((found) => found);
  const named = said.flatMap(({ name, text }) => (text === undefined ? [] : [[name, text] as const]));
  return {
    seq,
    at,
    actor,
    type,
    ...substance(event),
    ...(first === undefined ? {} : { text: first.text }),
    ...(named.length > 1 || (named.length === 1 && first === undefined) ? { texts: Object.fromEntries(named) } : {}),
    ...(said.some(({ erased }) => erased) ? { erased: true } : {}),
  };
}

function timelineOf(store: Store, { actor, branchId, state, one }: FoundCase, texts: Texts): TimelineEntry[] {
  const rows = store.read.all<EventRow>(
    sql`SELECT e.branch, e.seq, e.at, e.actor, e.type, e.version, e.payload FROM case_entries t JOIN events e ON e.branch = t.branch AND e.seq = t.seq
      WHERE t.branch = ${branchId} AND t.case_id = ${one.id} ORDER BY t.seq`,
  );
  const events = rows.map((row) => decode(branch, row) as StoredBranchEvent);
  // Whoever may see the case may see its entries; an award is the one thing that is not everybody's who does.
  const seen = events.filter((event) => event.type !== 'award.given' || eventsFor(ownView(actor), [event], state)[0]?.type !== 'skip');
  return seen.map((event) => entryOf(event, texts));
}

export const attachmentsOf = (store: Store, branchId: string, caseId: string): AttachmentRow[] =>
  store.read.all<AttachmentRow>(
    sql`SELECT attachment_id, name_ref, media_type, bytes, sha256, attached_at, attached_by FROM attachments
      WHERE branch = ${branchId} AND case_id = ${caseId} ORDER BY attached_at, attachment_id`,
  );

function maskedOf(store: Store, branchId: string, ref: string | undefined): object | undefined {
  if (ref === undefined) return undefined;
  const value = store.personal.get(branchId, ref)?.value;
  return value === undefined ? { erased: true } : maskContact(value);
}

/** One line of the list. */
export function caseLine(store: Store, actor: Actor, branchId: string, one: Case): object {
  const texts = new Texts(store, branchId, mayRead(actor, one));
  const { id, no, kind, channel, severity, state, ownerId, level, offeredTo, loggedAt, loggedBy, closedAt, resolvedAt, overdue } = one;
  const { machineId, fault, line, ticketId, cause, causeCount, playbookId, silent, drill, aboutStaffId, solvedOnSpot, attachments } = one;
  return {
    id,
    branchId,
    no,
    kind,
    channel,
    severity,
    state,
    ownerId,
    level,
    offeredTo,
    ...texts.named('subject', one.subjectRef),
    loggedAt,
    loggedBy,
    dueAt: nextDeadline(one)?.at,
    lawDueAt: one.law?.dueAt,
    resolvedAt,
    closedAt,
    overdue,
    machineId,
    fault,
    line,
    ticketId,
    cause,
    causeCount,
    playbookId,
    silent,
    drill,
    aboutStaffId,
    solvedOnSpot,
    attachments,
  };
}

/** Everything of a case that this caller may read. */
export function caseView(store: Store, found: FoundCase): object {
  const { actor, branchId, state, one } = found;
  const open = mayRead(actor, one);
  const texts = new Texts(store, branchId, open);
  const contacts = open
    ? {
        contact: maskedOf(store, branchId, one.contactRef),
        representatives: one.representativeRefs?.map((ref) => maskedOf(store, branchId, ref)),
      }
    : {};
  return {
    ...withoutRefs(one),
    branchId,
    dueAt: nextDeadline(one)?.at,
    ...texts.named('subject', one.subjectRef),
    ...texts.named('details', one.detailsRef),
    ...texts.named('outcomeText', one.outcomeRef),
    ...contacts,
    ...(open ? {} : { textsClosed: true }),
    promises: one.promises.map((promise) => ({ ...withoutRefs(promise), ...texts.named('what', promise.whatRef) })),
    tasks: one.tasks.map((task) => ({ ...withoutRefs(task), ...texts.named('what', task.whatRef), ...texts.named('text', task.textRef) })),
    informed: one.informedRefs?.map((ref) => texts.of(ref)),
    report: one.reportRefs && Object.fromEntries(Object.entries(one.reportRefs).map(([field, ref]) => [field, texts.of(ref)] as const)),
    attachments: attachmentsOf(store, branchId, one.id).map(
      ({ attachment_id, name_ref, media_type, bytes, sha256, attached_at, attached_by }) => ({
        id: attachment_id,
        ...texts.named('name', name_ref),
        mediaType: media_type,
        bytes,
        sha256,
        at: attached_at,
        by: attached_by,
      }),
    ),
    waysOnward: one.kind === 'complaint' ? casesConfig(state).law.waysOnward : [],
    timeline: timelineOf(store, found, texts),
  };
}
