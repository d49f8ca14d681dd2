/** Emergencies: a playbook's steps ticked off live, who has been told, what the report to the superior says. */
import { type Draft, done, refuse, type Rules } from '../draft.ts';
import { findCase, steers } from './find-case.ts';
import type { Case } from './case.state.ts';
import { raiseMajorEvent } from './major-event.ts';
import { playbooksOf } from './policy.ts';
import type { Refusal } from '../../aggregate.ts';

const MOST_INFORMED = 100;

function findEmergency(draft: Draft, caseId: string): { readonly found: Case } | { readonly refused: Refusal } {
  const at = findCase(draft, caseId);
  if ('refused' in at) return at;
  return at.found.kind === 'emergency'
    ? at
    : refuse('case.no_emergency', `Case ${at.found.no} is no emergency: it has no plan to follow.`, { no: at.found.no }, 'caseId');
}

export const emergencyRules = {
  'case.tickStep': (draft, { caseId, stepId }) => {
    const at = findEmergency(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const steps = playbooksOf(draft.state).find(({ id }) => id === one.playbookId)?.steps ?? [];
    if (!steps.some(({ id }) => id === stepId)) return refuse('step.unknown', 'This plan has no such step.', { stepId }, 'stepId');
    if (one.steps !== undefined && Object.hasOwn(one.steps, stepId))
      return refuse('step.done_already', 'This step was ticked off already.', { stepId });
    draft.emit({ type: 'case.stepTicked', caseId, stepId });
    return done;
  },

  'case.inform': (draft, { caseId, whom }) => {
    const at = findEmergency(draft, caseId);
    if ('refused' in at) return at;
    if ((at.found.informedRefs?.length ?? 0) >= MOST_INFORMED)
      return refuse('case.too_many', `A case holds at most ${MOST_INFORMED} of these; log another case.`, {
        most: MOST_INFORMED,
        what: 'informed',
      });
    draft.emit({ type: 'case.informed', caseId, whomRef: draft.text(whom) });
    return done;
  },

  'case.report': (draft, { caseId, fields }) => {
    const at = findEmergency(draft, caseId);
    if ('refused' in at) return at;
    const refs = Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, draft.text(text)]));
    if (Object.keys(refs).length === 0)
      return refuse('case.report_empty', 'Fill in at least one field of the report.', undefined, 'fields');
    draft.emit({ type: 'case.reportFilled', caseId, refs });
    return done;
  },

  'case.countPeople': (draft, { caseId, onSite }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const refused = steers(draft, at.found);
    if (refused !== undefined) return refused;
    const majorEventCaseId = raiseMajorEvent(draft, caseId, onSite);
    return { result: majorEventCaseId === undefined ? {} : { majorEventCaseId } };
  },
} satisfies Rules;
