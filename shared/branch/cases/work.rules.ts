/** What is done on the way: promises, tasks, causes, corrections, files. Everything is an entry; nothing is edited away. */
import { type Draft, done, refuse, type Rules } from '../draft.ts';
import { isOpenCase } from './case-book.ts';
import { levelOf } from './case.access.ts';
import { clocksAt } from './clocks.ts';
import { leaveToOthers } from './escalate.ts';
import { findCase, notRecused, steers } from './find-case.ts';
import { isRecused, maySteer, rungOf } from './people.ts';
import { atLeast, casesConfig, policyFor } from './policy.ts';

const DAY_MS = 24 * 3_600_000;
const MOST_TASKS = 50;
const MOST_PROMISES = 50;
const MOST_ATTACHMENTS = 20;

/** A correction may press a case, never give it more time: else correcting twice would put its deadlines off. What is met or passed stays so. */
const sooner = (running: number | undefined, corrected: number): number | undefined =>
  running === undefined ? undefined : Math.min(running, corrected);

const tooMany = (what: string, most: number) =>
  refuse('case.too_many', `A case holds at most ${most} of these (${what}); log another case.`, { most, what });

/** How often this cause was found lately, this time included. */
function findings(draft: Draft, cause: string): number {
  const from = draft.now - casesConfig(draft.state).law.repeatCauseDays * DAY_MS;
  const seen = Object.hasOwn(draft.state.causes, cause) ? draft.state.causes[cause]?.at : undefined;
  return (seen ?? []).filter((at) => at >= from).length + 1;
}

