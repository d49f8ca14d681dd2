/** The least a server can do with a command: parse, validate as the hub does, answer with as many bytes. */
import fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { commandSchema } from '../../shared/contract/commands.ts';

const envelope = z.object({ id: z.uuid() });

/** `sample` is a reply of the hub: same fields, same size. Calls `done` before each answer. Says its port to whoever forked it. */
export async function serveBare(done: (id: string, payload: string) => void): Promise<void> {
  const sample = JSON.parse(process.argv[2] ?? '{}') as Record<string, unknown>;
  const server = fastify();
  let seq = 0;
  server.post('/commands', async (request) => {
    const { id } = envelope.parse(request.body);
    const command = commandSchema.parse(request.body);
    seq += 1;
    done(id, JSON.stringify(command));
    return { ...sample, seq };
  });
  server.get('/readyz', async () => ({ ready: true }));
  await server.listen({ host: '127.0.0.1', port: 0 });
  process.send?.({ port: (server.server.address() as AddressInfo).port });
  process.on('disconnect', () => process.exit());
}
