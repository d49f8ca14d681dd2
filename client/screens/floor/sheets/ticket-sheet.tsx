import { useState } from 'react';
import type { Ticket } from '../../../../shared/branch/branch.state.ts';
import { divertible } from '../../../../shared/branch/machines/offer.ts';
import { outlook, windowsFor } from '../../../../shared/branch/predict/predict.ts';
import { isElderly } from '../../../../shared/branch/queue/lanes.ts';
import { standing } from '../../../../shared/branch/queue/order.ts';
import { sentences } from '../../../../shared/branch/queue/sentences.ts';
import type { FloorCommand } from '../../../../shared/contract/commands.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { minutes, shortTime, yuan } from '../../../i18n/format.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { machineTexts } from '../../../i18n/machines.ts';
import { named, useTexts } from '../../../i18n/texts.ts';
import { useOutlook } from '../../../live/live.ts';
import { MachineIcon } from '../../../staff/machines/machine-icon.tsx';
import { machineConfigOf, machineConfigs } from '../../../staff/machines/machine-looks.ts';
import { Button } from '../../../ui/button.tsx';
import { Since } from '../../../ui/clock.tsx';
import { windows } from '../../../staff/figures.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { useActing, useBranchState, useFloorContext } from '../floor-context.ts';
import { counterConfigs, serviceName } from '../names-on-board.ts';
import { type TicketForm, TicketFormOf } from './ticket-forms.tsx';

/** Why this place in the queue, and what to say to whoever asks. */
function Place({ ticket }: { ticket: Ticket }) {
  const { live } = useFloorContext();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const now = live.clock.now();
  const reason = useBranchState((state) => standing(state, ticket, now).reason);
  const ahead = useBranchState((state) => outlook(state, ticket, now).ahead);
  const foretold = useOutlook(live, (told) => told?.tickets?.[ticket.id]);
  const zone = useBranchState((state) => state.config?.hours.timeZone);
  const at = (ms: number): string => shortTime(now + ms, zone, language);
  const wait = useBranchState((state) => {
    if (foretold === undefined && windows(state).open > 0 && windowsFor(state, ticket).windows === 0) return t('row.noWindow');
    const { low, high } = foretold ?? outlook(state, ticket, now).waitMs;
    return high < 60_000 ? common('duration.lessThanMinute') : common('duration.range', { low: minutes(low), high: minutes(high) });
  });
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t('fact.ahead')}</dt>
          <dd>{ahead}</dd>
        </div>
        <div>
          <dt>{foretold === undefined ? t('fact.expected') : t('fact.expectedStill')}</dt>
          <dd>{wait}</dd>
        </div>
        {foretold === undefined ? null : (
          <div>
            <dt>{t('fact.calledAbout')}</dt>
            <dd>{t('fact.calledBetween', { from: at(foretold.low), to: at(foretold.high), likely: at(foretold.expected) })}</dd>
          </div>
        )}
        <div>
          <dt>{t('fact.why')}</dt>
          <dd>{t(`reason.${reason}`)}</dd>
        </div>
      </dl>
      <blockquote className="sentence">
        <p className="muted">{t('sentence.lead')}</p>
        <p>{sentences[reason][language]}</p>
      </blockquote>
    </>
  );
}

type Quick = 'divert' | 'undivert' | 'unpark' | 'fetch' | 'confirmNoShow' | 'requeue' | 'return';

/** One press, no question. */
function quickOf(ticket: Ticket): readonly Quick[] {
  switch (ticket.state) {
    case 'waiting':
      return ticket.needsFetching === true ? ['divert'] : ['divert', 'fetch'];
    case 'called':
      return ticket.needsFetching === true ? ['confirmNoShow'] : ['fetch'];
    case 'parked':
      return ['unpark'];
    case 'diverted':
      return ['undivert'];
    case 'noShow':
      return ['requeue'];
    case 'completed':
      return ticket.counterId === undefined ? [] : ['return'];
    default:
      return [];
  }
}

const formsOf: Partial<Record<Ticket['state'], readonly TicketForm[]>> = {
  waiting: ['call', 'segment'],
  called: ['segment'],
  serving: ['segment'],
  parked: ['segment'],
  completed: ['rate'],
};

/** A machine that would be quicker now. Staff of the floor offer it; nobody has to go. */
function MachineOffer({ ticket }: { ticket: Ticket }) {
  const { live } = useFloorContext();
  const { send } = useActing();
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const now = live.clock.now();
  const machineId = useBranchState((state) => divertible(state, ticket, now)?.machineId);
  const saves = useBranchState((state) => minutes(divertible(state, ticket, now)?.savesMs ?? 0));
  const machine = useBranchState((state) => (machineId === undefined ? undefined : machineConfigOf(state, machineId)));
  if (machine === undefined) return null;
  return (
    <section className="machine-offer" aria-label={t('divert.title')}>
      <p>
        <b>{t('divert.title')}</b>
        <span>{t('divert.saves', { n: saves })}</span>
      </p>
      <Button onPress={() => send({ type: 'ticket.divert', ticketId: ticket.id, to: 'machine', machineId: machine.id })}>
        <MachineIcon kind={machine.kind} />
        {t('divert.go', { name: named(machine.name, language) })}
      </Button>
    </section>
  );
}