export const workRules = {
  'case.promise': (draft, { caseId, what, byAt }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const refused = steers(draft, at.found);
    if (refused !== undefined) return refused;
    if (byAt <= draft.now) return refuse('case.promise_past', 'A promise is for a time to come; choose a later one.', undefined, 'byAt');
    if (at.found.promises.length >= MOST_PROMISES) return tooMany('promises', MOST_PROMISES);
    const promise = { id: draft.context.newId(), whatRef: draft.text(what), byAt, by: draft.context.actor.id };
    draft.emit({ type: 'case.promised', caseId, promise });
    return { result: { promiseId: promise.id } };
  },

  'case.keepPromise': (draft, { caseId, promiseId }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const promise = at.found.promises.find(({ id }) => id === promiseId);
    if (promise === undefined) return refuse('promise.unknown', 'There is no such promise in this case.', undefined, 'promiseId');
    if (promise.keptAt !== undefined) return refuse('promise.kept_already', 'This promise was kept already.');
    const refused = steers(draft, at.found);
    if (refused !== undefined) return refused;
    draft.emit({ type: 'case.promiseKept', caseId, promiseId });
    return done;
  },

  'case.addTask': (draft, { caseId, kind, what, ownerId, dueAt }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const refused = steers(draft, one);
    if (refused !== undefined) return refused;
    if (one.tasks.length >= MOST_TASKS) return tooMany('tasks', MOST_TASKS);
    const owner = ownerId ?? one.ownerId;
    if (draft.context.staff.roleOf(owner) === undefined)
      return refuse('staff.unknown', 'Nobody of that name works for this branch; choose a colleague.', { staffId: owner }, 'ownerId');
    const latest = kind === 'video' ? draft.now + casesConfig(draft.state).law.videoMs : undefined;
    const due = latest === undefined ? dueAt : Math.min(dueAt ?? latest, latest);
    if (due === undefined || due <= draft.now)
      return refuse('task.needs_time', 'A task needs a time to come by which it is done.', undefined, 'dueAt');
    const task = { id: draft.context.newId(), kind, ownerId: owner, dueAt: due, whatRef: draft.text(what) };
    const card = one.people.includes(owner) ? undefined : { ...one, tasks: [...one.tasks, task], people: [...one.people, owner] };
    draft.emit({ type: 'case.taskAdded', caseId, task, ...(card === undefined ? {} : { card }) });
    return { result: { taskId: task.id } };
  },

  'case.completeTask': (draft, { caseId, taskId, text }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const task = at.found.tasks.find(({ id }) => id === taskId);
    if (task === undefined) return refuse('task.unknown', 'There is no such task in this case.', undefined, 'taskId');
    if (task.doneAt !== undefined) return refuse('task.done_already', 'This task was done already.');
    if (task.ownerId !== draft.context.actor.id) {
      const refused = steers(draft, at.found);
      if (refused !== undefined) return refused;
    }
    draft.emit({ type: 'case.taskDone', caseId, taskId, ...(text === undefined ? {} : { textRef: draft.text(text) }) });
    return done;
  },

  'case.setCause': (draft, { caseId, cause }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const refused = steers(draft, at.found) ?? notRecused(draft, at.found);
    if (refused !== undefined) return refused;
    if (!casesConfig(draft.state).causes.some(({ id }) => id === cause))
      return refuse('cause.unknown', 'There is no such cause; choose one of the list.', { cause }, 'cause');
    if (at.found.cause === cause) return refuse('cause.same', `That is the cause of case ${at.found.no} already.`, { no: at.found.no });
    const count = findings(draft, cause);
    draft.emit({ type: 'case.causeFound', caseId, cause, count });
    return { result: { count } };
  },

  'case.correct': (draft, { caseId, severity, subject, details, contact, aboutStaffId, reason }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const refused = steers(draft, one) ?? notRecused(draft, one);
    if (refused !== undefined) return refused;
    if (aboutStaffId !== undefined && draft.context.staff.roleOf(aboutStaffId) === undefined)
      return refuse(
        'staff.unknown',
        'Nobody of that name works for this branch; choose a colleague.',
        { staffId: aboutStaffId },
        'aboutStaffId',
      );
    const config = casesConfig(draft.state);
    // What came by the press stays as grave as that, whoever corrects it.
    const corrected = severity === undefined ? one.severity : atLeast(config, one.channel, severity);
    const changed = corrected !== one.severity;
    const policy = changed ? policyFor(config, one.kind, corrected) : undefined;
    const running = one.state === 'logged' || one.state === 'acknowledged';
    const clocks = policy !== undefined && running ? clocksAt(draft, policy, one.level) : undefined;
    draft.emit({
      type: 'case.corrected',
      caseId,
      ...(changed ? { severity: corrected } : {}),
      ...(policy === undefined ? {} : { policy }),
      ...(clocks === undefined ? {} : { actDueAt: sooner(one.actDueAt, clocks.actDueAt), ackDueAt: sooner(one.ackDueAt, clocks.ackDueAt) }),
      ...(subject === undefined ? {} : { subjectRef: draft.text(subject) }),
      ...(details === undefined ? {} : { detailsRef: draft.text(details) }),
      ...(contact === undefined ? {} : { contactRef: draft.keep('contact', contact) }),
      ...(aboutStaffId === undefined ? {} : { aboutStaffId }),
      reasonRef: draft.text(reason),
    });
    const after = draft.state.cases.get(caseId);
    if (after !== undefined && running && aboutStaffId !== undefined) leaveToOthers(draft, after, aboutStaffId, reason);
    return done;
  },

  'case.revealContact': (draft, { caseId }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const mayAsk = maySteer(draft, one) || rungOf(draft, draft.context.actor.id) >= levelOf('manager');
    if (!mayAsk || isRecused(one, draft.context.actor.id))
      return refuse('case.contact_closed', 'The customer’s contact is for whoever handles the case.', { no: one.no });
    if (one.contactRef === undefined && one.representativeRefs === undefined)
      return refuse('case.no_contact', `Case ${one.no} has no contact.`, { no: one.no });
    draft.emit({ type: 'case.contactRevealed', caseId });
    return done;
  },

  'case.attach': (draft, { caseId, attachmentId, name, mediaType, bytes, sha256 }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    if (at.found.attachments >= MOST_ATTACHMENTS) return tooMany('attachments', MOST_ATTACHMENTS);
    if (!isOpenCase(at.found) && levelOf(draft.context.actor.role) < 2)
      return refuse('case.ended', `Case ${at.found.no} has ended already.`, { no: at.found.no }, 'caseId');
    draft.emit({ type: 'case.attached', caseId, attachmentId, nameRef: draft.text(name), mediaType, bytes, sha256 });
    return { result: { attachmentId } };
  },

  'award.give': (draft, { staffId, kind, caseId, reason }) => {
    if (draft.context.staff.roleOf(staffId) === undefined)
      return refuse('staff.unknown', 'Nobody of that name works for this branch; choose a colleague.', { staffId }, 'staffId');
    if (staffId === draft.context.actor.id) return refuse('award.self', 'Nobody gives themselves an award.', undefined, 'staffId');
    if (caseId !== undefined) {
      const at = findCase(draft, caseId);
      if ('refused' in at) return at;
    }
    const awardId = draft.context.newId();
    draft.emit({ type: 'award.given', awardId, staffId, kind, ...(caseId === undefined ? {} : { caseId }), reasonRef: draft.text(reason) });
    return { result: { awardId } };
  },
} satisfies Rules;
