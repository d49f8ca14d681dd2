import { shortTime } from '../../../i18n/format.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { machineTexts } from '../../../i18n/machines.ts';
import { named, useTexts } from '../../../i18n/texts.ts';
import { MachineIcon } from '../../../staff/machines/machine-icon.tsx';
import { lookOf, machineConfigOf, maintenanceNow, shapeOf } from '../../../staff/machines/machine-looks.ts';
import { MachinePanel } from '../../../staff/machines/machine-panel.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { useBranchState, useFloorContext } from '../floor-context.ts';

/** One machine of this floor. */
export function MachineSheet({ machineId }: { machineId: string }) {
  const { live, close } = useFloorContext();
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const config = useBranchState((state) => machineConfigOf(state, machineId));
  const machine = useBranchState((state) => state.machines[machineId]);
  const zone = useBranchState((state) => state.config?.hours.timeZone);
  if (config === undefined) return null;
  const now = live.clock.now();
  const look = lookOf(machine, now);
  const until = machine === undefined ? undefined : maintenanceNow(machine, now)?.untilAt;
  const word =
    look === 'maintenance' && until !== undefined
      ? t('state.maintenanceUntil', { time: shortTime(until, zone, language) })
      : t(`state.${look}`);
  return (
    <Sheet
      title={
        <span className="sheet-title">
          <MachineIcon kind={config.kind} size={24} /> {named(config.name, language)}{' '}
          <small className="muted">{t(`kind.${config.kind}`)}</small>
          <StateBadge state={shapeOf[look]} word={word} />
        </span>
      }
      onClose={close}
    >
      <MachinePanel live={live} machineId={machineId} />
    </Sheet>
  );
}
