import { memo, startTransition, useEffect, useMemo, useRef, useState } from 'react';
import type { BranchState, OrderReason, Ticket } from '../../../shared/branch/branch.state.ts';
import { windowsFor } from '../../../shared/branch/predict/predict.ts';
import { upcoming } from '../../../shared/branch/queue/order.ts';
import type { SeenOutlook } from '../../../shared/contract/outlook.ts';
import type { MachineConfig } from '../../../shared/contract/machines.ts';
import { commonTexts } from '../../i18n/common.ts';
import { floorTexts } from '../../i18n/floor.ts';
import { minutes } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { useTexts } from '../../i18n/texts.ts';
import { outlookOf } from '../../live/live.ts';
import { rangeInMinutes, waitingIn, windows, type Zone, zones } from '../../staff/figures.ts';
import { MachineIcon } from '../../staff/machines/machine-icon.tsx';
import { machineConfigOf } from '../../staff/machines/machine-looks.ts';
import { Button } from '../../ui/button.tsx';
import { Since, Ticking } from '../../ui/clock.tsx';
import { Count } from './count.tsx';
import { divertHints } from './divert-hints.ts';
import { floorOf, useActing, useBranchState, useFloorContext } from './floor-context.ts';
import { serviceName } from './names-on-board.ts';

/** Per zone, to begin with: each row has a clock that ticks. */
const FIRST_ROWS = 10;
const MORE_ROWS = 60;
/** Advice at the head of a zone: the best, so that the queue stays in sight. */
const HINTS = 1;
/** Time alone raises long waiters: look again this often when nothing happens. */
const REORDER_MS = 5_000;

const Row = memo(function Row({ ticket, reason, service }: { ticket: Ticket; reason: OrderReason; service: string }) {
  const { live, open } = useFloorContext();
  const t = useTexts(floorTexts);
  const last = useRef<{ readonly outlook: SeenOutlook | undefined; readonly words: typeof t; readonly text: string }>(undefined);
  const told = (outlook: SeenOutlook | undefined): string => {
    if (outlook === undefined || windows(floorOf(live)).open === 0) return '';
    const range = outlook.tickets?.[ticket.id];
    if (range !== undefined) return t('row.foretold', { range: rangeInMinutes(range) });
    return windowsFor(floorOf(live), ticket).windows === 0 ? t('row.noWindow') : '';
  };
  // Written by the clock's tick, not by a render, and worded once an outlook: a forecast changes every row of a long line at once.
  const foretold = (): string => {
    const outlook = outlookOf(live);
    if (last.current === undefined || outlook !== last.current.outlook || t !== last.current.words) {
      last.current = { outlook, words: t, text: told(outlook) };
    }
    return last.current.text;
  };
  return (
    <li>
      <button type="button" className="row" data-ticket={ticket.number} onClick={() => open({ kind: 'ticket', ticketId: ticket.id })}>
        <b>{ticket.number}</b>
        <span className="row-what">
          <span className="row-service">{service}</span>
          {reason === 'arrival' ? null : (
            <span className={`chip ${reason === 'raised' ? 'chip-near' : 'chip-call'}`}>
              {reason === 'green' && ticket.segment !== 'ordinary' ? t(`segmentShort.${ticket.segment}`) : t(`reason.${reason}`)}
            </span>
          )}
        </span>
        <span className="row-times">
          <Since clock={live.clock} since={ticket.arrivedAt} />
          <small title={t('row.foretoldHint')}>
            <Ticking text={foretold} className="row-foretold" />
          </small>
        </span>
      </button>
    </li>
  );
});

/** One tap sends them; the place in the queue is kept for a while. */
const Hint = memo(function Hint({ ticket, machine, savesMs }: { ticket: Ticket; machine: MachineConfig; savesMs: number }) {
  const { send, may } = useActing();
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const command = { type: 'ticket.divert', ticketId: ticket.id, to: 'machine', machineId: machine.id } as const;
  if (!may(command)) return null;
  return (
    <p className="divert-hint">
      <Button variant="quiet" data-divert={ticket.number} onPress={() => send(command)}>
        <MachineIcon kind={machine.kind} />
        <span>{t('divert.hint', { number: ticket.number, name: machine.name[language] })}</span>
        <small>{t('divert.saves', { n: minutes(savesMs) })}</small>
      </Button>
    </p>
  );
});

/** Parked and diverted ones stand beside the queue: still the branch's, not yet to be called. */
function aside(state: BranchState): readonly Ticket[] {
  const found = [...state.diverted.values()];
  for (const ticket of state.tickets.values()) if (ticket.state === 'parked') found.push(ticket);
  return found;
}

