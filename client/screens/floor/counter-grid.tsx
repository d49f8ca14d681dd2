import { memo } from 'react';
import { nextFor } from '../../../shared/branch/queue/order.ts';
import type { CounterConfig } from '../../../shared/contract/config.ts';
import { commonTexts } from '../../i18n/common.ts';
import { floorTexts } from '../../i18n/floor.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Since } from '../../ui/clock.tsx';
import { Ring } from '../../ui/ring.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useBranchState, useFloorContext } from './floor-context.ts';
import { counterConfigs, lookOf, runningItem, serviceName, shareOfLimit } from './names-on-board.ts';

const CounterTile = memo(function CounterTile({ config }: { config: CounterConfig }) {
  const { live, nameOf, open } = useFloorContext();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const counter = useBranchState((state) => state.counters[config.id]);
  const ticket = useBranchState((state) => {
    const ticketId = state.counters[config.id]?.ticketId;
    return ticketId === undefined ? undefined : state.tickets.get(ticketId);
  });
  const item = runningItem(ticket);
  const service = useBranchState((state) => (ticket === undefined ? '' : serviceName(state, item?.serviceId ?? ticket.serviceId, language)));
  const zone = useBranchState((state) => state.config?.hours.timeZone);
  const next = useBranchState((state) => (counter?.state === 'idle' ? nextFor(state, config.id, live.clock.now())?.ticket.number : undefined));
  if (counter === undefined) return null;
  const look = lookOf(counter, ticket);
  const help = counter.help.filter((one) => one.answeredAt === undefined);
  const staff = nameOf(counter.staffId);
  const special = ticket !== undefined && ticket.segment !== 'ordinary' ? common(`segment.${ticket.segment}`) : undefined;
  return (
    <button type="button" className={`tile s-${look}`} data-counter={config.id} data-state={counter.state} onClick={() => open({ kind: 'counter', counterId: config.id })}>
      <span className="tile-head">
        <span className="tile-number">
          <b>{config.number}</b> <span className="muted">{common(`kind.${config.kind}`)}</span>
        </span>
        <StateBadge state={look} word={common(`counter.${look}`)} />
      </span>
      <span className="tile-body">
        {ticket !== undefined ? (
          <span className="tile-ticket">
            <b>{ticket.number}</b>
            <span className="tile-service">{service}</span>
            {special === undefined ? null : <span className="chip">{special}</span>}
          </span>
        ) : counter.state === 'idle' ? (
          <span className="tile-note">{next === undefined ? t('tile.nobody') : t('tile.next', { number: next })}</span>
        ) : counter.state === 'paused' ? (
          <span className="tile-note">
            {counter.backAt === undefined ? t('tile.paused') : t('tile.backAt', { time: shortTime(counter.backAt, zone, language) })}
            {counter.cashCount?.state === 'pending' ? <span className="chip chip-near">{t('tile.cashCount')}</span> : null}
          </span>
        ) : null}
        {item === undefined ? null : (
          <Ring
            state={look === 'near' || look === 'over' ? look : 'serving'}
            fraction={() => shareOfLimit(item, live.clock.now())}
            label={item.limitMs === undefined ? common('ring.none') : common('ring.label', { state: common(`counter.${look}`) })}
          />
        )}
      </span>
      <span className="tile-foot">
        <span className="tile-staff">{staff}</span>
        {help.length > 0 ? (
          <span className="chip chip-over">{t('tile.help', { kind: common(`help.${help[0]?.kind ?? 'guard'}`) })}</span>
        ) : counter.pauseAfter !== undefined ? (
          <span className="chip">{t('tile.pauseAfter')}</span>
        ) : counter.state === 'closed' ? null : (
          <Since clock={live.clock} since={counter.since} />
        )}
      </span>
    </button>
  );
});

/** Arrow keys move among the tiles, as they lie on the screen. */
function moveByArrow(event: React.KeyboardEvent<HTMLElement>): void {
  const tiles = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.tile')];
  const here = tiles.indexOf(document.activeElement as HTMLButtonElement);
  if (here < 0) return;
  const first = tiles[0]?.offsetTop;
  const across = Math.max(1, tiles.filter((tile) => tile.offsetTop === first).length);
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  tiles[here + step]?.focus();
}

export const CounterGrid = memo(function CounterGrid() {
  const t = useTexts(floorTexts);
  const configs = useBranchState(counterConfigs);
  return (
    <section className={`counters dimmable${configs.length > 12 ? ' many' : ''}`} aria-label={t('counters')} onKeyDown={moveByArrow}>
      {configs.map((config) => (
        <CounterTile key={config.id} config={config} />
      ))}
    </section>
  );
});
