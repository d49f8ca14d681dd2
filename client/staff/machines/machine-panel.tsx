import { useState } from 'react';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import type { MachineConfig } from '../../../shared/contract/machines.ts';
import { yuan } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Since, Ticking } from '../../ui/clock.tsx';
import { useStaffActing } from '../acting.ts';
import type { StaffLive } from '../branch.ts';
import { FreeText } from '../free-text.tsx';
import { useNames } from '../names.ts';
import { age } from './ages.ts';
import { CardList, RegisterCardForm } from './cards.tsx';
import { casesOf, machineConfigOf } from './machine-looks.ts';
import { FaultList, Parts } from './machine-parts.tsx';
import { MaintenanceForm, MaintenanceList } from './maintenance.tsx';
import { ReplenishForm, ReplenishmentList } from './replenishment.tsx';
import { ReportForm } from './report-form.tsx';
import './machines.css';

const forms = ['report', 'replenish', 'card', 'maintenance'] as const;
type Form = (typeof forms)[number];

const sample = (form: Form, machineId: string): FloorCommand => {
  switch (form) {
    case 'report':
      return { type: 'machine.report', machineId, state: 'inService' };
    case 'replenish':
      return { type: 'machine.replenish', machineId, loadedFen: 0, countedFen: 0, expectedFen: 0 };
    case 'card':
      return { type: 'card.register', machineId };
    case 'maintenance':
      return { type: 'machine.planMaintenance', machineId, fromAt: 0, untilAt: 0 };
  }
};

/** What holds no cash is not replenished, and what takes no card keeps none. */
const takes: Record<Form, readonly MachineConfig['kind'][] | 'all'> = {
  report: 'all',
  maintenance: 'all',
  replenish: ['atm', 'recycler', 'smartCounter', 'videoTeller'],
  card: ['atm', 'recycler', 'smartCounter', 'videoTeller', 'passbookPrinter', 'enquiry'],
};

/** One machine: how it stands by part, what is wrong and who sees to it, and everything that can be done about it. */
export function MachinePanel({ live, machineId }: { live: StaffLive; machineId: string }) {
  const t = useTexts(machineTexts);
  const { may } = useStaffActing(live);
  const [form, setForm] = useState<Form>();
  const state = useFloor(live, (floor) => floor);
  const config = state === undefined ? undefined : machineConfigOf(state, machineId);
  if (state === undefined || config === undefined) return <p>{t('none')}</p>;
  const back = (): void => setForm(undefined);
  switch (form) {
    case 'report':
      return <ReportForm live={live} config={config} onDone={back} />;
    case 'replenish':
      return <ReplenishForm live={live} config={config} onDone={back} />;
    case 'card':
      return <RegisterCardForm live={live} machineId={machineId} onDone={back} />;
    case 'maintenance':
      return <MaintenanceForm live={live} machineId={machineId} onDone={back} />;
    default:
  }
  const offered = forms.filter((one) => (takes[one] === 'all' || takes[one].includes(config.kind)) && may(sample(one, machineId)));
  return (
    <>
      <Facts live={live} state={state} config={config} />
      <ReplenishmentList live={live} machineId={machineId} />
      <FaultList live={live} machine={state.machines[machineId]} cases={casesOf(state, machineId)} />
      <CardList live={live} machineId={machineId} />
      <Parts status={state.machines[machineId]?.status} />
      <MaintenanceList live={live} machineId={machineId} />
      {offered.length === 0 ? null : (
        <div className="actions machine-actions">
          {offered.map((one) => (
            <Button key={one} variant={one === 'report' ? 'primary' : 'plain'} onPress={() => setForm(one)}>
              {t(`do.${one}`)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function Facts({ live, state, config }: { live: StaffLive; state: BranchState; config: MachineConfig }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const machine = state.machines[config.id];
  const note = machine?.handReport?.noteRef;
  const services = config.services.map(({ serviceId, upToFen }) => {
    const name = state.config?.services.find(({ id }) => id === serviceId)?.name[language] ?? serviceId;
    return upToFen === undefined ? name : t('service.upTo', { name, amount: yuan(upToFen, language) });
  });
  return (
    <dl className="facts">
      {config.place === undefined ? null : (
        <div>
          <dt>{t('fact.place')}</dt>
          <dd>
            {named(config.place, language)}
            {config.offSite === true ? <span className="chip machine-off-site">{t('fact.offSite')}</span> : null}
          </dd>
        </div>
      )}
      {machine === undefined || machine.source === 'none' ? null : (
        <div>
          <dt>{t('fact.since')}</dt>
          <dd>
            <Since clock={live.clock} since={machine.since} />
          </dd>
        </div>
      )}
      <div>
        <dt>{machine?.source === 'staff' ? t('source.staff') : t('fact.source')}</dt>
        <dd>
          {machine === undefined || machine.source === 'none' ? (
            t('source.none')
          ) : machine.source === 'staff' && machine.handReport !== undefined ? (
            <HandReport live={live} name={nameOf(machine.handReport.by)} at={machine.handReport.at} />
          ) : (
            t('source.telemetry')
          )}
          {note === undefined ? null : <FreeText branchId={live.branchId} refId={note} />}
        </dd>
      </div>
      {services.length === 0 ? null : (
        <div className="machine-services">
          <dt>{t('fact.services')}</dt>
          <dd>{services.join(' · ')}</dd>
        </div>
      )}
    </dl>
  );
}

function HandReport({ live, name, at }: { live: StaffLive; name: string; at: number }) {
  const t = useTexts(machineTexts);
  return <Ticking text={() => t('source.staffAgo', { name, age: age(live.clock.now() - at, t) })} />;
}
