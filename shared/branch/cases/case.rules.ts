/** Cases: the first responder owns it (domain.md section 6), until somebody has accepted it from them. */
import { type Draft, done, refuse, type Rules, type Ruling } from '../draft.ts';
import { levelOf } from './case.access.ts';
import type { Case } from './case.state.ts';
import { emergencyRules } from './emergency.rules.ts';
import { leaveToOthers, nextLevel, raise } from './escalate.ts';
import { findCase, findRunning, notRecused, steers } from './find-case.ts';
import { logRules } from './log.rules.ts';
import { isOff, isRecused, rungOf } from './people.ts';
import { resolutionRules } from './resolution.rules.ts';
import { shiftRules } from './shift.rules.ts';
import { workRules } from './work.rules.ts';

const notOffered = (one: Case): Ruling =>
  refuse('case.not_offered', `Case ${one.no} was not offered to you; ask ${one.ownerId} to hand it over.`, {
    no: one.no,
    ownerId: one.ownerId,
  });

const alreadyAccepted = (one: Case): Ruling =>
  refuse('case.already_accepted', `${one.ownerId} has case ${one.no} in hand already; nothing is left to take.`, {
    no: one.no,
    ownerId: one.ownerId,
  });

/**
 * Whoever it was offered to; or, once it went up, whoever stands at the level it went to, until one of them all has taken
 * it; or, when its owner has left, whoever stands at its level.
 */
function mayAccept(draft: Draft, one: Case): Ruling | undefined {
  const { actor } = draft.context;
  if (one.ownerId === actor.id) return refuse('case.already_yours', `Case ${one.no} is yours already.`, { no: one.no });
  if (one.offeredTo === actor.id) return undefined;
  if (one.acceptedStep === one.step && rungOf(draft, one.ownerId) > 0) return alreadyAccepted(one);
  if (levelOf(actor.role) !== one.level) return notOffered(one);
  return rungOf(draft, one.ownerId) < one.level ? undefined : alreadyAccepted(one);
}

export const caseRules = {
  ...logRules,
  ...resolutionRules,
  ...workRules,
  ...emergencyRules,
  ...shiftRules,

  'case.acknowledge': (draft, { caseId }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const refused = steers(draft, one) ?? notRecused(draft, one);
    if (refused !== undefined) return refused;
    if (one.state === 'acknowledged' && one.ackDueAt === undefined)
      return refuse('case.already_acknowledged', `Case ${one.no} was acknowledged already.`, { no: one.no });
    draft.emit({ type: 'case.acknowledged', caseId });
    return done;
  },

  'case.handOver': (draft, { caseId, toStaffId }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const refused = steers(draft, one);
    if (refused !== undefined) return refused;
    if (rungOf(draft, toStaffId) === 0)
      return refuse(
        'staff.unknown',
        'Nobody of that name handles cases in this branch; choose a colleague.',
        { staffId: toStaffId },
        'toStaffId',
      );
    if (toStaffId === one.ownerId)
      return refuse('case.already_owner', `${toStaffId} owns case ${one.no} already.`, { no: one.no, staffId: toStaffId }, 'toStaffId');
    if (isRecused(one, toStaffId))
      return refuse(
        'case.recused_there',
        `Case ${one.no} concerns ${toStaffId}: choose somebody else.`,
        { no: one.no, staffId: toStaffId },
        'toStaffId',
      );
    if (isOff(draft.state, toStaffId, draft.now))
      return refuse('case.off_shift', `${toStaffId} is off shift; choose somebody who is here.`, { staffId: toStaffId }, 'toStaffId');
    const people = one.people.includes(toStaffId) ? one.people : [...one.people, toStaffId];
    draft.emit({ type: 'case.handOverOffered', caseId, toStaffId, card: { ...one, offeredTo: toStaffId, offeredAt: draft.now, people } });
    return done;
  },

  'case.accept': (draft, { caseId }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const { actor } = draft.context;
    const refused = mayAccept(draft, one) ?? notRecused(draft, one);
    if (refused !== undefined) return refused;
    const level = Math.max(one.level, levelOf(actor.role));
    const card: Case = {
      ...one,
      ownerId: actor.id,
      offeredTo: undefined,
      level,
      acceptedStep: one.step,
      state: 'acknowledged',
      ackDueAt: undefined,
      acknowledgedAt: one.acknowledgedAt ?? draft.now,
      overdue: undefined,
      overdueSince: undefined,
      people: one.people.includes(actor.id) ? one.people : [...one.people, actor.id],
    };
    draft.emit({ type: 'case.accepted', caseId, ownerId: actor.id, from: one.ownerId, level, card });
    return done;
  },

  'case.decline': (draft, { caseId, reason }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    if (at.found.offeredTo !== draft.context.actor.id) return notOffered(at.found);
    draft.emit({ type: 'case.declined', caseId, reasonRef: draft.text(reason) });
    return done;
  },

  'case.escalate': (draft, { caseId, reason }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const refused = steers(draft, one);
    if (refused !== undefined) return refused;
    if (nextLevel(draft, one) === one.level)
      return refuse('case.at_top', `Case ${one.no} is at the highest level already: it is decided here.`, { no: one.no });
    raise(draft, one, 'asked', { reasonRef: draft.text(reason) });
    return done;
  },

  'case.recuse': (draft, { caseId, staffId, reason }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    // Whoever sees an interest of their own says so, whatever their place.
    const refused = staffId === draft.context.actor.id ? undefined : (steers(draft, one) ?? notRecused(draft, one));
    if (refused !== undefined) return refused;
    if (rungOf(draft, staffId) === 0)
      return refuse('staff.unknown', 'Nobody of that name handles cases in this branch; choose a colleague.', { staffId }, 'staffId');
    if (isRecused(one, staffId))
      return refuse('case.recused_already', `${staffId} keeps out of case ${one.no} already.`, { no: one.no, staffId });
    draft.emit({ type: 'case.recused', caseId, staffId, reasonRef: draft.text(reason) });
    const after = draft.state.cases.get(caseId);
    if (after !== undefined) leaveToOthers(draft, after, staffId, reason);
    return done;
  },

  'case.note': (draft, { caseId, text }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    draft.emit({ type: 'case.noted', caseId, textRef: draft.text(text) });
    return done;
  },
} satisfies Rules;
