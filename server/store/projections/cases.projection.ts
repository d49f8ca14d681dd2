/** Cases for lists and records: as they stand, who had to do with them, which entries, texts and files are theirs. */
import type { Envelope } from '../../../shared/aggregate.ts';
import { branch } from '../../../shared/branch/branch.ts';
import { isOpenCase, nextDeadline, putCase } from '../../../shared/branch/cases/case-book.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { type CaseEvent, type CaseEventType, caseRefsOf } from '../case-refs.ts';
import type { Projection, Writers } from './projection.ts';

type StoredCaseEvent = Envelope & CaseEvent;

/** Complete by its type: an event of cases that is missing here does not compile. */
const entries: { readonly [T in CaseEventType]: true } = {
  'case.logged': true,
  'case.acknowledged': true,
  'case.handOverOffered': true,
  'case.accepted': true,
  'case.declined': true,
  'case.noted': true,
  'case.promised': true,
  'case.promiseKept': true,
  'case.escalated': true,
  'case.reminded': true,
  'case.madeComplex': true,
  'case.extended': true,
  'case.resolved': true,
  'case.replied': true,
  'case.withdrawn': true,
  'case.closed': true,
  'case.judged': true,
  'case.recused': true,
  'case.corrected': true,
  'case.taskAdded': true,
  'case.taskDone': true,
  'case.causeFound': true,
  'case.attached': true,
  'case.contactRevealed': true,
  'case.stepTicked': true,
  'case.informed': true,
  'case.reportFilled': true,
  'case.peopleCounted': true,
  'case.recurred': true,
  'case.recovered': true,
};

/** The branch's own fold, on a state that holds nothing but this case: so that a row says what the state says. */
function folded(before: Case | undefined, event: StoredCaseEvent): Case | undefined {
  const empty = branch.initial(event.branchId);
  return branch.evolve(before === undefined ? empty : putCase(empty, before), event).cases.get(event.caseId);
}

export const casesProjection: Projection = {
  tables: ['cases', 'case_people', 'case_entries', 'case_refs', 'attachments'],
  prepare: (db) => {
    const read = db.prepare('SELECT body FROM cases WHERE branch = ? AND case_id = ?').pluck();
    const put = db.prepare(
      `INSERT INTO cases (branch, case_id, no, kind, severity, state, open, owner_id, logged_at, logged_by, due_at, closed_at, about_staff_id,
         silent, subject_ref, details_ref, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (branch, case_id) DO UPDATE SET kind = excluded.kind, severity = excluded.severity, state = excluded.state,
         open = excluded.open, owner_id = excluded.owner_id, due_at = excluded.due_at, closed_at = excluded.closed_at,
         about_staff_id = excluded.about_staff_id, silent = excluded.silent, subject_ref = excluded.subject_ref,
         details_ref = excluded.details_ref, body = excluded.body`,
    );
    const involve = db.prepare('INSERT OR IGNORE INTO case_people (branch, staff_id, logged_at, case_id) VALUES (?, ?, ?, ?)');
    const enter = db.prepare('INSERT OR IGNORE INTO case_entries (branch, case_id, seq) VALUES (?, ?, ?)');
    const refer = db.prepare('INSERT OR IGNORE INTO case_refs (branch, ref, case_id, kind) VALUES (?, ?, ?, ?)');
    const attach = db.prepare(
      `INSERT OR REPLACE INTO attachments (branch, case_id, attachment_id, name_ref, media_type, bytes, sha256, attached_at, attached_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );

    function keep(branchId: string, one: Case): void {
      put.run(
        branchId,
        one.id,
        one.no,
        one.kind,
        one.severity,
        one.state,
        isOpenCase(one) ? 1 : 0,
        one.ownerId,
        one.loggedAt,
        one.loggedBy,
        nextDeadline(one)?.at ?? null,
        isOpenCase(one) ? null : (one.closedAt ?? null),
        one.aboutStaffId ?? null,
        one.silent === true ? 1 : 0,
        one.subjectRef ?? null,
        one.detailsRef ?? null,
        JSON.stringify(one),
      );
    }

    const write = (event: StoredCaseEvent): void => {
      const { branchId, caseId, seq } = event;
      const stored = read.get(branchId, caseId) as string | undefined;
      const before = stored === undefined ? undefined : (JSON.parse(stored) as Case);
      const after = folded(before, event);
      enter.run(branchId, caseId, seq);
      for (const { ref, kind } of caseRefsOf(event)) refer.run(branchId, ref, caseId, kind);
      if (after === undefined) return;
      keep(branchId, after);
      if (after.people.length !== before?.people.length)
        for (const staffId of after.people) involve.run(branchId, staffId, after.loggedAt, caseId);
    };

    return {
      ...(Object.fromEntries(Object.keys(entries).map((type) => [type, write])) as Writers),
      'case.attached': (event) => {
        const { branchId, caseId, attachmentId, nameRef, mediaType, bytes, sha256, at, actor } = event;
        write(event);
        attach.run(branchId, caseId, attachmentId, nameRef, mediaType, bytes, sha256, at, actor);
      },
      'award.given': ({ branchId, caseId, seq }) => {
        if (caseId !== undefined) enter.run(branchId, caseId, seq);
      },
    };
  },
};
