/** What the simulator reads of the hub's replies; it ignores whatever else they carry. */
import { z } from 'zod';
import { segments } from '../../shared/contract/config.ts';

export const counterStates = ['closed', 'idle', 'calling', 'serving', 'paused'] as const;
export type CounterState = (typeof counterStates)[number];

export const eventSchema = z.looseObject({
  seq: z.number().int(),
  type: z.string(),
  at: z.number().optional(),
  actor: z.string().optional(),
  ticketId: z.string().optional(),
  counterId: z.string().optional(),
  serviceId: z.string().optional(),
  segment: z.enum(segments).optional(),
  kind: z.string().optional(),
  cashCount: z.union([z.boolean(), z.string()]).optional(),
  staffId: z.string().optional(),
  /** Of accepted advice: what the person it names is asked to do. */
  card: z.looseObject({ kind: z.string().optional(), counterId: z.string().optional() }).optional(),
  adviceId: z.string().optional(),
});
export type HubEvent = z.infer<typeof eventSchema>;

export const floorSchema = z.looseObject({
  services: z.array(z.looseObject({ id: z.string(), offered: z.boolean().optional() })),
  counters: z.array(
    z.looseObject({
      id: z.string(),
      number: z.number().optional(),
      kind: z.string().optional(),
      state: z.enum(counterStates),
      since: z.number(),
      staffId: z.string().optional(),
      ticketId: z.string().optional(),
      backAt: z.number().optional(),
    }),
  ),
  tickets: z.array(
    z.looseObject({
      id: z.string(),
      serviceId: z.string(),
      segment: z.enum(segments).optional(),
      state: z.string(),
      issuedAt: z.number(),
      counterId: z.string().optional(),
      items: z.array(z.looseObject({ startedAt: z.number().optional() })).optional(),
    }),
  ),
  attention: z
    .array(
      z.looseObject({
        id: z.string(),
        kind: z.string(),
        counterId: z.string().optional(),
        help: z.string().optional(),
        ticketId: z.string().optional(),
      }),
    )
    .optional(),
});
export type Floor = z.infer<typeof floorSchema>;

export const floorReplySchema = z.looseObject({ branchId: z.string(), seq: z.number().int(), at: z.number(), floor: floorSchema });

export const commandReplySchema = z.looseObject({
  seq: z.number().int(),
  events: z.array(eventSchema),
  result: z.looseObject({ ticketId: z.string().optional(), number: z.string().optional(), follow: z.string().optional() }).optional(),
});
export type CommandReply = z.infer<typeof commandReplySchema>;

export const eventsReplySchema = z.looseObject({ events: z.array(eventSchema), seq: z.number().int() });

export const problemSchema = z.looseObject({ code: z.string().optional(), detail: z.string().optional(), title: z.string().optional() });

export const watchAckSchema = z.looseObject({
  ok: z.boolean(),
  seq: z.number().int().optional(),
  at: z.number().optional(),
  code: z.string().optional(),
  floor: z.unknown().optional(),
});
