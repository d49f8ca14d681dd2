/** Who may talk to the hub at all: origins, headers, rates. */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Edge } from './edge.ts';
import { forbidden, Problem } from './problem.ts';

const MINUTE = 60_000;
/** Requests a minute, real time. One kiosk or simulator may be busy; nobody needs more. */
const PER_ACTOR = 6_000;
/** What speaks for a fleet: 1,000 reports a second, one a request, and as many again to make up for lost time. */
const PER_MACHINE_DEVICE = 120_000;
const PER_STRANGER = 600;
/** Per address; the account itself locks long before. */
export const SIGN_INS = { max: 120, timeWindow: MINUTE };

/** Helmet makes its headers anew for each reply, a twentieth of a command's cost; answers that are never pages need but these. */
const DATA_HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};

const isData = (url: string): boolean => url.startsWith('/api/') && !url.startsWith('/api/docs');

/** A browser's `Origin` must be this very host or an allowed one; machines send none. */
export function originAllowed(edge: Edge, origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  if (edge.settings.allowedOrigins.includes(origin)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

export async function installSecurity(app: FastifyInstance, edge: Edge): Promise<void> {
  await app.register(helmet, {
    global: false,
    // Both would break a branch's LAN without TLS; a TLS proxy adds them.
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    // Browsers honour these on secure origins only and complain elsewhere.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (isData(request.url)) reply.headers(DATA_HEADERS);
    else reply.helmet();
    done();
  });
  app.decorateRequest('principal', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const { origin, host, cookie, authorization } = request.headers;
    request.principal = edge.access.identify({ cookie, authorization }) ?? null;
    if (!originAllowed(edge, origin, host)) return done(forbidden('origin.forbidden', 'This origin may not talk to the hub.'));
    done();
  });
}

/** For the interface only; pages and their assets are free. */
export async function installRateLimits(app: FastifyInstance, edge: Edge): Promise<void> {
  if (!edge.settings.rateLimit) return;
  await app.register(rateLimit, {
    global: true,
    timeWindow: MINUTE,
    max: ({ principal }) => {
      if (principal === null) return PER_STRANGER;
      return principal.actor.role === 'machine' ? PER_MACHINE_DEVICE : PER_ACTOR;
    },
    keyGenerator: (request) => request.principal?.actor.id ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem({ status: 429, code: 'rate.limited', detail: 'Too many requests; wait a moment.', retryAfterS: Math.ceil(ttl / 1000) }),
  });
}
