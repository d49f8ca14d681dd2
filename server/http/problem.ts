/** Errors as the contract tells them: application/problem+json with a stable code. */
import type { FastifyReply } from 'fastify';
import type { $ZodIssue } from 'zod/v4/core';

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

interface ProblemInit {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly params?: Readonly<Record<string, string | number>>;
  readonly retryAfterS?: number;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Malformed request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Refused by a rule',
  413: 'Too large',
  415: 'Unsupported content type',
  422: 'Same id, another body',
  429: 'Too many requests',
  500: 'Unexpected fault',
  503: 'Busy, try again with the same id',
};

/** Thrown by routes; the error handler answers it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(readonly init: ProblemInit) {
    super(init.code);
  }
}

export function problemBody({ status, code, detail, errors, params }: ProblemInit): object {
  return { type: 'about:blank', title: titles[status] ?? 'Request failed', status, code, detail, errors, params };
}

export function sendProblem(reply: FastifyReply, init: ProblemInit): FastifyReply {
  if (init.retryAfterS !== undefined) void reply.header('retry-after', String(init.retryAfterS));
  return reply.code(init.status).type('application/problem+json').send(problemBody(init));
}

/** What zod found, as the paths the sender wrote: `config.services.0.letter`. */
export function fieldErrors(issues: readonly $ZodIssue[], prefix = ''): FieldError[] {
  return issues.flatMap((issue) => {
    const at = [...(prefix === '' ? [] : [prefix]), ...issue.path.map(String)].join('.');
    const fits = issue.code === 'invalid_union' ? issue.errors.filter((branch) => branch.length > 0) : [];
    if (fits.length === 1 && fits[0] !== undefined) return fieldErrors(fits[0], at);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: at === '' ? key : `${at}.${key}`, message: 'is not known here' }));
    return [{ path: at, message: issue.message }];
  });
}

export const malformed = (errors: readonly FieldError[]): Problem =>
  new Problem({ status: 400, code: 'input.invalid', detail: 'The request does not say what it should; see errors.', errors });

export const notFound = (code: string, detail: string): Problem => new Problem({ status: 404, code, detail });
export const forbidden = (code: string, detail: string): Problem => new Problem({ status: 403, code, detail });
