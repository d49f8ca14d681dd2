import { useState } from 'react';
import type { Ticket } from '../../../../shared/branch/branch.state.ts';
import type { FloorCommand } from '../../../../shared/contract/commands.ts';
import type { CounterConfig } from '../../../../shared/contract/config.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ReasonForm } from '../../../ui/reason-form.tsx';
import { useActing, useBranchState, useFloorContext } from '../floor-context.ts';
import { serviceName } from '../names-on-board.ts';
import type { CounterForm } from './counter-actions.tsx';

interface Props {
  readonly form: CounterForm;
  readonly config: CounterConfig;
  readonly ticket: Ticket | undefined;
  readonly onDone: () => void;
}

const MINUTE = 60_000;

/** Who may sit here: the rostered one first, then tellers free now; whoever sits elsewhere is named with the place. */
function OpenForm({ config, onSend, onDone }: { config: CounterConfig; onSend: (command: FloorCommand) => void; onDone: () => void }) {
  const { nameOf } = useFloorContext();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const roster = useBranchState((state) => state.config?.roster);
  const counters = useBranchState((state) => state.counters);
  const retraining = useBranchState((state) => state.retraining);
  const busyAt = new Map(
    Object.values(counters).flatMap((one) => (one.state !== 'closed' && one.staffId !== undefined ? [[one.staffId, one.id]] : [])),
  );
  const tellers = (roster ?? [])
    .filter((entry) => entry.role === 'teller' && retraining[entry.staffId]?.state !== 'confirmed')
    .sort(
      (a, b) =>
        Number(b.counterId === config.id) - Number(a.counterId === config.id) ||
        Number(busyAt.has(a.staffId)) - Number(busyAt.has(b.staffId)),
    );
  return (
    <div className="stack">
      <h3>{t('open.title')}</h3>
      <div className="actions">
        {tellers.map((entry, index) => (
          <Button
            key={entry.staffId}
            variant={index === 0 && !busyAt.has(entry.staffId) ? 'primary' : 'plain'}
            disabled={busyAt.has(entry.staffId)}
            onPress={() => onSend({ type: 'counter.open', counterId: config.id, staffId: entry.staffId })}
          >
            <span className="two-lines">
              {nameOf(entry.staffId)}
              {entry.counterId === config.id ? (
                <small>{t('open.rostered')}</small>
              ) : busyAt.has(entry.staffId) ? (
                <small>{t('open.elsewhere')}</small>
              ) : null}
            </span>
          </Button>
        ))}
      </div>
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
      </div>
    </div>
  );
}

function PauseForm({
  after,
  config,
  onSend,
  onDone,
}: {
  after: boolean;
  config: CounterConfig;
  onSend: (command: FloorCommand) => void;
  onDone: () => void;
}) {
  const { live } = useFloorContext();
  const t = useTexts(floorTexts);
  const [minutes, setMinutes] = useState(0);
  return (
    <ReasonForm
      title={after ? t('do.pauseAfter') : t('do.pause')}
      usual={[t('why.lunch'), t('why.count'), t('why.cashRun'), t('why.break')]}
      confirm={after ? t('do.pauseAfter') : t('do.pause')}
      onBack={onDone}
      onGive={(reason) =>
        onSend({
          type: after ? 'counter.pauseAfter' : 'counter.pause',
          counterId: config.id,
          reason,
          ...(minutes === 0 ? {} : { backAt: Math.round(live.clock.now() + minutes * MINUTE) }),
        })
      }
    >
      <div className="choices" role="group" aria-label={t('fact.backAt')}>
        {[0, 10, 15, 30, 60].map((one) => (
          <button key={one} type="button" className="choice" aria-pressed={one === minutes} onClick={() => setMinutes(one)}>
            {one === 0 ? t('pause.open') : t('pause.minutes', { n: one })}
          </button>
        ))}
      </div>
    </ReasonForm>
  );
}

function ServiceChoice({
  ids,
  value,
  onChoose,
}: {
  ids: readonly string[];
  value: string | undefined;
  onChoose: (serviceId: string) => void;
}) {
  const t = useTexts(floorTexts);
  const language = useLanguage();
  const state = useBranchState((whole) => whole);
  return (
    <div className="choices" role="group" aria-label={t('fact.service')}>
      {ids.map((id) => (
        <button key={id} type="button" className="choice" aria-pressed={id === value} onClick={() => onChoose(id)}>
          {serviceName(state, id, language)}
        </button>
      ))}
    </div>
  );
}

