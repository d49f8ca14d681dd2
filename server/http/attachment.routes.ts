/** Photos and papers of a case. The body is the file itself; it is on the disk and checked before the case hears of it. */
import type { Readable } from 'node:stream';
import { sql } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mayDo } from '../../shared/branch/access.ts';
import { MOST_BYTES, type Unacceptable } from '../store/attachment-files.ts';
import { type MediaType, mediaTypes } from '../store/media-types.ts';
import { caseOf, type CaseParams, caseStaff, inCase, mayRead } from './case-guard.ts';
import { attachmentsOf } from './case-view.ts';
import type { Edge } from './edge.ts';
import { notAllowed, refusedBy } from './outcome.ts';
import { commandIdSchema, parse } from './parse.ts';
import { notFound, Problem } from './problem.ts';

const MOST_MIB = MOST_BYTES / 1024 / 1024;
const query = z.strictObject({ name: z.string().trim().min(1).max(200).optional(), id: commandIdSchema.optional() });
const noQuery = z.strictObject({});

const problems: Readonly<Record<Unacceptable, Problem>> = {
  empty: new Problem({ status: 400, code: 'attachment.empty', detail: 'The file is empty.' }),
  too_large: new Problem({
    status: 413,
    code: 'attachment.too_large',
    detail: `A file may have ${MOST_MIB} MiB at most; make the photo smaller.`,
    params: { most: MOST_MIB },
  }),
  wrong_type: new Problem({
    status: 415,
    code: 'attachment.wrong_type',
    detail: 'The file is not what it says it is: send JPEG, PNG, WebP or PDF.',
  }),
  cut_off: new Problem({ status: 400, code: 'attachment.cut_off', detail: 'The file did not arrive whole; send it again.' }),
  full: new Problem({
    status: 409,
    code: 'attachment.no_room',
    detail: 'There is no room left for files; an administrator gives more (ATTACHMENT_MB).',
  }),
};

/** A name may tell of a person: the header keeps it out of the address. */
function nameOf(request: FastifyRequest, asked: string | undefined): string {
  const header = request.headers['x-file-name'];
  if (typeof header !== 'string') return asked ?? 'file';
  try {
    return parse(query, { name: decodeURIComponent(header) }).name ?? 'file';
  } catch (error) {
    if (error instanceof Problem) throw error;
    return header.slice(0, 200);
  }
}

/** Names of all scripts, and nothing that ends the header. */
const disposition = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;

export async function attachmentRoutes(app: FastifyInstance, edge: Edge): Promise<void> {
  const { hub, store, ids } = edge;
  const files = store.attachments;
  const guards = { onRequest: [caseStaff, inCase(edge)] };

  app.get<{ Params: CaseParams & { attachmentId: string } }>('/api/cases/:id/attachments/:attachmentId', guards, async (request, reply) => {
    parse(noQuery, request.query);
    const { actor, branchId, one } = caseOf(edge, request);
    const found = attachmentsOf(store, branchId, one.id).find(({ attachment_id }) => attachment_id === request.params.attachmentId);
    const file = found && mayRead(actor, one) ? await files.read(found.sha256) : undefined;
    if (found === undefined || file === undefined) throw notFound('attachment.unknown', 'There is no such file, or it was erased.');
    const name = store.personal.get(branchId, found.name_ref)?.value['text'] ?? 'file';
    return reply
      .headers({
        'content-disposition': disposition(name),
        'content-length': file.bytes,
        'content-security-policy': "default-src 'none';frame-ancestors 'none';sandbox",
      })
      .type(found.media_type)
      .send(file.stream);
  });

  await app.register(async (uploads) => {
    // Only here is anything but JSON read, and it is not read into memory.
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser([...mediaTypes], (_request, content, done) => done(null, content));
    uploads.addContentTypeParser('*', (_request, _content, done) => done(problems.wrong_type));

    uploads.post<{ Params: CaseParams }>('/api/cases/:id/attachments', guards, async (request) => {
      const { actor, branchId, state, one } = caseOf(edge, request);
      const asked = parse(query, request.query);
      const name = nameOf(request, asked.name);
      const about = { type: 'case.attach', caseId: one.id, name } as const;
      const refusal = mayDo(state, actor, { ...about, attachmentId: '', mediaType: '', bytes: 0, sha256: '' });
      if (refusal) throw notAllowed(refusal);
      if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) throw problems.too_large;
      if (request.body === undefined || request.body === null) throw problems.empty;
      const mediaType = String(request.headers['content-type']).split(';')[0]?.trim().toLowerCase() as MediaType;
      const file = await files.store(request.body as Readable, mediaType);
      if (typeof file === 'string') throw problems[file];
      const { sha256, bytes } = file;
      const body = { ...about, mediaType, bytes, sha256 };
      try {
        const command = { ...body, attachmentId: ids.newId() };
        const outcome = await hub.execute(branchId, command, { actor, commandId: asked.id ?? ids.newId(), body });
        if (!outcome.ok) throw refusedBy(outcome);
        return { attachmentId: outcome.result?.['attachmentId'], sha256, bytes };
      } finally {
        file.letGo(() => store.read.get(sql`SELECT 1 FROM attachments WHERE sha256 = ${sha256} LIMIT 1`) !== undefined);
      }
    });
  });
}
