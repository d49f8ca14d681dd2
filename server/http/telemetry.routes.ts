/** The telemetry door: what machines, and what speaks for them, may tell the hub (docs/machines.md). */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../shared/aggregate.ts';
import type { MachineReport } from '../../shared/contract/commands.ts';
import { machineStatusSchema } from '../../shared/contract/machines.ts';
import type { HearOutcome, Machines } from '../machines/machines.ts';
import { actorOf, only } from './guard.ts';
import { refusedBy } from './outcome.ts';
import { parse } from './parse.ts';
import { notFound } from './problem.ts';

/** Of one machine in one request, and of a gateway's whole fleet. */
const MOST_REPORTS = 100;
const MOST_OF_GATEWAY = 1_000;

const version = z.literal(1, { error: 'this hub speaks version 1 of this door' }).optional();
// A misspelt field would be a fault that nobody hears of: what is not known inside a status is malformed.
const status = z.strictObject({
  ...machineStatusSchema.shape,
  units: z.array(z.strictObject(machineStatusSchema.shape.units.unwrap().element.shape)).max(32).optional(),
});
const report = z.object({ at: z.number().int().min(0).max(8.64e15), status }, 'a report {at, status}');

export const oneReport = report.extend({ version });
export const manyReports = z.object({ version, reports: z.array(report).min(1).max(MOST_REPORTS) }, 'a JSON object');
export const gatewayReports = z.object(
  {
    version,
    reports: z
      .array(z.object({ machineId: z.string().min(1).max(64), at: report.shape.at, status }, 'a report {machineId, at, status}'))
      .min(1)
      .max(MOST_OF_GATEWAY),
  },
  'a JSON object',
);

function reportsOf(body: unknown): readonly MachineReport[] {
  const many = typeof body === 'object' && body !== null && 'reports' in body;
  return many ? parse(manyReports, body).reports : [parse(oneReport, body)].map(({ at, status: said }) => ({ at, status: said }));
}

const unknownMachine = (which: string) =>
  notFound('machine.unknown', `${which} in this branch; whoever runs the branch registers machines in the settings.`);

function told(outcome: HearOutcome) {
  if (!outcome.ok) throw refusedBy(outcome);
  return outcome;
}

/** A device belongs to one branch. */
const branchOfDevice = ({ branches }: Actor): string => (branches === '*' ? '' : (branches[0] ?? ''));

export function telemetryRoutes(app: FastifyInstance, machines: Machines): void {
  const guards = { onRequest: only('machine') };

  app.post<{ Params: { id: string } }>('/api/machines/:id/telemetry', guards, async (request) => {
    const actor = actorOf(request);
    const branchId = branchOfDevice(actor);
    const { id: machineId } = request.params;
    const reports = reportsOf(request.body);
    if (!machines.isRegistered(branchId, machineId)) throw unknownMachine(`There is no machine ${machineId}`);
    const { state, seq } = told(await machines.hear(actor, branchId, machineId, reports));
    return { state, seq };
  });

  app.post('/api/machines/telemetry', guards, async (request) => {
    const actor = actorOf(request);
    const branchId = branchOfDevice(actor);
    const byMachine = new Map<string, MachineReport[]>();
    for (const { machineId, at, status: said } of parse(gatewayReports, request.body).reports) {
      byMachine.set(machineId, [...(byMachine.get(machineId) ?? []), { at, status: said }]);
    }
    const known = [...byMachine].filter(([machineId]) => machines.isRegistered(branchId, machineId));
    // One machine nobody registered must not make the others of a gateway silent.
    const unknown = [...byMachine.keys()].filter((machineId) => !machines.isRegistered(branchId, machineId));
    if (known.length === 0) throw unknownMachine('None of these machines is registered');
    const heard = await Promise.all(
      known.map(async ([id, reports]) => ({ id, ...told(await machines.hear(actor, branchId, id, reports)) })),
    );
    return { seq: Math.max(...heard.map(({ seq }) => seq)), machines: heard.map(({ id, state }) => ({ id, state })), unknown };
  });
}
