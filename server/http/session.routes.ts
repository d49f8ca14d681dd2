/** Signing in and out, and who one is. The only routes that touch the session cookie itself. */
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { usernameSchema, passwordSchema, personNameSchema } from '../../shared/bank/bank.commands.ts';
import { COOKIE, type Principal } from '../auth/access.ts';
import { hashPassword } from '../auth/passwords.ts';
import { findPerson, putPerson } from '../auth/people.ts';
import { SESSION_MS } from '../auth/session-store.ts';
import type { Edge } from './edge.ts';
import { actorOf, signedIn } from './guard.ts';
import { parse } from './parse.ts';
import { Problem } from './problem.ts';
import { SIGN_INS } from './security.ts';

const credentials = z.object({ username: z.string().min(1).max(64), password: z.string().min(1).max(200) }, 'a JSON object');
const setUp = z.object({ username: usernameSchema, password: passwordSchema, name: personNameSchema.optional() }, 'a JSON object');
const setUpActor = { id: 'setup', kind: 'staff', role: 'admin', branches: '*' } as const;

function whoIs(edge: Edge, { actor, username, deviceId }: Principal): object {
  const all =
    actor.branches === '*'
      ? [...edge.hub.bank().branches.values()].filter(({ kind }) => kind === 'branch').map(({ id }) => id)
      : actor.branches;
  const self =
    username === undefined
      ? { deviceId, kind: actor.role }
      : { username, staffId: username, name: findPerson(edge.store.db, username)?.name };
  return { ...self, role: actor.role, branches: all, branchIds: actor.branches };
}

function wrongPassword(edge: Edge, lockedForMs: number | undefined): Problem {
  if (lockedForMs === undefined) return new Problem({ status: 401, code: 'auth.wrong', detail: 'Username or password is wrong.' });
  edge.refused.inc({ code: 'auth.locked' });
  edge.log.warn({ code: 'auth.locked' }, 'sign-in while locked');
  return new Problem({
    status: 429,
    code: 'auth.locked',
    detail: 'Too many wrong passwords; wait, or ask an administrator for a new one.',
    retryAfterS: Math.ceil(lockedForMs / 1000),
  });
}

export async function sessionRoutes(app: FastifyInstance, edge: Edge, cookieSecret: string): Promise<void> {
  await app.register(fastifyCookie);
  // Over plain http `secure: "auto"` falls to SameSite=Lax; the cookie is never wanted from elsewhere.
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (request.session?.cookie !== undefined) request.session.cookie.sameSite = 'strict';
    done(null, payload);
  });
  await app.register(fastifySession, {
    secret: cookieSecret,
    cookieName: COOKIE,
    store: edge.sessions,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, secure: 'auto', sameSite: 'strict', path: '/', maxAge: SESSION_MS },
  });
  const limited = edge.settings.rateLimit ? { config: { rateLimit: SIGN_INS } } : {};

  app.post('/api/session', limited, async (request) => {
    const { username, password } = parse(credentials, request.body);
    const result = await edge.signIn.check(username, password, edge.access.actorOf(username) !== undefined);
    if (!result.ok) throw wrongPassword(edge, result.lockedForMs);
    await request.session.regenerate();
    request.session.username = username;
    const actor = edge.access.actorOf(username);
    // Disabled while the password was being checked.
    if (actor === undefined) throw wrongPassword(edge, undefined);
    return whoIs(edge, { actor, username });
  });

  app.get('/api/session', { onRequest: signedIn }, async (request) => {
    actorOf(request);
    return request.principal === null ? {} : whoIs(edge, request.principal);
  });

  app.delete('/api/session', async (request, reply) => {
    if (request.principal?.sessionId !== undefined) await request.session.destroy();
    return reply.clearCookie(COOKIE, { path: '/' }).code(204).send();
  });

  app.get('/api/setup', async () => ({ empty: edge.hub.bank().accounts.size === 0 }));

  app.post('/api/setup', limited, async (request) => {
    const { username, password, name } = parse(setUp, request.body);
    const done = new Problem({ status: 409, code: 'setup.done', detail: 'There is an administrator already; sign in instead.' });
    if (edge.hub.bank().accounts.size > 0) throw done;
    const passwordHash = await hashPassword(password);
    const outcome = await edge.hub.executeBank(
      { type: 'bank.setUp', username },
      {
        actor: setUpActor,
        commandId: edge.ids.newId(),
        body: { type: 'bank.setUp', username },
        write: (db) => putPerson(db, { username, name: name ?? username, passwordHash }),
      },
    );
    if (!outcome.ok)
      throw outcome.status === 409 ? done : new Problem({ status: outcome.status, code: outcome.code, detail: outcome.message });
    return { username };
  });
}
