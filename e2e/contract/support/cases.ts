/** Cases and machines as an outside client meets them (contract.md). */
import { type Client, expectAccepted, type Fields, type HubEvent } from './client.ts';

export interface FloorCase {
  readonly id: string;
  readonly kind: string;
  readonly severity: number;
  readonly state: string;
  readonly ownerId: string;
  readonly level: number;
  readonly offeredTo?: string;
  readonly dueAt?: number;
  readonly machineId?: string;
}

export interface FloorMachine {
  readonly id: string;
  readonly state: string;
  readonly since: number;
  readonly faults: readonly { readonly code: string }[];
}

export interface TimelineEntry {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly type: string;
  readonly text?: string;
}

export interface CaseRecord extends FloorCase {
  readonly branchId: string;
  readonly no: string;
  readonly subject?: string;
  readonly contact?: Readonly<Record<string, string>>;
  readonly waysOnward: readonly { readonly id: string }[];
  readonly tasks: readonly { readonly id: string; readonly kind: string; readonly dueAt: number }[];
  readonly timeline: readonly TimelineEntry[];
}

export interface CasePage {
  readonly cases: readonly (FloorCase & { readonly subject?: string })[];
  readonly next?: string;
}

interface WithCases {
  readonly cases?: readonly FloorCase[];
  readonly machines?: readonly FloorMachine[];
}

/** A complaint of the least severity, unless told otherwise. */
export async function logCase(client: Client, fields: Fields = {}): Promise<string> {
  const logged = await client.act<{ caseId: string }>('case.log', {
    kind: 'complaint',
    channel: 'counter',
    severity: 4,
    subject: '等候时间太长',
    ...fields,
  });
  return logged.caseId;
}

export async function floorCases(client: Client): Promise<readonly FloorCase[]> {
  const { cases = [] } = (await client.floor()).floor as WithCases;
  return cases;
}

export async function floorCase(client: Client, caseId: string): Promise<FloorCase | undefined> {
  return (await floorCases(client)).find(({ id }) => id === caseId);
}

export async function floorMachine(client: Client, machineId: string): Promise<FloorMachine | undefined> {
  const { machines = [] } = (await client.floor()).floor as WithCases;
  return machines.find(({ id }) => id === machineId);
}

export async function caseRecord(client: Client, caseId: string): Promise<CaseRecord> {
  const reply = await client.get<CaseRecord>(`/api/cases/${caseId}`);
  expectAccepted(reply);
  return reply.body;
}

export async function casePage(client: Client, query: string): Promise<CasePage> {
  const reply = await client.get<CasePage>(`/api/cases?${query}`);
  expectAccepted(reply);
  return reply.body;
}

/** The events about one case, in order. */
export const lifeOf = (events: readonly HubEvent[], caseId: string): HubEvent[] => events.filter((event) => event['caseId'] === caseId);
