/** The rules cases go by: the branch's own, or where it never set any, those every branch begins with. */
import type { CaseChannel, CaseKind, CasesConfig, Playbook } from '../../contract/cases.ts';
import { defaultCases } from '../../contract/default-cases.ts';
import { defaultPlaybooks } from '../../contract/default-playbooks.ts';
import type { BranchState } from '../branch.state.ts';
import type { PolicySnapshot } from './case.state.ts';

export const casesConfig = (state: Pick<BranchState, 'config'>): CasesConfig => state.config?.cases ?? defaultCases;

export const playbooksOf = (state: Pick<BranchState, 'config'>): readonly Playbook[] => state.config?.playbooks ?? defaultPlaybooks;

/** Severity rises with the channel, and never sinks by it (domain.md section 6). */
export const atLeast = ({ channelSeverity }: CasesConfig, channel: CaseChannel, severity: number): number =>
  Math.min(severity, channelSeverity[channel] ?? severity);

/** The row for this kind and severity; else the row for any kind; else the gravest row there is: nothing goes without a clock. */
export function policyFor(config: CasesConfig, kind: CaseKind, severity: number): PolicySnapshot {
  const { policies } = config;
  const row =
    policies.find((one) => one.kind === kind && one.severity === severity) ??
    policies.find((one) => one.kind === 'any' && one.severity === severity) ??
    policies.find((one) => one.kind === kind) ??
    policies[0];
  if (row === undefined) return policyFor(defaultCases, kind, severity);
  const { clock, levels, tellAtOnce } = row;
  return { clock, levels, tellAtOnce };
}
