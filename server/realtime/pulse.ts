/** The auditor's verdict as one viewer may hear it: of other people's branches nothing. */
import type { Actor } from '../../shared/aggregate.ts';
import type { Verdict } from '../hub/auditor.ts';
import { belongs } from './audience.ts';
import type { Pulse } from './watch.ts';

export function pulseFor(actor: Actor, { at, late }: Verdict): Pulse {
  const mine = [...late].filter(([branchId]) => belongs(actor, branchId));
  if (mine.length === 0) return { at, ok: true };
  return { at, ok: false, late: mine.map(([branchId]) => branchId), since: Math.min(...mine.map(([, due]) => due)) };
}
