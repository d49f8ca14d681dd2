/** A group of so many on site is a major event with its own plan (regulation.md). */
import type { Draft } from '../draft.ts';
import { isOpenCase } from './case-book.ts';
import { openCase } from './open-case.ts';
import { onDutyFrom } from './people.ts';
import { casesConfig, playbooksOf } from './policy.ts';

/** The plan it raises. */
const PLAN = 'massComplaint';

/** Raises the plan once for this case, when enough people are there. `onSite` = a new count to be written down. */
export function raiseMajorEvent(draft: Draft, caseId: string, onSite?: number): string | undefined {
  const one = draft.state.cases.get(caseId);
  if (one === undefined) return undefined;
  const people = onSite ?? one.onSite ?? 1;
  const { majorEventPeople } = casesConfig(draft.state).law;
  const raises = one.kind === 'complaint' && isOpenCase(one) && people >= majorEventPeople && one.majorEventCaseId === undefined;
  const plans = playbooksOf(draft.state);
  // A bank with plans of its own may have dropped this one.
  const plan = plans.find(({ id }) => id === PLAN) ?? plans.find(({ id }) => id === 'other');
  const majorEventCaseId = raises
    ? openCase(draft, {
        kind: 'emergency',
        channel: one.channel,
        severity: 1,
        ownerId: onDutyFrom(draft, 3, one.recused) ?? one.ownerId,
        // Every screen of the branch shows an emergency: what is said about somebody stays in the complaint.
        ...(one.aboutStaffId === undefined ? { subjectRef: one.subjectRef } : {}),
        playbookId: plan?.id,
        silent: plan?.silent,
        onSite: people,
        drill: one.drill,
      })
    : undefined;
  if (onSite !== undefined || majorEventCaseId !== undefined)
    draft.emit({ type: 'case.peopleCounted', caseId, onSite: people, ...(majorEventCaseId === undefined ? {} : { majorEventCaseId }) });
  return majorEventCaseId;
}
