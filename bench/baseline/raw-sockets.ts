/** A Socket.IO server that does nothing but emit the bytes it was given, on a POST, to everybody. */
import fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const server = fastify();
const io = new Server(server.server, { serveClient: false });
server.post('/emit', async (request) => {
  io.emit('events', request.body);
  return { ok: true };
});
await server.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ port: (server.server.address() as AddressInfo).port });
process.on('disconnect', () => process.exit());
