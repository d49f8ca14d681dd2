/** The interface describes itself, out of the very schemas that check it. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { commandSchema } from '../../shared/contract/commands.ts';
import { searchBody } from './case-list.ts';
import { whatIfBody } from './advice.routes.ts';
import { revealBody } from './case.routes.ts';
import { bankDocument, importDocument } from './import.routes.ts';
import { proposalBody } from './proposal.routes.ts';
import { pinBody, terminalBody } from './terminal.routes.ts';
import { gatewayReports, manyReports, oneReport } from './telemetry.routes.ts';

interface Described {
  readonly summary: string;
  readonly body?: z.ZodType;
}

const withId = z.object({ id: z.guid() });

const described: Readonly<Record<string, Described>> = {
  'POST /api/session': { summary: 'Sign in', body: z.object({ username: z.string(), password: z.string() }) },
  'GET /api/session': { summary: 'Who am I (staff by cookie, devices by token)' },
  'DELETE /api/session': { summary: 'Sign out; cuts the sockets of this session' },
  'GET /api/setup': { summary: 'Whether the database is empty' },
  'POST /api/setup': {
    summary: 'Make the first administrator of an empty database',
    body: z.object({ username: z.string(), password: z.string(), name: z.string().optional() }),
  },
  'GET /api/branches': { summary: 'Branches the caller may see' },
  'GET /api/branches/:id/floor': { summary: 'The live state for this caller' },
  'GET /api/branches/:id/events': { summary: 'Events after `after` (default 0), at most `limit` (1…1000, default 200)' },
  'POST /api/branches/:id/commands': { summary: 'Change something; exactly once per id', body: z.intersection(withId, commandSchema) },
  'GET /api/branches/:id/outlook': {
    summary: 'Waits as predicted now: per service for everybody, per ticket for staff; sockets bring it as `outlook`',
  },
  'GET /api/branches/:id/forecasts': { summary: 'How well waits were foretold, day by day: error, bias, share within the range (staff)' },
  'GET /api/branches/:id/tickets': { summary: 'Today’s tickets by `number` or its last digits, ended ones too (at most 30; staff)' },
  'GET /api/branches/:id/overruns': { summary: 'Ledger of overruns of a `period` (2026-11 or 2026Q4; default: now)' },
  'GET /api/branches/:id/retraining': { summary: 'Retraining proposed, confirmed, passed' },
  'GET /api/branches/:id/staff': { summary: 'Names of the staff' },
  'GET /api/branches/:id/texts/:ref': { summary: 'A text that an event refers to' },
  'GET /api/branches/:id/config': { summary: 'The configuration, as `branch.configure` takes it' },
  'GET /api/branches/:id/roster': {
    summary: 'The plan from local date `from` to `to` (default: this week; at most 92 days), with the hours of each person (staff)',
  },
  'GET /api/branches/:id/roster/substitutes': { summary: 'Who may take the shift of `staffId` on `date`, best first, with why (staff)' },
  'GET /api/branches/:id/roster/partners': { summary: 'With whom `staffId` (default: oneself) may swap `date`, best first (staff)' },
  'GET /api/branches/:id/posts': {
    summary:
      'Who was at which post when, tellers their own; `from`, `to` in epoch ms or local dates (at most 92 days; default: today; staff)',
  },
  'POST /api/branches/:id/roster/proposals': {
    summary: 'Ask for a roster for days of one week with the fewest staff hours; 202 with its id (head and above; docs/forecasting.md)',
    body: proposalBody,
  },
  'GET /api/branches/:id/roster/proposals/:proposalId': {
    summary: 'How far the proposal is; the roster beside the rota, each part with the command that accepts it (head and above)',
  },
  'DELETE /api/branches/:id/roster/proposals/:proposalId': { summary: 'Stop it, or put it away (head and above)' },
  'GET /api/branches/:id/people': { summary: 'Who is here, on which post, since when; whose break is next (staff)' },
  'GET /api/branches/:id/terminal': { summary: 'Who may sign on at the shared terminal (its device token, lobby manager, head)' },
  'POST /api/branches/:id/terminal/commands': {
    summary: 'A post, break or shift of `staffId`, proved by the PIN; five wrong PINs lock it for 15 minutes',
    body: terminalBody,
  },
  'POST /api/session/pin': { summary: 'Set one’s PIN for shared terminals, proved by the password', body: pinBody },
  'GET /api/branches/:id/machines/availability': {
    summary:
      'Time in service ÷ time it should have been, per machine; `from`, `to` in epoch ms or local dates (at most 400 days; default: today)',
  },
  'GET /api/branches/:id/advice': {
    summary: 'Advice given, newest first, with what became of it and what it brought; `from`, `before` (epoch ms) and `limit` (1…500)',
  },
  'GET /api/branches/:id/advice/tuning': {
    summary: 'How far tuning of the thresholds is, and what old and new ones come to (manager, head and above; docs/advice.md)',
  },
  'POST /api/branches/:id/advice/tuning': { summary: 'Start tuning the thresholds on the branch’s own days (head and above)' },
  'DELETE /api/branches/:id/advice/tuning': { summary: 'Stop tuning, or discard what it found (head and above)' },
  'POST /api/branches/:id/advice/tuning/adopt': { summary: 'Write the thresholds found into the configuration (head and above)' },
  'POST /api/branches/:id/what-if': {
    summary: 'Waits and clear-out for the rest of the day, without and with one window more or less (docs/advice.md)',
    body: whatIfBody,
  },
  'GET /api/branches/:id/offer': {
    summary: 'A machine that would be quicker for `serviceId`, `segment?`, `amountFen?`, or `{}` (kiosks and staff)',
  },
  'GET /api/branches/:id/cards': {
    summary: 'Register of retained cards, newest first; `before` and `limit` (1…500) page; digits for manager and head',
  },
  'GET /api/branches/:id/replenishments': {
    summary: 'Register of cash added to machines, newest first; `before` and `limit` (1…500) page',
  },
  'POST /api/machines/:id/telemetry': {
    summary: 'What a machine tells of itself, one report or many; the device token of a machine (docs/machines.md)',
    body: z.union([oneReport, manyReports]),
  },
  'POST /api/machines/telemetry': { summary: 'The same for a gateway that speaks for many machines', body: gatewayReports },
  'GET /api/cases': {
    summary:
      'Cases of the caller’s branches, newest first: `branch`, `state` (or `open`), `kind`, `severity`, `owner`, `mine=true`, `from`, `to` (epoch ms), `q`, `cursor`, `limit` (1…200, default 50)',
  },
  'POST /api/cases/search': {
    summary: 'The same list, asked for in a body: what is searched for may be a name or a number, which belongs in no address',
    body: searchBody,
  },
  'GET /api/cases/:id': { summary: 'A case with its timeline; the contact masked' },
  'GET /api/cases/:id/export': { summary: 'The whole record of a case, to take away' },
  'POST /api/cases/:id/contact': { summary: 'The customer’s contact, for whoever handles the case; goes on the record', body: revealBody },
  'POST /api/cases/:id/attachments': {
    summary:
      'A photo or paper (JPEG, PNG, WebP, PDF; 10 MiB at most): the body is the file; its name percent-encoded in `X-File-Name`, or in `name`',
  },
  'GET /api/cases/:id/attachments/:attachmentId': { summary: 'A file of a case' },
  'GET /api/t/:token': { summary: 'What a customer’s phone shows' },
  'POST /api/t/:token/cancel': { summary: 'The customer gives up', body: withId.partial() },
  'POST /api/t/:token/rate': {
    summary: 'The customer rates the service',
    body: withId.partial().extend({ score: z.number().int().min(1).max(5) }),
  },
  'GET /api/bank': { summary: 'Branches, accounts, devices (administrator)' },
  'POST /api/bank/commands': {
    summary: 'Change the bank; a new device’s token and a new webhook’s secret are told once, in `result`',
    body: bankDocument,
  },
  'GET /api/webhooks': { summary: 'Webhooks and how they fare (administrator); docs/webhooks.md' },
  'GET /api/webhooks/:id/deliveries': { summary: 'Delivery log, newest first; `cursor` = `next` of the page before, `limit` 1…200' },
  'POST /api/webhooks/:id/deliveries/:deliveryId/resend': { summary: 'Send an event once more, with the same webhook-id' },
  'POST /api/import': { summary: 'Make branches with their staff and devices', body: importDocument },
};

/** OpenAPI names no JSON Schema dialect inside. */
function jsonSchema(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return rest;
}

export async function installOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Counterflow', version: '1', description: 'Real-time operations of a bank branch. Sockets: docs/realtime.md.' },
      components: {
        securitySchemes: { cookie: { type: 'apiKey', in: 'cookie', name: 'counterflow' }, device: { type: 'http', scheme: 'bearer' } },
      },
      security: [{ cookie: [] }, { device: [] }],
    },
    transform: ({ schema, url, route }) => {
      const methods = Array.isArray(route.method) ? route.method : [route.method];
      const found = methods.map((method) => described[`${method} ${url}`]).find((entry) => entry !== undefined);
      if (found === undefined) return { schema: { ...schema, hide: true }, url };
      const { summary, body } = found;
      return { schema: { summary, ...(body === undefined ? {} : { body: jsonSchema(body) }) }, url };
    },
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true });
  app.get('/api/openapi.json', async () => app.swagger());
}
