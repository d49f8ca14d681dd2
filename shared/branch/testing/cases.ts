/** Given / when / then for cases: who says what, and what stands in the case afterwards. */
import { expect } from 'vitest';
import type { Actor, Context, Role } from '../../aggregate.ts';
import type { BranchCommand, CommandOf } from '../../contract/commands.ts';
import type { StoredBranchEvent } from '../branch.events.ts';
import { branch } from '../branch.ts';
import type { Case } from '../cases/case.state.ts';
import { clock, type Scenario, teller } from './scenario.ts';

type Log = Partial<Omit<CommandOf<'case.log'>, 'type'>>;

/** A complaint of severity 3 at teller 1's window, unless told otherwise; answers its id. */
export function logCase(s: Scenario, more: Log = {}, by: Actor = teller(1)): string {
  return s.do({ type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: '等了两个小时', ...more }, by)
    .caseId as string;
}

export function caseOf(s: Scenario, caseId: string): Case {
  const one = s.state.cases.get(caseId);
  if (one === undefined) throw new Error(`no case ${caseId}`);
  return one;
}

/** Everything a case lived through, oldest first. */
export const lifeOf = (s: Scenario, caseId: string): StoredBranchEvent[] =>
  s.log.filter((event) => 'caseId' in event && event.caseId === caseId);

export const escalations = (s: Scenario, caseId: string) => s.events('case.escalated').filter((event) => event.caseId === caseId);

/** The hub was down: nothing ticked meanwhile. */
export function sleep(s: Scenario, ms: number): void {
  const downFrom = s.now;
  s.now += ms;
  s.do({ type: 'hub.resumed', downFrom }, clock);
}

/** The whole refusal, for what it tells beside its code. */
export function refusalOf(s: Scenario, command: BranchCommand, by: Actor) {
  const decision = branch.decide(s.state, command, s.context(by));
  if (decision.ok) throw new Error(`${command.type} was accepted`);
  expect(decision.refusal.message).toMatch(/\S/);
  return decision.refusal;
}

export const attentionKinds = (s: Scenario): string[] => Object.values(s.state.attention).map(({ kind }) => kind);

/** From now on these are all the people of the bank. */
export function staffed(s: Scenario, people: Readonly<Partial<Record<Role, readonly string[]>>>): void {
  const before = s.context.bind(s);
  const staff: Context['staff'] = {
    roleOf: (staffId) => (Object.keys(people) as Role[]).find((role) => people[role]?.includes(staffId)),
    ofRole: (role) => people[role] ?? [],
  };
  s.context = (by) => ({ ...before(by), staff });
}
