/** The built client: one staff app and the small pages of devices. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const staffPaths = ['/', '/floor/:branch', '/teller', '/head', '/cases', '/cases/:caseId', '/cases/:caseId/print', '/people', '/settings'];
const YEAR_S = 31_536_000;

/** Answers with a page of the build; reads it once. */
export function pageSender(clientDir: string | undefined, name: string): (reply: FastifyReply) => FastifyReply {
  let html: string | undefined;
  return (reply) => {
    const path = clientDir === undefined ? undefined : join(clientDir, name);
    if (html === undefined && path !== undefined && existsSync(path)) html = readFileSync(path, 'utf8');
    void reply.header('cache-control', 'no-cache').header('referrer-policy', 'no-referrer');
    if (html === undefined) return reply.code(503).type('text/plain; charset=utf-8').send('The pages are not built yet: npm run build');
    return reply.type('text/html; charset=utf-8').send(html);
  };
}

export async function installPages(app: FastifyInstance, clientDir: string | undefined): Promise<void> {
  const staff = pageSender(clientDir, 'index.html');
  for (const path of staffPaths) app.get(path, (_request, reply) => staff(reply));
  for (const device of ['kiosk', 'display', 'terminal']) {
    const page = pageSender(clientDir, `${device}.html`);
    app.get(`/${device}`, (_request, reply) => page(reply));
  }
  if (clientDir === undefined || !existsSync(clientDir)) return;
  await app.register(fastifyStatic, {
    root: clientDir,
    index: false,
    setHeaders: (reply, path) => {
      const named = path.includes('/assets/');
      void reply.header('cache-control', named ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
    },
  });
}
