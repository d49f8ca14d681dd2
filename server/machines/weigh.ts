/** Whether what a machine says goes down the road as a command, or is only remembered until it does. Pure. */
import type { Machine } from '../../shared/branch/machines/machine.state.ts';
import { isOutOfOrder, mergeStatus, newsIn } from '../../shared/branch/machines/telemetry.ts';
import type { MachineReport } from '../../shared/contract/commands.ts';
import type { MachinePolicy } from '../../shared/contract/machines.ts';

export type Weighed = { readonly tell: readonly MachineReport[] } | { readonly keep: MachineReport | undefined };

/**
 * `kept`: all that was told since the machine was last written down, as one report. `now` is hub time. Reports older than
 * the last one written down are a sign of life and nothing else.
 */
export function weigh(
  machine: Machine,
  kept: MachineReport | undefined,
  reports: readonly MachineReport[],
  policy: MachinePolicy,
  now: number,
): Weighed {
  const all = kept === undefined ? reports : [kept, ...reports];
  if (newsIn(machine, all, policy, now).length > 0) return { tell: all };
  let keep: MachineReport | undefined;
  for (const { at, status } of all.toSorted((a, b) => a.at - b.at)) {
    if (!isOutOfOrder(machine, at, now)) keep = { at, status: mergeStatus(keep?.status, status) };
  }
  return { keep };
}