function WalkUpForm({ config, onSend, onDone }: { config: CounterConfig; onSend: (command: FloorCommand) => void; onDone: () => void }) {
  const t = useTexts(floorTexts);
  const [serviceId, setServiceId] = useState(config.serviceIds[0]);
  return (
    <ReasonForm
      title={t('do.walkUp')}
      usual={[t('why.question'), t('why.skipper'), t('why.sign')]}
      confirm={t('do.walkUp')}
      onBack={onDone}
      onGive={(reason) => serviceId !== undefined && onSend({ type: 'ticket.walkUp', counterId: config.id, serviceId, reason })}
    >
      <ServiceChoice ids={config.serviceIds} value={serviceId} onChoose={setServiceId} />
    </ReasonForm>
  );
}

function TransferForm({ config, onSend, onDone }: { config: CounterConfig; onSend: (command: FloorCommand) => void; onDone: () => void }) {
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const configs = useBranchState((state) => state.config?.counters);
  const counters = useBranchState((state) => state.counters);
  const services = useBranchState((state) => state.config?.services);
  const others = (configs ?? []).filter((one) => one.id !== config.id && counters[one.id]?.state !== 'closed');
  return (
    <div className="stack">
      <h3>{t('transfer.counter')}</h3>
      <div className="actions">
        {others.map((one) => (
          <Button key={one.id} onPress={() => onSend({ type: 'ticket.transfer', counterId: config.id, toCounterId: one.id })}>
            {common('counterNumber', { n: one.number })}
          </Button>
        ))}
      </div>
      <h3>{t('transfer.service')}</h3>
      <ServiceChoice
        ids={(services ?? []).map((one) => one.id)}
        value={undefined}
        onChoose={(toServiceId) => onSend({ type: 'ticket.transfer', counterId: config.id, toServiceId })}
      />
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
      </div>
    </div>
  );
}

function ExplainForm({ ticket, onSend, onDone }: { ticket: Ticket; onSend: (command: FloorCommand) => void; onDone: () => void }) {
  const t = useTexts(floorTexts);
  const [minutes, setMinutes] = useState(5);
  const [agreed, setAgreed] = useState(false);
  return (
    <ReasonForm
      title={t('extend.title')}
      usual={[t('why.manyCoins'), t('why.handCount'), t('why.manyItems')]}
      confirm={t('extend.go', { n: minutes })}
      onBack={onDone}
      onGive={(reason) =>
        agreed &&
        onSend({ type: 'limit.extend', ticketId: ticket.id, class: 'explained', addMs: minutes * MINUTE, reason, customerAgreed: true })
      }
    >
      <div className="choices" role="group" aria-label={t('extend.by')}>
        {[3, 5, 10, 20, 30].map((one) => (
          <button key={one} type="button" className="choice" aria-pressed={one === minutes} onClick={() => setMinutes(one)}>
            {t('pause.minutes', { n: one })}
          </button>
        ))}
      </div>
      <label className="check">
        <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />
        {t('extend.agreed')}
      </label>
    </ReasonForm>
  );
}

function CloseForm({ config, onSend, onDone }: { config: CounterConfig; onSend: (command: FloorCommand) => void; onDone: () => void }) {
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  return (
    <div className="stack">
      <h3>{t('close.sure', { n: config.number })}</h3>
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
        <Button variant="danger" onPress={() => onSend({ type: 'counter.close', counterId: config.id })}>
          {t('do.close')}
        </Button>
      </div>
    </div>
  );
}

/** The part of the counter sheet that asks for what a command needs. */
export function CounterFormOf({ form, config, ticket, onDone }: Props) {
  const { send } = useActing();
  const t = useTexts(floorTexts);
  const onSend = (command: FloorCommand): void => void send(command).then((answer) => answer.ok && onDone());
  const of = { config, onSend, onDone };
  switch (form) {
    case 'open':
      return <OpenForm {...of} />;
    case 'pause':
      return <PauseForm {...of} after={false} />;
    case 'pauseAfter':
      return <PauseForm {...of} after />;
    case 'walkUp':
      return <WalkUpForm {...of} />;
    case 'transfer':
      return <TransferForm {...of} />;
    case 'close':
      return <CloseForm {...of} />;
    case 'explain':
      return ticket === undefined ? null : <ExplainForm ticket={ticket} onSend={onSend} onDone={onDone} />;
    case 'park':
      return (
        <ReasonForm
          title={t('do.park')}
          usual={[t('why.form'), t('why.papers'), t('why.phone')]}
          confirm={t('do.park')}
          onBack={onDone}
          onGive={(reason) => onSend({ type: 'ticket.park', counterId: config.id, reason })}
        />
      );
  }
}
