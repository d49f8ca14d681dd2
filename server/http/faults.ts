/** Every way a request can fail, told as one kind of answer. Nothing of the inside leaks out. */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Edge } from './edge.ts';
import { Problem, problemBody, sendProblem } from './problem.ts';

const known: Readonly<Record<string, { status: number; code: string; detail: string }>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'input.content_type', detail: 'Send application/json.' },
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'input.too_large', detail: 'The body is too large.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'input.invalid', detail: 'The body is not as long as its Content-Length says.' },
  FST_ERR_BAD_URL: { status: 400, code: 'input.url', detail: 'The address is malformed.' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 404, code: 'route.unknown', detail: 'There is nothing at this address.' },
};

export const notJson = (): Problem =>
  new Problem({ status: 400, code: 'input.json', detail: 'The body is not valid JSON.', errors: [{ path: '', message: 'valid JSON' }] });

/** Logged without who or what: the code, the route, the actor's id. */
function noteRefusal(edge: Edge, request: FastifyRequest, code: string, status: number): void {
  edge.refused.inc({ code });
  edge.log.warn(
    { code, status, method: request.method, route: request.routeOptions.url, actor: request.principal?.actor.id },
    'access refused',
  );
}

/** Also for what Fastify finds wrong before there is a route. */
export function answerFault(edge: Edge, error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Problem) {
    const { status, code } = error.init;
    if (status === 401 || status === 403) noteRefusal(edge, request, code, status);
    return sendProblem(reply, error.init);
  }
  // Cutting the sender off in the middle would lose it the answer: Node reads the rest and throws it away.
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') reply.removeHeader('connection');
  const fault = known[error.code];
  if (fault) return sendProblem(reply, fault);
  const status = error.statusCode ?? 500;
  // The file server's word for an address that leads out of its folder.
  if (status === 403 || status === 404)
    return sendProblem(reply, { status: 404, code: 'route.unknown', detail: 'There is nothing at this address.' });
  if (status >= 400 && status < 500) return sendProblem(reply, { status, code: 'input.invalid', detail: 'The request is malformed.' });
  edge.log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'unexpected fault');
  return sendProblem(reply, { status: 500, code: 'server.fault', detail: 'Something went wrong here; it was logged.' });
}

export function installFaults(app: FastifyInstance, edge: Edge): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => answerFault(edge, error, request, reply));
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: 'route.unknown', detail: 'There is nothing at this address.' }),
  );
  // A body with nothing in it is absent, whatever its content type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text === '') return done(null, undefined);
    try {
      done(null, JSON.parse(String(text)));
    } catch {
      done(notJson());
    }
  });
}

/** What Node's HTTP parser itself refuses never becomes a request. */
export function answerBrokenHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const body = JSON.stringify(
    problemBody({ status: tooLarge ? 431 : 400, code: 'input.http', detail: 'This is not HTTP as the hub understands it.' }),
  );
  socket.end(
    `HTTP/1.1 ${tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request'}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
