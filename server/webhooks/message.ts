/** What a receiver is told of an event, and who is told at all. */
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import type { Advice } from '../../shared/branch/advice/advice.state.ts';
import type { Attention } from '../../shared/branch/branch.state.ts';
import type { Case } from '../../shared/branch/cases/case.state.ts';
import type { Webhook } from '../../shared/bank/bank.state.ts';
import { isBreach, subjectTopic, toldFields } from '../../shared/contract/webhook-events.ts';

/** As it stands when it is told; the event's own words go before. */
const caseFields = [
  'no',
  'kind',
  'channel',
  'severity',
  'state',
  'level',
  'step',
  'ownerId',
  'machineId',
  'fault',
  'line',
  'playbookId',
  'drill',
  'silent',
] as const satisfies readonly (keyof Case)[];

const adviceFields = [
  'kind',
  'state',
  'counterId',
  'staffId',
  'machineId',
  'doAt',
  'expiresAt',
  'dueAt',
  'acceptedBy',
  'changed',
] as const satisfies readonly (keyof Advice)[];

const breachFields = [
  'kind',
  'since',
  'staffId',
  'counterId',
  'zone',
  'date',
  'swapId',
  'dueAt',
] as const satisfies readonly (keyof Attention)[];

const picked = <T extends object>(one: T | undefined, fields: readonly (keyof T)[]): [PropertyKey, unknown][] =>
  one === undefined ? [] : fields.map((field) => [field, one[field]]);

function adviceOf(event: StoredBranchEvent): Advice | undefined {
  if (event.type === 'advice.given') return event.advice;
  return event.type === 'advice.accepted' ? event.card : undefined;
}

/** What belongs to the event beside its own words. */
function factsOf(event: StoredBranchEvent, state: BranchState): [PropertyKey, unknown][] {
  if (event.type === 'attention.raised') return [['attentionId', event.item.id], ...picked(event.item, breachFields)];
  return [...picked(caseOf(event, state), caseFields), ...picked(adviceOf(event), adviceFields)];
}

function caseOf(event: StoredBranchEvent, state: BranchState): Case | undefined {
  if (event.type === 'case.logged') return state.cases.get(event.caseId) ?? event.case;
  return 'caseId' in event && event.caseId !== undefined ? state.cases.get(event.caseId) : undefined;
}

function isAskedFor({ types }: Webhook, type: string, one: Case | undefined): boolean {
  if (types.includes(type)) return true;
  if (one?.kind === 'emergency' && types.includes('emergency')) return true;
  return types.includes(subjectTopic(type));
}

/** `state` is the branch's now, or at least as new as the event. */
export function wants(webhook: Webhook, event: StoredBranchEvent, state: BranchState): boolean {
  if (toldFields(event.type) === undefined) return false;
  if (event.type === 'attention.raised' && !isBreach(event.item.kind)) return false;
  if (event.type === 'attention.cleared' && !isBreach(event.kind)) return false;
  const one = caseOf(event, state);
  // A case long out of memory might have been a silent one: silence is the safe side.
  const hushed = event.type.startsWith('case.') && (one === undefined || one.silent === true);
  return (!hushed || webhook.silent) && isAskedFor(webhook, event.type, one);
}

/** The body: ids, codes, levels, instants (hub ms). Never text, contacts or names, nor a reference to any. */
export function messageOf(event: StoredBranchEvent, state: BranchState): string {
  const { type, branchId, seq, at } = event;
  const told = (toldFields(type) ?? []).map((field): [string, unknown] => [field, Reflect.get(event, field)]);
  return JSON.stringify({
    type,
    branchId,
    seq,
    at,
    ...Object.fromEntries(factsOf(event, state)),
    ...Object.fromEntries(told.filter(([, value]) => value !== undefined)),
  });
}

/** The same event has the same id for ever, and no other event has it, not even one of a restored database. */
export const messageIdOf = (hash: Buffer): string => `evt_${hash.subarray(0, 18).toString('base64url')}`;
