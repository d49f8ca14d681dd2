import { useEffect, useState } from 'react';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { headTexts } from '../../i18n/head.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { percent } from '../../staff/machines/percent.ts';
import { lookOf, machinesDown, shapeOf, worstFault } from '../../staff/machines/machine-looks.ts';
import { useRegister } from '../../staff/machines/use-register.ts';
import { StateShape } from '../../ui/state-shape.tsx';

/** Named on the card; the rest is a number. */
const NAMED = 4;
const AGAIN_MS = 60_000;

/** Which machines are down and how much of today they served: nothing where the branch has none. */
export function MachinesLine({ branchId, state, now }: { branchId: string; state: BranchState; now: number }) {
  const t = useTexts(headTexts);
  const words = useTexts(machineTexts);
  const language = useLanguage();
  const [round, setRound] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setRound((past) => past + 1), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const read = useRegister<{ branch: { availability: number | null } }>(
    `/api/branches/${encodeURIComponent(branchId)}/machines/availability`,
    round,
  );
  const down = machinesDown(state, now);
  const share = read === undefined || read === 'failed' ? null : read.branch.availability;
  return (
    <p className="branch-machines">
      {share === null ? null : <span>{t('available', { share: percent(share) })}</span>}
      {down.slice(0, NAMED).map((config) => {
        const machine = state.machines[config.id];
        const shape = shapeOf[lookOf(machine, now)];
        const fault = worstFault(machine);
        return (
          <span key={config.id} className={`branch-machine s-${shape}`} data-machine={config.id}>
            <StateShape state={shape} /> {named(config.name, language)}
            {fault === undefined ? '' : ` · ${words(`fault.${fault.code}`)}`}
          </span>
        );
      })}
      {down.length > NAMED ? <span className="muted">{words('more', { n: down.length - NAMED })}</span> : null}
    </p>
  );
}
