/** Several branches with their staff and devices out of one JSON file: checked whole before anything is done. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Actor, type Context, nobody, type Refusal } from '../../shared/aggregate.ts';
import { bank } from '../../shared/bank/bank.ts';
import {
  bankRequestSchema,
  type BankRequest,
  deviceKinds,
  passwordSchema,
  personNameSchema,
  staffRoles,
  usernameSchema,
} from '../../shared/bank/bank.commands.ts';
import { branch } from '../../shared/branch/branch.ts';
import { type BranchConfig, configSchema } from '../../shared/contract/config.ts';
import { defaultHours, defaultLimits, defaultPolicy, defaultServices } from '../../shared/contract/default-config.ts';
import { executeBankRequest } from './bank.routes.ts';
import type { Edge } from './edge.ts';
import { actorOf, only } from './guard.ts';
import { refusedBy } from './outcome.ts';
import { parseWithId } from './parse.ts';
import { type FieldError, Problem } from './problem.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'letters, digits, - and _, at most 64');

const importSchema = z.object({
  branches: z
    .array(
      z.object({
        id,
        parentId: id.optional(),
        config: configSchema.partial().extend({ name: configSchema.shape.name, counters: configSchema.shape.counters }),
        staff: z
          .array(z.object({ username: usernameSchema, name: personNameSchema, password: passwordSchema, role: z.enum(staffRoles) }))
          .max(500)
          .default([]),
        devices: z
          .array(z.object({ id, kind: z.enum(deviceKinds) }))
          .max(200)
          .default([]),
      }),
    )
    .min(1)
    .max(500),
});

type Import = z.infer<typeof importSchema>;

interface Step {
  /** Where in the file it comes from. */
  readonly path: string;
  readonly request: Extract<BankRequest, { type: 'branch.create' | 'account.create' | 'device.create' }>;
}

interface Plan {
  readonly branchId: string;
  readonly config: BranchConfig;
  readonly configPath: string;
  readonly steps: readonly Step[];
}

function planOf(given: Import['branches'][number], index: number): Plan {
  const path = `branches.${index}`;
  const config: BranchConfig = {
    hours: defaultHours,
    services: defaultServices,
    limits: defaultLimits,
    policy: defaultPolicy,
    roster: [],
    ...given.config,
  };
  const make: Step = {
    path,
    request: { type: 'branch.create', branchId: given.id, parentId: given.parentId, kind: 'branch', name: config.name },
  };
  const staff = given.staff.map(
    (person, at): Step => ({
      path: `${path}.staff.${at}`,
      request: {
        type: 'account.create',
        username: person.username,
        password: person.password,
        name: person.name,
        role: person.role,
        branches: [given.id],
      },
    }),
  );
  const devices = given.devices.map(
    (device, at): Step => ({
      path: `${path}.devices.${at}`,
      request: { type: 'device.create', deviceId: device.id, kind: device.kind, branchId: given.id },
    }),
  );
  return { branchId: given.id, config, configPath: path, steps: [make, ...staff, ...devices] };
}

const fault = (path: string, { message, path: inner }: Refusal): FieldError => ({
  path: inner === undefined ? path : `${path}.${inner}`,
  message,
});

/** Decides everything on copies: what would be refused is told now, with its place in the file. */
function rehearse(edge: Edge, plans: readonly Plan[], context: Context): FieldError[] {
  const errors: FieldError[] = [];
  let bankState = edge.hub.bank();
  for (const { branchId, config, configPath, steps } of plans) {
    for (const { path, request } of steps) {
      const decision = bank.decide(bankState, request, context);
      if (decision.ok) bankState = decision.state;
      else errors.push(fault(path, decision.refusal));
    }
    const decision = branch.decide(branch.initial(branchId), { type: 'branch.configure', config }, context);
    if (!decision.ok) errors.push(fault(configPath, decision.refusal));
  }
  return errors;
}

/** The same import sent again repeats the same command ids: what was done is not done twice, what was not is. */
function derivedId(importId: string, path: string): string {
  const hex = createHash('sha256').update(`${importId} ${path}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function carryOut(edge: Edge, actor: Actor, importId: string, plan: Plan): Promise<object> {
  const tokens: Record<string, string> = {};
  for (const { path, request } of plan.steps) {
    const outcome = await executeBankRequest(edge, actor, derivedId(importId, path), request);
    if (!outcome.ok) throw refusedBy(outcome);
    if (request.type === 'device.create' && outcome.token !== undefined) tokens[request.deviceId] = outcome.token;
  }
  const command = { type: 'branch.configure', config: plan.config } as const;
  const outcome = await edge.hub.execute(plan.branchId, command, { actor, commandId: derivedId(importId, plan.configPath), body: command });
  if (!outcome.ok) throw refusedBy(outcome);
  return { id: plan.branchId, seq: outcome.seq, tokens };
}

/** True when an earlier try of this very import got at least this far: the rest is carried on, not rehearsed. */
const begun = (edge: Edge, actor: Actor, importId: string): boolean =>
  edge.store.findCommand('bank', actor.id, derivedId(importId, 'branches.0')) !== undefined;

export function importRoutes(app: FastifyInstance, edge: Edge): void {
  app.post('/api/import', { onRequest: only('admin'), bodyLimit: 16 * 1024 * 1024 }, async (request) => {
    const actor = actorOf(request);
    const { id: importId, body } = parseWithId(importSchema, request.body);
    const plans = body.branches.map(planOf);
    if (!begun(edge, actor, importId)) {
      const errors = rehearse(edge, plans, { now: edge.clock.now(), actor, newId: edge.ids.newId, calendar: edge.calendar, staff: nobody });
      if (errors.length > 0) {
        throw new Problem({
          status: 409,
          code: 'import.refused',
          detail: 'Nothing was imported; see errors for what stands in the way.',
          errors,
        });
      }
    }
    const branches: object[] = [];
    for (const plan of plans) branches.push(await carryOut(edge, actor, importId, plan));
    return { branches };
  });
}

export const importDocument = importSchema.extend({ id: z.guid() });
export const bankDocument = z.intersection(z.object({ id: z.guid() }), bankRequestSchema);
