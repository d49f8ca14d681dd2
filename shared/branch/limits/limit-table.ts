/** Which limit a transaction is judged by (domain.md section 3), looked up once at its start. */
import type { BranchConfig, LimitRule } from '../../contract/config.ts';

export interface Basis {
  readonly serviceId: string;
  readonly amountFen?: number;
  readonly notes?: number;
  readonly exception?: string;
}

/** The bracket an amount falls in. An amount not given is judged by the first, the strictest; the teller may record it. */
function bracketOf(rule: LimitRule, amountFen: number | undefined): number | undefined {
  const bracket = rule.brackets.find(({ upToFen }) => upToFen === undefined || (amountFen ?? 0) <= upToFen);
  return bracket?.limitMs ?? undefined;
}

/** Milliseconds, or undefined where no limit applies: no rule, an exception, above the last bracket. */
export function limitFor(config: BranchConfig, basis: Basis): number | undefined {
  const rule = config.limits.find((entry) => entry.serviceId === basis.serviceId);
  if (rule === undefined) return undefined;
  if (basis.exception !== undefined && rule.exceptions.includes(basis.exception)) return undefined;
  const many = rule.manyNotes;
  if (many !== undefined && (basis.notes ?? 0) > many.over) {
    const other = config.limits.find((entry) => entry.serviceId === many.judgedAs);
    if (other !== undefined) return bracketOf(other, basis.amountFen);
  }
  return bracketOf(rule, basis.amountFen);
}
