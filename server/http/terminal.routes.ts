/** A terminal that staff share: whoever stands there speaks for themselves with a PIN. It is checked here and goes no further. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mayDo } from '../../shared/branch/access.ts';
import { commandSchema } from '../../shared/contract/commands.ts';
import type { TerminalView } from '../../shared/contract/terminal.ts';
import { havePins, namesOfStaff, setPinHash } from '../auth/people.ts';
import { hashPassword } from '../auth/passwords.ts';
import type { SignInResult } from '../auth/sign-in.ts';
import type { Edge } from './edge.ts';
import { actorOf, branchOf, inBranch } from './guard.ts';
import { notAllowed, refusedBy } from './outcome.ts';
import { commandIdSchema, parse } from './parse.ts';
import { forbidden, Problem } from './problem.ts';
import { SIGN_INS } from './security.ts';
import { terminalPeople } from './terminal-people.ts';

const spoken = ['post.take', 'post.leave', 'break.begin', 'break.end', 'shift.begin', 'shift.end'] as const;
const isSpoken = (type: string): boolean => spoken.some((one) => one === type);

const digits = /^\d{6}$/;
/** All the same, or counting up or down: the first that anybody would try. */
const isObvious = (pin: string): boolean => new Set(pin).size === 1 || '0123456789012345'.includes(pin) || '9876543210987654'.includes(pin);

const staffId = z.string().min(1).max(64);
export const terminalBody = z.object(
  { id: commandIdSchema, staffId, pin: z.string().regex(digits, 'six digits'), command: commandSchema },
  'a JSON object',
);
export const pinBody = z.object(
  {
    username: staffId,
    password: z.string().min(1).max(200),
    pin: z
      .string()
      .regex(digits, 'six digits')
      .refine((pin) => !isObvious(pin), 'less easy to guess'),
  },
  'a JSON object',
);

/** As an `onRequest` hook: the shared terminal itself, or the session of whoever leads the branch. */
function terminalOnly(request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void {
  const { role } = actorOf(request);
  if (role !== 'terminal' && role !== 'manager' && role !== 'head')
    throw forbidden('forbidden', 'This is for the branch’s shared terminal, its lobby manager and its head.');
  done();
}

function wrong(edge: Edge, what: 'auth' | 'pin', result: Extract<SignInResult, { ok: false }>): Problem {
  const { lockedForMs } = result;
  const code = lockedForMs === undefined ? `${what}.wrong` : `${what}.locked`;
  edge.refused.inc({ code });
  if (lockedForMs === undefined)
    return new Problem({
      status: 401,
      code,
      detail: what === 'pin' ? 'The PIN is wrong, or none is set.' : 'Username or password is wrong.',
    });
  const detail = 'Too many wrong ones; wait, or set a new one.';
  return new Problem({ status: 429, code, detail, retryAfterS: Math.ceil(lockedForMs / 1000) });
}

export function terminalRoutes(app: FastifyInstance, edge: Edge): void {
  const guards = { onRequest: [inBranch(edge), terminalOnly] };
  const limited = edge.settings.rateLimit ? { config: { rateLimit: SIGN_INS } } : {};

  app.get('/api/branches/:id/terminal', guards, async (request): Promise<TerminalView> => {
    const { state } = branchOf(edge, request);
    const { db } = edge.store;
    return { people: terminalPeople(state, { names: namesOfStaff(db), pins: havePins(db), now: edge.clock.now() }) };
  });

  app.post('/api/branches/:id/terminal/commands', { ...guards, ...limited }, async (request) => {
    const { branchId, state } = branchOf(edge, request);
    const { id, staffId: who, pin, command } = parse(terminalBody, request.body);
    if (!isSpoken(command.type))
      throw forbidden('terminal.not_here', 'At a shared terminal one signs on and off posts, breaks and shifts, nothing else.');
    const person = edge.access.personOf(who);
    const checked = await edge.pins.check(who, pin, person !== undefined);
    if (!checked.ok || person === undefined) throw wrong(edge, 'pin', checked.ok ? { ok: false } : checked);
    const refusal = mayDo(edge.hub.state(branchId) ?? state, person, command);
    if (refusal !== undefined) throw notAllowed(refusal);
    const outcome = await edge.hub.execute(branchId, command, { actor: person, commandId: id, body: command });
    if (!outcome.ok) throw refusedBy(outcome);
    return { seq: outcome.seq, result: outcome.result };
  });

  // Proved by the password, so that guards, who never sign in, can do it at the terminal too.
  app.post('/api/session/pin', limited, async (request, reply) => {
    const { username, password, pin } = parse(pinBody, request.body);
    const checked = await edge.signIn.check(username, password, edge.access.personOf(username) !== undefined);
    if (!checked.ok) throw wrong(edge, 'auth', checked);
    setPinHash(edge.store.db, username, await hashPassword(pin));
    return reply.code(204).send();
  });
}
