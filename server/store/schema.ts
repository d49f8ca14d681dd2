/** The read models as Drizzle knows them: for reports and routes. The hot path and the log use raw statements. */
import type { RotaDay } from '../../shared/branch/people/people.state.ts';
import type { PostKind } from '../../shared/contract/people.ts';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Advice, Measured } from '../../shared/branch/advice/advice.state.ts';
import type { Extension } from '../../shared/branch/branch.state.ts';
import type { RetainedCard } from '../../shared/branch/machines/machine.state.ts';
import type { FaultCode, MachineStateName } from '../../shared/contract/machines.ts';

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

export const machineIntervals = sqliteTable(
  'machine_intervals',
  {
    branch: text().notNull(),
    machineId: text('machine_id').notNull(),
    fromAt: integer('from_at').notNull(),
    toAt: integer('to_at'),
    state: text().$type<MachineStateName>().notNull(),
    faults: text({ mode: 'json' }).$type<readonly FaultCode[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.branch, table.machineId, table.fromAt] })],
);

export const machineMaintenance = sqliteTable(
  'machine_maintenance',
  {
    branch: text().notNull(),
    maintenanceId: text('maintenance_id').notNull(),
    machineId: text('machine_id').notNull(),
    fromAt: integer('from_at').notNull(),
    untilAt: integer('until_at').notNull(),
    plannedAt: integer('planned_at').notNull(),
    plannedBy: text('planned_by').notNull(),
    reasonRef: text('reason_ref'),
    cancelledAt: integer('cancelled_at'),
    cancelledBy: text('cancelled_by'),
  },
  (table) => [primaryKey({ columns: [table.branch, table.maintenanceId] })],
);

export const replenishments = sqliteTable(
  'replenishments',
  {
    branch: text().notNull(),
    replenishmentId: text('replenishment_id').notNull(),
    machineId: text('machine_id').notNull(),
    at: integer().notNull(),
    by: text('done_by').notNull(),
    loadedFen: integer('loaded_fen').notNull(),
    countedFen: integer('counted_fen').notNull(),
    expectedFen: integer('expected_fen').notNull(),
    differenceFen: integer('difference_fen').notNull(),
    confirmedBy: text('confirmed_by'),
    confirmedAt: integer('confirmed_at'),
    settleBy: integer('settle_by'),
    settledBy: text('settled_by'),
    settledAt: integer('settled_at'),
    explanationRef: text('explanation_ref'),
  },
  (table) => [primaryKey({ columns: [table.branch, table.replenishmentId] })],
);

export const retainedCards = sqliteTable(
  'retained_cards',
  {
    branch: text().notNull(),
    cardId: text('card_id').notNull(),
    machineId: text('machine_id').notNull(),
    retainedAt: integer('retained_at').notNull(),
    registeredBy: text('registered_by').notNull(),
    state: text().$type<RetainedCard['state']>().notNull(),
    digitsRef: text('digits_ref'),
    contactRef: text('contact_ref'),
    collectedBy: text('collected_by'),
    collectedAt: integer('collected_at'),
    endedBy: text('ended_by'),
    endedAt: integer('ended_at'),
    reasonRef: text('reason_ref'),
  },
  (table) => [primaryKey({ columns: [table.branch, table.cardId] })],
);

export const rotaDays = sqliteTable(
  'rota_days',
  { branch: text().notNull(), date: text().notNull(), body: text({ mode: 'json' }).$type<RotaDay>().notNull() },
  (table) => [primaryKey({ columns: [table.branch, table.date] })],
);

export const postStretches = sqliteTable(
  'post_stretches',
  {
    branch: text().notNull(),
    staffId: text('staff_id').notNull(),
    fromAt: integer('from_at').notNull(),
    toAt: integer('to_at'),
    /** Null: here, and free. */
    post: text().$type<PostKind>(),
    counterId: text('counter_id'),
  },
  (table) => [primaryKey({ columns: [table.branch, table.staffId, table.fromAt] })],
);

export const advice = sqliteTable(
  'advice',
  {
    branch: text().notNull(),
    adviceId: text('advice_id').notNull(),
    kind: text().$type<Advice['kind']>().notNull(),
    givenAt: integer('given_at').notNull(),
    state: text().$type<Advice['state'] | 'measured' | 'declined' | 'withdrawn' | 'expired'>().notNull(),
    body: text({ mode: 'json' }).$type<Advice>().notNull(),
    byItself: integer('by_itself', { mode: 'boolean' }).notNull(),
    late: integer({ mode: 'boolean' }).notNull(),
    endedAt: integer('ended_at'),
    endedBy: text('ended_by'),
    reasonRef: text('reason_ref'),
    why: text(),
    before: text({ mode: 'json' }).$type<Measured>(),
    after: text({ mode: 'json' }).$type<Measured>(),
  },
  (table) => [primaryKey({ columns: [table.branch, table.adviceId] })],
);
