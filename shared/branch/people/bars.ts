/** What stands against a person on a post or a shift, in words. */
import type { Refusal } from '../../aggregate.ts';
import type { Bar } from './roster.ts';

type Sentence = (params: Bar['params']) => string;

const hours = (ms: string | number | undefined): string => `${Math.round(Number(ms) / 360_000) / 10} h`;

export const barSentences: Readonly<Record<Bar['code'], Sentence>> = {
  'staff.post_not_allowed': ({ staffId, post }) =>
    `${staffId} may not take this post (${post}); choose somebody else, or change the roster.`,
  'staff.certificate_missing': ({ staffId, certificate }) =>
    `${staffId} has no certificate ${certificate}, which this post asks for; choose somebody else, or enter it on the roster.`,
  'staff.certificate_expired': ({ staffId, certificate, expiredOn }) =>
    `The certificate ${certificate} of ${staffId} expired on ${expiredOn}; it must be renewed before this post is taken.`,
  'staff.no_skill': ({ staffId, counterId }) => `${staffId} may do none of the services of counter ${counterId}; choose somebody else.`,
  'staff.in_retraining': ({ staffId }) => `${staffId} is in retraining and may sign on once it is passed.`,
  'staff.absent': ({ staffId, date }) => `${staffId} is away on ${date}; take the absence back first, or choose somebody else.`,
  'staff.lent': ({ staffId, branchId, date }) => `${staffId} is lent to branch ${branchId} on ${date}; choose somebody else.`,
  'staff.already_on': ({ staffId, date }) => `${staffId} has a shift on ${date} already; choose somebody else.`,
  'staff.day_hours': ({ staffId, mostMs }) =>
    `The shift is longer than the ${hours(mostMs)} a day of ${staffId}; shorten it, or choose somebody else.`,
  'staff.week_hours': ({ staffId, mostMs }) => `${staffId} would work more than ${hours(mostMs)} in that week; choose somebody else.`,
  'staff.rest': ({ staffId, restMs }) =>
    `${staffId} would have less than ${hours(restMs)} of rest between two shifts; choose somebody else.`,
};

export const barred = ({ code, params }: Bar, path?: string): { refused: Refusal } => ({
  refused: { code, message: barSentences[code](params), params, ...(path !== undefined && { path }) },
});
