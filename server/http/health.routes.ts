import type { FastifyInstance } from 'fastify';
import type { Edge } from './edge.ts';
import { Problem } from './problem.ts';

export function healthRoutes(app: FastifyInstance, edge: Edge): void {
  app.get('/healthz', async () => ({ ok: true }));

  app.get('/readyz', async () => {
    if (!edge.hub.ready())
      throw new Problem({
        status: 503,
        code: 'hub.not_ready',
        detail: 'The store takes no writes, or the timers do not run.',
        retryAfterS: 1,
      });
    const { ok, late } = edge.auditor.verdict();
    if (!ok)
      throw new Problem({
        status: 503,
        code: 'hub.timers_late',
        detail: 'The timers stand still: deadlines may be late. Look at the log and restart the hub.',
        params: { branches: [...late.keys()].slice(0, 20).join(' '), late: late.size },
        retryAfterS: 5,
      });
    return { ok: true };
  });

  app.get('/metrics', async (_request, reply) => reply.type(edge.metrics.registry.contentType).send(await edge.metrics.registry.metrics()));
}
