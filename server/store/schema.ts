/** The read models as Drizzle knows them: for reports and routes. The hot path and the log use raw statements. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Extension } from '../../shared/branch/branch.state.ts';

export const businessDays = sqliteTable(
  'business_days',
  {
    branch: text().notNull(),
    date: text().notNull(),
    startedAt: integer('started_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    opensAt: integer('opens_at'),
    closesAt: integer('closes_at'),
    dayType: text('day_type').notNull(),
  },
  (table) => [primaryKey({ columns: [table.branch, table.date] })],
);

export const tickets = sqliteTable(
  'tickets',
  {
    branch: text().notNull(),
    ticketId: text('ticket_id').notNull(),
    date: text(),
    number: text().notNull(),
    serviceId: text('service_id').notNull(),
    segment: text(),
    walkUp: integer('walk_up', { mode: 'boolean' }).notNull(),
    issuedAt: integer('issued_at').notNull(),
    ahead: integer(),
    quotedMs: integer('quoted_ms'),
    firstCalledAt: integer('first_called_at'),
    orderReason: text('order_reason'),
    counterId: text('counter_id'),
    staffId: text('staff_id'),
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
    outcome: text({ enum: ['completed', 'noShow', 'cancelled', 'unserved', 'diverted'] }),
    rating: integer(),
  },
  (table) => [primaryKey({ columns: [table.branch, table.ticketId] })],
);

export const items = sqliteTable(
  'items',
  {
    branch: text().notNull(),
    ticketId: text('ticket_id').notNull(),
    itemIndex: integer('item_index').notNull(),
    serviceId: text('service_id').notNull(),
    counterId: text('counter_id').notNull(),
    staffId: text('staff_id'),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    amountFen: integer('amount_fen'),
    notes: integer(),
    limitMs: integer('limit_ms'),
    extendedMs: integer('extended_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.branch, table.ticketId, table.itemIndex] })],
);

export const overruns = sqliteTable(
  'overruns',
  {
    branch: text().notNull(),
    overrunId: text('overrun_id').notNull(),
    period: text().notNull(),
    endedAt: integer('ended_at').notNull(),
    ticketId: text('ticket_id').notNull(),
    number: text().notNull(),
    itemIndex: integer('item_index').notNull(),
    serviceId: text('service_id').notNull(),
    counterId: text('counter_id').notNull(),
    staffId: text('staff_id').notNull(),
    limitMs: integer('limit_ms').notNull(),
    actualMs: integer('actual_ms').notNull(),
    authorisationMs: integer('authorisation_ms').notNull(),
    extensions: text({ mode: 'json' }).$type<readonly Extension[]>().notNull(),
    stage: integer().notNull(),
    unverified: integer({ mode: 'boolean' }).notNull(),
    appealedAt: integer('appealed_at'),
    appealRef: text('appeal_ref'),
    decidedAt: integer('decided_at'),
    decidedBy: text('decided_by'),
    upheld: integer({ mode: 'boolean' }),
    decisionRef: text('decision_ref'),
  },
  (table) => [primaryKey({ columns: [table.branch, table.overrunId] })],
);
