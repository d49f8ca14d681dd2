/** What the routes work with, made once by whoever starts the hub. */
import type { Counter } from 'prom-client';
import type { Access, Principal } from '../auth/access.ts';
import type { FollowLinks } from '../auth/follow-link.ts';
import type { Sessions } from '../auth/session-store.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Forecasts } from '../forecast/forecasts.ts';
import type { Auditor } from '../hub/auditor.ts';
import type { Hub } from '../hub/hub.types.ts';
import type { Calendar } from '../../shared/aggregate.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Secret } from '../platform/secret.ts';
import type { Store } from '../store/store.types.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

export interface EdgeSettings {
  /** Beside the request's own host. */
  readonly allowedOrigins: readonly string[];
  readonly rateLimit: boolean;
  readonly trustProxy?: boolean;
  /** The built pages; absent = the interface alone. */
  readonly clientDir?: string;
}

export interface Edge {
  readonly settings: EdgeSettings;
  readonly hub: Hub;
  readonly store: Store;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly ids: Ids;
  readonly secret: Secret;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly access: Access;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  /** PINs of shared terminals. */
  readonly pins: SignIn;
  readonly follow: FollowLinks;
  readonly auditor: Auditor;
  readonly forecasts: Forecasts;
  readonly webhooks: Webhooks;
  /** Access refused, by code. */
  readonly refused: Counter<'code'>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking; null for a stranger. */
    principal: Principal | null;
  }
}
