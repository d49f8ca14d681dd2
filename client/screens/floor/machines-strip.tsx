import { memo, useEffect, useState } from 'react';
import type { MachineConfig } from '../../../shared/contract/machines.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { MachineIcon } from '../../staff/machines/machine-icon.tsx';
import { lookOf, machineConfigs, type MachineLook, shapeOf, worstFault, worstFirst } from '../../staff/machines/machine-looks.ts';
import { Since } from '../../ui/clock.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { useBranchState, useFloorContext } from './floor-context.ts';
import { moveByArrow } from './move-by-arrow.ts';
import './machines-strip.css';

/** To begin with: each tile has a clock that ticks, and the worst stand first. */
const FIRST_TILES = 24;
/** Planned maintenance begins and ends without an event. */
const LOOK_AGAIN_MS = 15_000;

const looks: readonly MachineLook[] = ['outOfService', 'unknown', 'attention', 'maintenance', 'inService'];

const MachineTile = memo(function MachineTile({ config, look }: { config: MachineConfig; look: MachineLook }) {
  const { live, open } = useFloorContext();
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const machine = useBranchState((state) => state.machines[config.id]);
  const fault = look === 'maintenance' ? undefined : worstFault(machine);
  const state = t(`state.${look}`);
  const byHand = machine?.source === 'staff' ? machine.handReport : undefined;
  return (
    <button
      type="button"
      className={`machine-tile s-${shapeOf[look]}`}
      data-machine={config.id}
      data-state={look}
      onClick={() => open({ kind: 'machine', machineId: config.id })}
    >
      <span className="machine-tile-name">
        <MachineIcon kind={config.kind} size={18} />
        <b>{named(config.name, language)}</b>
        {byHand === undefined ? null : <span className="machine-by-hand">{t('source.staffShort')}</span>}
      </span>
      <span className="machine-tile-word">
        <StateShape state={shapeOf[look]} />
        <span className="machine-words">
          {fault === undefined ? null : t(`fault.${fault.code}`)}
          <span className={fault === undefined ? '' : 'machine-state-beside'}>{state}</span>
        </span>
        {machine === undefined || machine.source === 'none' ? null : <Since clock={live.clock} since={byHand?.at ?? machine.since} />}
      </span>
    </button>
  );
});

/** All machines of the branch, worst first; without any there is no strip. */
export const MachinesStrip = memo(function MachinesStrip() {
  const { live, open } = useFloorContext();
  const t = useTexts(machineTexts);
  const configs = useBranchState(machineConfigs);
  const machines = useBranchState((state) => state.machines);
  const config = useBranchState((state) => state.config);
  const [now, setNow] = useState(() => live.clock.now());
  const [all, setAll] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setNow(live.clock.now()), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [live]);
  if (configs.length === 0 || config === undefined) return null;
  const listed = worstFirst({ config, machines }, now);
  const shown = all ? listed : listed.slice(0, FIRST_TILES);
  const count = (look: MachineLook): number => listed.filter(({ id }) => lookOf(machines[id], now) === look).length;
  return (
    <section className="machines dimmable" aria-label={t('title')} onKeyDown={(event) => moveByArrow(event, '.machine-tile')}>
      <button type="button" className="machines-head" title={t('open')} onClick={() => open({ kind: 'machines' })}>
        <b>{t('title')}</b>
        <span className="machines-counts">
          {looks.map((look) => {
            const n = count(look);
            return n === 0 ? null : (
              <span key={look} className={`s-${shapeOf[look]}`} title={t(`state.${look}`)}>
                <StateShape state={shapeOf[look]} /> {n}
                <span className="visually-hidden"> {t(`state.${look}`)}</span>
              </span>
            );
          })}
        </span>
      </button>
      <div className="machine-tiles">
        {shown.map((one) => (
          <MachineTile key={one.id} config={one} look={lookOf(machines[one.id], now)} />
        ))}
        {listed.length > shown.length ? (
          <button type="button" className="machine-tile machine-more" onClick={() => setAll(true)}>
            {t('more', { n: listed.length - shown.length })}
          </button>
        ) : null}
      </div>
    </section>
  );
});
