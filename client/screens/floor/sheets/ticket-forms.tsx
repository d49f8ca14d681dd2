import { useState } from 'react';
import type { Ticket } from '../../../../shared/branch/branch.state.ts';
import { canServe } from '../../../../shared/branch/queue/eligible.ts';
import type { FloorCommand } from '../../../../shared/contract/commands.ts';
import type { Segment } from '../../../../shared/contract/config.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { machineTexts } from '../../../i18n/machines.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ReasonForm } from '../../../ui/reason-form.tsx';
import { useActing, useBranchState } from '../floor-context.ts';
import { segmentsInOrder } from './segments.ts';

export type TicketForm = 'call' | 'segment' | 'cancel' | 'rate' | 'divert';

interface Props {
  readonly ticket: Ticket;
  readonly onSend: (command: FloorCommand) => void;
  readonly onDone: () => void;
}

/** Free windows whose services and teller fit. */
function CounterChoice({ ticket, value, onChoose }: { ticket: Ticket; value: string | undefined; onChoose: (counterId: string) => void }) {
  const common = useTexts(commonTexts);
  const t = useTexts(floorTexts);
  const state = useBranchState((whole) => whole);
  const fitting = (state.config?.counters ?? []).filter((config) => {
    const counter = state.counters[config.id];
    return counter?.state === 'idle' && canServe(state, config, counter.staffId, ticket.serviceId);
  });
  if (fitting.length === 0) return <p className="muted">{t('call.noneFree')}</p>;
  return (
    <div className="choices" role="group" aria-label={t('fact.counter')}>
      {fitting.map((config) => (
        <button key={config.id} type="button" className="choice" aria-pressed={config.id === value} onClick={() => onChoose(config.id)}>
          {common('counterNumber', { n: config.number })}
        </button>
      ))}
    </div>
  );
}

function CallForm({ ticket, onSend, onDone }: Props) {
  const t = useTexts(floorTexts);
  const [counterId, setCounterId] = useState<string>();
  return (
    <ReasonForm
      title={t('call.title', { number: ticket.number })}
      usual={[t('why.unwell'), t('why.waitedLong'), t('why.quick'), t('why.companion')]}
      confirm={t('do.callNow')}
      onBack={onDone}
      onGive={(reason) => counterId !== undefined && onSend({ type: 'ticket.call', counterId, ticketId: ticket.id, reason })}
    >
      <CounterChoice ticket={ticket} value={counterId} onChoose={setCounterId} />
    </ReasonForm>
  );
}

function SegmentForm({ ticket, onSend, onDone }: Props) {
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const [segment, setSegment] = useState<Segment>(ticket.segment);
  return (
    <ReasonForm
      title={t('segment.title', { number: ticket.number })}
      usual={[t('why.seen'), t('why.told'), t('why.handedOver'), t('why.mistake')]}
      confirm={t('segment.go')}
      onBack={onDone}
      onGive={(reason) => onSend({ type: 'ticket.setSegment', ticketId: ticket.id, segment, reason })}
    >
      <div className="choices" role="group" aria-label={t('fact.segment')}>
        {segmentsInOrder.map((one) => (
          <button key={one} type="button" className="choice" aria-pressed={one === segment} onClick={() => setSegment(one)}>
            {common(`segment.${one}`)}
          </button>
        ))}
      </div>
    </ReasonForm>
  );
}

function RateForm({ ticket, onSend, onDone }: Props) {
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  return (
    <div className="stack">
      <h3>{t('rate.title', { number: ticket.number })}</h3>
      <div className="choices" role="group" aria-label={t('fact.rating')}>
        {[1, 2, 3, 4, 5].map((score) => (
          <button key={score} type="button" className="choice" onClick={() => onSend({ type: 'ticket.rate', ticketId: ticket.id, score })}>
            {score}
          </button>
        ))}
      </div>
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
      </div>
    </div>
  );
}

/** Machines are offered, never imposed: for an elderly customer the wish must be their own. */
function DivertForm({ ticket, onSend, onDone }: Props) {
  const t = useTexts(machineTexts);
  const floor = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const [asked, setAsked] = useState(false);
  return (
    <div className="stack">
      <h3>{floor('do.divert')}</h3>
      <p className="muted">{t('divert.elderly')}</p>
      <label className="check">
        <input type="checkbox" checked={asked} onChange={(event) => setAsked(event.target.checked)} />
        {t('divert.asked')}
      </label>
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
        <Button
          variant="primary"
          disabled={!asked}
          onPress={() => onSend({ type: 'ticket.divert', ticketId: ticket.id, to: 'machine', customerAsked: true })}
        >
          {floor('do.divert')}
        </Button>
      </div>
    </div>
  );
}

/** The part of the ticket sheet that asks for what a command needs. */
export function TicketFormOf({ form, ticket, onDone }: { form: TicketForm; ticket: Ticket; onDone: () => void }) {
  const { send } = useActing();
  const t = useTexts(floorTexts);
  const of = { ticket, onDone, onSend: (command: FloorCommand): void => void send(command).then((answer) => answer.ok && onDone()) };
  switch (form) {
    case 'call':
      return <CallForm {...of} />;
    case 'segment':
      return <SegmentForm {...of} />;
    case 'divert':
      return <DivertForm {...of} />;
    case 'rate':
      return <RateForm {...of} />;
    case 'cancel':
      return (
        <ReasonForm
          title={t('cancel.title', { number: ticket.number })}
          usual={[t('why.left'), t('why.wrongService'), t('why.double')]}
          confirm={t('do.cancel')}
          danger
          onBack={onDone}
          onGive={(reason) => of.onSend({ type: 'ticket.cancel', ticketId: ticket.id, reason })}
        />
      );
  }
}
