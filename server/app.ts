/** Builds the hub's edge without listening: routes, pages, sockets over one HTTP server. */
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { Counter } from 'prom-client';
import type { Calendar } from '../shared/aggregate.ts';
import { branch } from '../shared/branch/branch.ts';
import { createAdvisor } from './advice/advisor.ts';
import { createTuning } from './advice/tuning.ts';
import { Access } from './auth/access.ts';
import { followLinks } from './auth/follow-link.ts';
import { Sessions } from './auth/session-store.ts';
import { SignIn } from './auth/sign-in.ts';
import { createDeskThread } from './forecast/desk-thread.ts';
import { createForecasts } from './forecast/forecasts.ts';
import type { OutlookBoard } from './forecast/outlook-board.ts';
import { createAuditor } from './hub/auditor.ts';
import type { Hub } from './hub/hub.types.ts';
import { adviceRoutes } from './http/advice.routes.ts';
import { createLoans } from './hub/loans.ts';
import { attachmentRoutes } from './http/attachment.routes.ts';
import { availabilityRoutes } from './http/availability.routes.ts';
import { bankRoutes } from './http/bank.routes.ts';
import { branchRoutes } from './http/branch.routes.ts';
import { caseRoutes } from './http/case.routes.ts';
import type { Edge, EdgeSettings } from './http/edge.ts';
import { answerBrokenHttp, answerFault, installFaults } from './http/faults.ts';
import { forecastRoutes } from './http/forecast.routes.ts';
import { healthRoutes } from './http/health.routes.ts';
import { importRoutes } from './http/import.routes.ts';
import { ledgerRoutes } from './http/ledger.routes.ts';
import { installOpenApi } from './http/openapi.ts';
import { offerRoutes } from './http/offer.routes.ts';
import { installPages, pageSender } from './http/pages.ts';
import { peopleRoutes } from './http/people.routes.ts';
import { phoneRoutes } from './http/phone.routes.ts';
import { proposalRoutes } from './http/proposal.routes.ts';
import { registerRoutes } from './http/register.routes.ts';
import { installRateLimits, installSecurity } from './http/security.ts';
import { sessionRoutes } from './http/session.routes.ts';
import { telemetryRoutes } from './http/telemetry.routes.ts';
import { terminalRoutes } from './http/terminal.routes.ts';
import { ticketRoutes } from './http/ticket.routes.ts';
import { webhookRoutes } from './http/webhook.routes.ts';
import { createMachines } from './machines/machines.ts';
import type { Clock } from './platform/clock.ts';
import type { Ids } from './platform/ids.ts';
import type { Log } from './platform/log.ts';
import type { Metrics } from './platform/metrics.ts';
import { systemScheduler } from './platform/scheduler.ts';
import type { Secret } from './platform/secret.ts';
import { createSockets, type Sockets } from './realtime/sockets.ts';
import { createProposals } from './roster/proposals.ts';
import { createRosterSolver } from './roster/solver.ts';
import type { Store } from './store/store.types.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

/** Configurations are the largest commands. */
const BODY_BYTES = 512 * 1024;

export interface AppParts {
  readonly settings: EdgeSettings;
  readonly hub: Hub;
  readonly store: Store;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly ids: Ids;
  readonly secret: Secret;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly board: OutlookBoard;
}

export interface App {
  readonly http: FastifyInstance;
  readonly sockets: Sockets;
}

/** Listens to the hub from here on: build it before `hub.start()`. */
export async function buildApp(parts: AppParts): Promise<App> {
  const { hub, store, clock, secret, log, metrics, settings } = parts;
  const cookieSecret = secret.key('session-cookie').toString('base64url');
  const sessions = new Sessions(store.db, clock.realNow);
  const access = new Access(store.db, hub.bank, sessions, cookieSecret, () => clock.now());
  const auditor = createAuditor({
    branches: () => [...hub.bank().branches.values()].map(({ id }) => id),
    dueOf: (id) => {
      const state = hub.state(id);
      return state && branch.due(state);
    },
    clock,
    scheduler: systemScheduler,
    log,
    metrics,
  });
  const forecasts = createForecasts({ ...parts, scheduler: systemScheduler, desk: createDeskThread() });
  const edge: Edge = {
    ...parts,
    auditor,
    forecasts,
    webhooks: createWebhooks({ ...parts, scheduler: systemScheduler, key: secret.key('webhook-targets') }),
    sessions,
    access,
    signIn: new SignIn(store.db, clock.realNow),
    pins: new SignIn(store.db, clock.realNow, 'pin'),
    follow: followLinks(secret.key('follow-link')),
    refused: new Counter({
      name: 'counterflow_refused_total',
      help: 'Access refused, by code',
      labelNames: ['code'],
      registers: [metrics.registry],
    }),
  };
  // Before the sockets listen: whoever they ask about is already out of the caches.
  hub.onBankCommitted((_id, events) => access.follow(events));
  const loans = createLoans(parts);
  hub.onBankCommitted((_id, events) => loans.follow(events));

  const machines = createMachines({ ...parts, meta: store.meta, scheduler: systemScheduler });

  const advisor = createAdvisor({ ...parts, scheduler: systemScheduler });
  const tuning = createTuning({ ...parts, scheduler: systemScheduler });
  const solver = createRosterSolver();
  const proposals = createProposals({ ...parts, scheduler: systemScheduler, solver });

  const loggerInstance: FastifyBaseLogger = log;
  const http = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    trustProxy: settings.trustProxy ?? false,
    routerOptions: { maxParamLength: 300 },
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: (error, request, reply) => void answerFault(edge, error, request, reply),
    forceCloseConnections: true,
  });
  installFaults(http, edge);
  await installSecurity(http, edge);
  healthRoutes(http, edge);
  await installPages(http, settings.clientDir);
  await http.register(async (api) => {
    await installRateLimits(api, edge);
    api.addHook('onRequest', (_request, reply, done) => {
      void reply.header('cache-control', 'no-store');
      done();
    });
    await installOpenApi(api);
    await api.register((scope) => sessionRoutes(scope, edge, cookieSecret));
    branchRoutes(api, edge);
    forecastRoutes(api, edge);
    ledgerRoutes(api, edge);
    ticketRoutes(api, edge);
    telemetryRoutes(api, machines);
    registerRoutes(api, edge);
    offerRoutes(api, edge);
    availabilityRoutes(api, edge);
    adviceRoutes(api, edge, { advisor, tuning });
    caseRoutes(api, edge);
    peopleRoutes(api, edge);
    terminalRoutes(api, edge);
    proposalRoutes(api, edge, proposals);
    await attachmentRoutes(api, edge);
    phoneRoutes(api, edge, pageSender(settings.clientDir, 't.html'));
    bankRoutes(api, edge);
    importRoutes(api, edge);
    webhookRoutes(api, edge);
  });
  const sockets = createSockets(edge, http.server);
  http.addHook('onReady', async () => {
    auditor.start();
    forecasts.start();
    edge.webhooks.start();
  });
  http.addHook('preClose', async () => {
    auditor.stop();
    forecasts.stop();
    edge.webhooks.stop();
    await sockets.close();
  });
  // Ready once it listens, which is after the hub has started.
  http.addHook('onReady', async () => {
    await machines.start();
    loans.start();
    advisor.start();
  });
  http.addHook('onClose', async () => {
    advisor.stop();
    tuning.stop();
    proposals.stop();
    machines.stop();
  });
  http.addHook('onClose', () => solver.stop());
  return { http, sockets };
}