function commandOf(what: Quick, { id: ticketId, counterId = '' }: Ticket): FloorCommand {
  if (what === 'divert') return { type: 'ticket.divert', ticketId, to: 'machine' };
  if (what === 'return') return { type: 'ticket.return', counterId, ticketId };
  return { type: `ticket.${what}`, ticketId };
}

/** One ticket: where it stands and why, and what may be done with it. */
export function TicketSheet({ ticketId, ended }: { ticketId: string; ended: Ticket | undefined }) {
  const { live, close } = useFloorContext();
  const { send, may } = useActing();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const [form, setForm] = useState<TicketForm>();
  const ticket = useBranchState((state) => state.tickets.get(ticketId)) ?? ended;
  const service = useBranchState((state) => (ticket === undefined ? '' : serviceName(state, ticket.serviceId, language)));
  const zone = useBranchState((state) => state.config?.hours.timeZone);
  const hasMachines = useBranchState((state) => machineConfigs(state).length > 0);
  const counter = useBranchState(counterConfigs).find((one) => one.id === (ticket?.counterId ?? ticket?.onlyCounterId));
  if (ticket === undefined) {
    return (
      <Sheet title={t('ticket.gone')} onClose={close}>
        <p>{t('ticket.goneHint')}</p>
      </Sheet>
    );
  }
  // An elderly customer goes to a machine only at their own wish, where the branch has machines at all.
  const asks = isElderly(ticket.segment) && hasMachines;
  const allowed = may({ type: 'ticket.unpark', ticketId });
  return (
    <Sheet
      title={
        <span className="sheet-title">
          {ticket.number} <small className="muted">{service}</small>
        </span>
      }
      onClose={close}
    >
      {form !== undefined ? (
        <TicketFormOf form={form} ticket={ticket} onDone={() => setForm(undefined)} />
      ) : (
        <>
          <dl className="facts">
            <div>
              <dt>{t('fact.state')}</dt>
              <dd>{common(`ticket.${ticket.state}`)}</dd>
            </div>
            <div>
              <dt>{t('fact.segment')}</dt>
              <dd>{common(`segment.${ticket.segment}`)}</dd>
            </div>
            <div>
              <dt>{t('fact.issued')}</dt>
              <dd>{shortTime(ticket.issuedAt, zone, language)}</dd>
            </div>
            {ticket.state === 'waiting' ? (
              <div>
                <dt>{t('fact.waited')}</dt>
                <dd>
                  <Since clock={live.clock} since={ticket.arrivedAt} />
                </dd>
              </div>
            ) : null}
            {counter === undefined ? null : (
              <div>
                <dt>{t('fact.counter')}</dt>
                <dd>{common('counterNumber', { n: counter.number })}</dd>
              </div>
            )}
            {ticket.amountFen === undefined ? null : (
              <div>
                <dt>{t('fact.amount')}</dt>
                <dd>{yuan(ticket.amountFen, language)}</dd>
              </div>
            )}
            {ticket.partySize === undefined ? null : (
              <div>
                <dt>{t('fact.party')}</dt>
                <dd>{ticket.partySize}</dd>
              </div>
            )}
            {ticket.divertedUntil === undefined ? null : (
              <div>
                <dt>{t('fact.placeKept')}</dt>
                <dd>{shortTime(ticket.divertedUntil, zone, language)}</dd>
              </div>
            )}
            {ticket.rating === undefined ? null : (
              <div>
                <dt>{t('fact.rating')}</dt>
                <dd>{ticket.rating} / 5</dd>
              </div>
            )}
          </dl>
          {ticket.state === 'waiting' ? <Place ticket={ticket} /> : null}
          {allowed && ticket.state === 'waiting' ? <MachineOffer ticket={ticket} /> : null}
          {allowed ? (
            <div className="actions">
              {(formsOf[ticket.state] ?? []).map((one) => (
                <Button key={one} variant={one === 'call' ? 'primary' : 'plain'} onPress={() => setForm(one)}>
                  {t(`do.${one}`)}
                </Button>
              ))}
              {quickOf(ticket).map((what) => (
                <Button key={what} onPress={() => (what === 'divert' && asks ? setForm('divert') : send(commandOf(what, ticket)))}>
                  {t(`do.${what}`)}
                </Button>
              ))}
              {ticket.endedAt === undefined && ticket.state !== 'serving' ? (
                <Button variant="danger" onPress={() => setForm('cancel')}>
                  {t('do.cancel')}
                </Button>
              ) : null}
            </div>
          ) : (
            <p className="muted">{t('readOnly')}</p>
          )}
        </>
      )}
    </Sheet>
  );
}
