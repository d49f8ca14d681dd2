/** How the webhooks fare, for administrators. They are made and removed by commands of the bank; docs/webhooks.md. */
import type { FastifyInstance } from 'fastify';
import type { Edge } from './edge.ts';
import { only } from './guard.ts';
import { clampedNumber } from './parse.ts';
import { notFound } from './problem.ts';

interface WebhookParams {
  id: string;
}

export function webhookRoutes(app: FastifyInstance, edge: Edge): void {
  const admin = { onRequest: only('admin') };
  const unknown = () => notFound('webhook.unknown', 'There is no such webhook.');

  app.get('/api/webhooks', admin, async () => ({ webhooks: edge.webhooks.list() }));

  app.get<{ Params: WebhookParams; Querystring: { cursor?: string; limit?: string } }>(
    '/api/webhooks/:id/deliveries',
    admin,
    async (request) => {
      const { cursor, limit } = request.query;
      const most = clampedNumber(limit, { least: 1, most: 200, otherwise: 50 });
      const before = clampedNumber(cursor, { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: Number.MAX_SAFE_INTEGER });
      const deliveries = edge.webhooks.deliveries(request.params.id, most, before);
      if (deliveries === undefined) throw unknown();
      return { deliveries, ...(deliveries.length < most ? {} : { next: String(deliveries.at(-1)?.id) }) };
    },
  );

  app.post<{ Params: WebhookParams & { deliveryId: string } }>(
    '/api/webhooks/:id/deliveries/:deliveryId/resend',
    admin,
    async (request) => {
      const { id, deliveryId } = request.params;
      if (edge.hub.bank().webhooks.get(id) === undefined) throw unknown();
      const posted = /^\d{1,15}$/.test(deliveryId) ? await edge.webhooks.resend(id, Number(deliveryId)) : undefined;
      if (posted === undefined) throw notFound('delivery.unknown', 'There is no such delivery, or its event is no longer to be had.');
      const { delivered, status, error } = posted;
      return { delivered, status, error };
    },
  );
}
