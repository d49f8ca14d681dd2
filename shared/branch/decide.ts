import type { Context, Decision } from '../aggregate.ts';
import type { BranchCommand } from '../contract/commands.ts';
import { mayDo } from './access.ts';
import { adviceRules } from './advice/advice.rules.ts';
import { settleAdvice } from './advice/advice-time.ts';
import type { BranchEvent } from './branch.events.ts';
import type { BranchState } from './branch.state.ts';
import { caseRules } from './cases/case.rules.ts';
import { counterRules } from './counters/counter.rules.ts';
import { dayRules } from './day/day.rules.ts';
import { Draft, type Rules, type Ruling, done, refuse } from './draft.ts';
import { limitRules } from './limits/limit.rules.ts';
import { machineRules } from './machines/machine.rules.ts';
import { peopleRulesOfCommands } from './people/people.rules.ts';
import { callRules } from './tickets/call.rules.ts';
import { issueRules } from './tickets/issue.rules.ts';
import { ticketRules } from './tickets/ticket.rules.ts';
import { passTime, resumeAfter, settleAttention } from './time.ts';

const rules: Rules = {
  ...issueRules,
  ...callRules,
  ...ticketRules,
  ...limitRules,
  ...counterRules,
  ...dayRules,
  ...machineRules,
  ...caseRules,
  ...peopleRulesOfCommands,
  ...adviceRules,
  'clock.tick': () => done,
};

/** Every rule of a branch: time first, then the command's own, then attention. Pure; refuses by value, never throws. */
export function decide(state: BranchState, command: BranchCommand, context: Context): Decision<BranchState, BranchEvent> {
  const draft = new Draft(state, context);
  if (state.config === undefined && command.type !== 'branch.configure') {
    const { refused } = refuse('branch.not_configured', 'This branch is not set up yet; an administrator configures it first.');
    return { ok: false, refusal: refused };
  }
  // What the hub slept through must be marked before the limits it slept through are passed.
  if (command.type === 'hub.resumed') resumeAfter(draft, command.downFrom);
  if (state.config !== undefined) draft.byTime(passTime);
  // Theirs hangs on who sits where and who is being served: commands before this one may have changed it since the edge asked.
  const { role } = context.actor;
  const refusal = role === 'teller' || role === 'phone' ? mayDo(draft.state, context.actor, command) : undefined;
  if (refusal !== undefined) return { ok: false, refusal };
  // The record of rules pairs each type with its own command; TypeScript cannot follow that through an index.
  const rule = rules[command.type] as ((draft: Draft, command: BranchCommand) => Ruling) | undefined;
  const ruling = rule === undefined ? done : rule(draft, command);
  if ('refused' in ruling) return { ok: false, refusal: ruling.refused };
  settleAdvice(draft);
  settleAttention(draft);
  return { ok: true, events: draft.events, state: draft.state, result: ruling.result, personal: draft.personal };
}
