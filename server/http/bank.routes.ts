/** The administrator's side: accounts, devices, branches. Secrets are taken out here, before the rules and the log. */
import { createHmac } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '../../shared/aggregate.ts';
import { type BankCommand, type BankRequest, bankRequestSchema } from '../../shared/bank/bank.commands.ts';
import { hashPassword } from '../auth/passwords.ts';
import { dropDeviceToken, dropSessionsOf, namesOfStaff, putDeviceToken, putPerson, setName, setPasswordHash } from '../auth/people.ts';
import type { BankShape, Outcome } from '../hub/hub.types.ts';
import { belongs } from '../realtime/audience.ts';
import type { Database } from '../store/store.types.ts';
import type { Edge } from './edge.ts';
import { actorOf, only } from './guard.ts';
import { refusedBy } from './outcome.ts';
import { localDay } from './period.ts';
import { forbidden, malformed } from './problem.ts';
import { parseWithId } from './parse.ts';

interface Prepared {
  readonly command: BankCommand;
  readonly write?: (db: Database) => void;
  /** A new device's token: told once, never kept. */
  readonly token?: string;
  /** A new webhook's signing secret: likewise. */
  readonly secret?: string;
}

/** The hub compares bodies by a fast hash; a password must not be guessable from it. */
async function comparable(edge: Edge, commandId: string, request: BankRequest): Promise<object> {
  if (!('password' in request)) return request;
  const salt = createHmac('sha256', edge.secret.key('password-compare')).update(commandId).digest().subarray(0, 16);
  return { ...request, password: (await hashRaw(request.password, { salt })).toString('base64') };
}

async function prepare(edge: Edge, request: BankRequest): Promise<Prepared> {
  switch (request.type) {
    case 'account.create': {
      const { password, name, ...command } = request;
      const passwordHash = await hashPassword(password);
      return { command, write: (db) => putPerson(db, { username: command.username, name, passwordHash }) };
    }
    case 'account.update': {
      const { name, ...command } = request;
      return { command, write: name === undefined ? undefined : (db) => setName(db, command.username, name) };
    }
    case 'account.setPassword': {
      const { password, ...command } = request;
      const passwordHash = await hashPassword(password);
      return { command, write: (db) => setPasswordHash(db, command.username, passwordHash) };
    }
    case 'account.disable':
      return { command: request, write: (db) => dropSessionsOf(db, request.username) };
    case 'device.create': {
      const token = edge.ids.newToken(24);
      return { command: request, token, write: (db) => putDeviceToken(db, request.deviceId, token) };
    }
    case 'device.revoke':
      return { command: request, write: (db) => dropDeviceToken(db, request.deviceId) };
    case 'webhook.create': {
      const { url, ...command } = request;
      return { command: { ...command, origin: new URL(url).origin }, ...edge.webhooks.making(command.webhookId, url) };
    }
    case 'webhook.enable':
      return { command: request, write: edge.webhooks.enabling(request.webhookId, request.missed) };
    case 'webhook.remove':
      return { command: request, write: edge.webhooks.removing(request.webhookId) };
    case 'loan.make': {
      const hours = edge.hub.state(request.toBranchId)?.config?.hours;
      const day = hours === undefined ? undefined : localDay(request.date, edge.calendar, hours);
      if (day === undefined || day.to <= edge.clock.now())
        throw malformed([{ path: 'date', message: 'today or later, in a branch that is set up' }]);
      return { command: { ...request, fromAt: day.from, untilAt: day.to } };
    }
    case 'loan.end':
    case 'account.enable':
    case 'branch.create':
      return { command: request };
  }
}

export type BankOutcome = Outcome<BankShape['event']> & Pick<Prepared, 'token' | 'secret'>;

/** One administrator's command on the normal road. `token` and `secret` are there once: not on a replay. */
export async function executeBankRequest(edge: Edge, actor: Actor, commandId: string, request: BankRequest): Promise<BankOutcome> {
  const { command, write, token, secret } = await prepare(edge, request);
  const outcome = await edge.hub.executeBank(command, { actor, commandId, body: await comparable(edge, commandId, request), write });
  if (!outcome.ok || outcome.replayed) return outcome;
  return { ...outcome, ...(token === undefined ? {} : { token }), ...(secret === undefined ? {} : { secret }) };
}

/** A head lends the people of the own branch; whoever is above may lend between the branches they see. */
function mayLend(edge: Edge, actor: Actor, request: BankRequest): boolean {
  if (request.type !== 'loan.make' && request.type !== 'loan.end') return false;
  const loan = request.type === 'loan.make' ? request : edge.hub.bank().loans.get(request.loanId);
  if (loan === undefined || !belongs(actor, loan.fromBranchId)) return false;
  return actor.role === 'head' || belongs(actor, loan.toBranchId);
}

export function bankRoutes(app: FastifyInstance, edge: Edge): void {
  const admin = { onRequest: only('admin') };

  app.get('/api/bank', admin, async () => {
    const { seq, accounts, devices, branches } = edge.hub.bank();
    const names = namesOfStaff(edge.store.db);
    return {
      seq,
      branches: [...branches.values()],
      accounts: [...accounts.values()].map((account) => ({ ...account, name: names.get(account.username) ?? account.username })),
      devices: [...devices.values()],
    };
  });

  app.post('/api/bank/commands', { onRequest: only('admin', 'head', 'regional', 'headOffice') }, async (request) => {
    const { id, body } = parseWithId(bankRequestSchema, request.body);
    const actor = actorOf(request);
    if (actor.role !== 'admin' && !mayLend(edge, actor, body)) throw forbidden('forbidden', 'Your role may not do this.');
    const outcome = await executeBankRequest(edge, actor, id, body);
    if (!outcome.ok) throw refusedBy(outcome);
    const { seq, events, result, token, secret } = outcome;
    return { seq, events, result: token === undefined && secret === undefined ? result : { ...result, token, secret } };
  });
}