const AsideOf = memo(function AsideOf({ state }: { state: BranchState }) {
  const { open } = useFloorContext();
  const common = useTexts(commonTexts);
  const t = useTexts(floorTexts);
  const found = aside(state);
  if (found.length === 0) return null;
  return (
    <section className="queue-aside" aria-label={t('queue.aside')}>
      {found.slice(0, 6).map((ticket) => (
        <button key={ticket.id} type="button" className="aside-ticket" onClick={() => open({ kind: 'ticket', ticketId: ticket.id })}>
          <b>{ticket.number}</b> {common(`ticket.${ticket.state}`)}
        </button>
      ))}
      {found.length > 6 ? <span className="muted">{t('more', { n: found.length - 6 })}</span> : null}
    </section>
  );
});

const Rows = memo(function Rows({ state, zone, now, most }: { state: BranchState; zone: Zone; now: number; most: number }) {
  const language = useLanguage();
  const listed = upcoming(state, now, { zone, limit: most });
  const asOf = useRef(state);
  asOf.current = state;
  // Looked for now and then, not at every event: advice that jumps from row to row helps nobody.
  const hints = useMemo(() => {
    const first = upcoming(asOf.current, now, { zone, limit: FIRST_ROWS }).map(({ ticket }) => ticket);
    return divertHints(asOf.current, first, now);
  }, [zone, now]);
  return (
    <>
      {[...hints].slice(0, HINTS).map(([ticketId, { machineId, savesMs }]) => {
        const ticket = state.tickets.get(ticketId);
        const machine = machineConfigOf(state, machineId);
        const stands = ticket?.state === 'waiting' && state.machines[machineId]?.state === 'inService';
        return stands && machine !== undefined ? <Hint key={ticketId} ticket={ticket} machine={machine} savesMs={savesMs} /> : null;
      })}
      <ol className="rows">
        {listed.map(({ ticket, reason }) => (
          <Row key={ticket.id} ticket={ticket} reason={reason} service={serviceName(state, ticket.serviceId, language)} />
        ))}
      </ol>
    </>
  );
});

/** Calls back once what has changed by now is on the screen; a page out of sight is called when it is seen again. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(undefined);
  });
}

/** The branch a moment ago: figures and windows are on the screen first, and a burst of changes is one list. */
function useLater(): BranchState {
  const { live } = useFloorContext();
  const [later, setLater] = useState(() => floorOf(live));
  useEffect(() => {
    let asked = false;
    let gone = false;
    const look = (): void => {
      asked = false;
      if (!gone) startTransition(() => setLater(floorOf(live)));
    };
    const ask = (): void => {
      if (!asked) afterPaint(look);
      asked = true;
    };
    ask();
    const leave = live.store.subscribe(ask);
    return () => {
      gone = true;
      leave();
    };
  }, [live]);
  return later;
}

/** Those of a zone who are not listed yet. */
function More({ zone, shown, onMore }: { zone: Zone; shown: number; onMore: () => void }) {
  const t = useTexts(floorTexts);
  const more = useBranchState((state) => Math.max(0, waitingIn(state, zone) - shown));
  if (more === 0) return null;
  return (
    <button type="button" className="button b-quiet more" onClick={onMore}>
      {t('more', { n: more })}
    </button>
  );
}

/** `later` is the state a moment ago: figures and windows are painted first, the list right after. */
function ZoneQueue({ zone, now, later }: { zone: Zone; now: number; later: BranchState }) {
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const [most, setMost] = useState(FIRST_ROWS);
  const some = useBranchState((state) => Math.min(waitingIn(state, zone), 12));
  return (
    <section className="queue-zone" style={{ flexGrow: Math.max(1, some) }} aria-label={common(`zone.${zone}`)}>
      <h3>
        <span>{common(`zone.${zone}`)}</span>
        <Count zone={zone} />
      </h3>
      {some === 0 ? <p className="empty">{t('queue.empty')}</p> : null}
      <Rows state={later} zone={zone} now={now} most={most} />
      <More zone={zone} shown={most} onMore={() => setMost(most + MORE_ROWS)} />
    </section>
  );
}

/** The queue in the order it will be called, by zone; the reason for a place on tap. */
export const QueueList = memo(function QueueList() {
  const { live } = useFloorContext();
  const t = useTexts(floorTexts);
  const later = useLater();
  const has = useBranchState((state) => zones.filter((zone) => state.config?.services.some((service) => service.zone === zone)).join(' '));
  const [now, setNow] = useState(() => live.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(live.clock.now()), REORDER_MS);
    return () => clearInterval(timer);
  }, [live]);
  return (
    <section className="panel queue dimmable" aria-labelledby="queue-title">
      <h2 id="queue-title">
        <span>{t('queue.title')}</span>
        <Count />
      </h2>
      {zones
        .filter((zone) => has.split(' ').includes(zone))
        .map((zone) => (
          <ZoneQueue key={zone} zone={zone} now={now} later={later} />
        ))}
      <AsideOf state={later} />
    </section>
  );
});
