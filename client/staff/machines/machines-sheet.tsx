import { useState } from 'react';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import type { StaffLive } from '../branch.ts';
import { AvailabilityRegister } from './availability.tsx';
import { CardList } from './cards.tsx';
import { MachineIcon } from './machine-icon.tsx';
import { lookOf, machineConfigOf, shapeOf, worstFault, worstFirst } from './machine-looks.ts';
import { MachinePanel } from './machine-panel.tsx';
import { CardRegister, ReplenishmentRegister } from './registers.tsx';
import { ReplenishmentList } from './replenishment.tsx';
import './machines.css';

const tabs = ['fleet', 'cards', 'replenishments', 'availability'] as const;
type Tab = (typeof tabs)[number];

function Fleet({ live, state, onOpen }: { live: StaffLive; state: BranchState; onOpen: (machineId: string) => void }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const now = live.clock.now();
  const listed = worstFirst(state, now);
  if (listed.length === 0) {
    return (
      <div className="stack">
        <p>{t('none')}</p>
        <p className="muted">{t('noneHint')}</p>
      </div>
    );
  }
  return (
    <ul className="machine-rows rows">
      {listed.map((config) => {
        const machine = state.machines[config.id];
        const look = lookOf(machine, now);
        const fault = worstFault(machine);
        return (
          <li key={config.id}>
            <button type="button" className={`row s-${shapeOf[look]}`} data-machine={config.id} onClick={() => onOpen(config.id)}>
              <StateShape state={shapeOf[look]} size={18} />
              <MachineIcon kind={config.kind} />
              <span className="row-name">
                {named(config.name, language)}
                <small className="muted">
                  {[config.place === undefined ? '' : named(config.place, language), fault === undefined ? '' : t(`fault.${fault.code}`)]
                    .filter((word) => word !== '')
                    .join(' · ')}
                </small>
              </span>
              <span>{t(`state.${look}`)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The branch's machines and their registers, for any staff screen. */
export function MachinesSheet({ live, onClose }: { live: StaffLive; onClose: () => void }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const state = useFloor(live, (floor) => floor);
  const [tab, setTab] = useState<Tab>('fleet');
  const [machineId, setMachineId] = useState<string>();
  if (state === undefined) return null;
  const config = machineId === undefined ? undefined : machineConfigOf(state, machineId);
  if (machineId !== undefined && config !== undefined) {
    return (
      <Sheet key={machineId} title={named(config.name, language)} onClose={onClose} wide>
        <div className="machine-tools">
          <Button onPress={() => setMachineId(undefined)}>{t('back')}</Button>
        </div>
        <MachinePanel live={live} machineId={machineId} />
      </Sheet>
    );
  }
  return (
    <Sheet title={t('title')} onClose={onClose} wide>
      <div className="segmented" role="group" aria-label={t('title')}>
        {tabs.map((one) => (
          <button key={one} type="button" aria-pressed={one === tab} onClick={() => setTab(one)}>
            {t(`tab.${one}`)}
          </button>
        ))}
      </div>
      {tab === 'fleet' ? <Fleet live={live} state={state} onOpen={setMachineId} /> : null}
      {tab === 'cards' ? (
        <>
          <CardList live={live} />
          <CardRegister live={live} />
        </>
      ) : null}
      {tab === 'replenishments' ? (
        <>
          {[...new Set(Object.values(state.replenishments).map(({ machineId: of }) => of))].map((id) => (
            <section key={id} className="machine-section">
              <h3>{machineConfigOf(state, id)?.name[language] ?? id}</h3>
              <ReplenishmentList live={live} machineId={id} />
            </section>
          ))}
          <ReplenishmentRegister live={live} />
        </>
      ) : null}
      {tab === 'availability' ? <AvailabilityRegister live={live} /> : null}
    </Sheet>
  );
}
