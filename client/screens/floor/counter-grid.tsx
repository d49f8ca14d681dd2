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
import { moveByArrow } from './move-by-arrow.ts';
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
  const service = useBranchState((state) =>
    ticket === undefined ? '' : serviceName(state, item?.serviceId ?? ticket.serviceId, language),
  );
  const zone = useBranchState((state) => state.config?.hours.timeZone);
  const next = useBranchState((state) =>
    counter?.state === 'idle' ? nextFor(state, config.id, live.clock.now())?.ticket.number : undefined,
  );
  if (counter === undefined) return null;
  const look = lookOf(counter, ticket);
  const help = counter.help.find((one) => one.answeredAt === undefined);
  const special = ticket !== undefined && ticket.segment !== 'ordinary' ? ` · ${t(`segmentShort.${ticket.segment}`)}` : '';
  const note =
    ticket !== undefined
      ? `${service}${special}`
      : counter.state === 'idle'
        ? next === undefined
          ? t('tile.nobody')
          : t('tile.next', { number: next })
        : counter.state === 'paused' && counter.backAt !== undefined
          ? t('tile.backAt', { time: shortTime(counter.backAt, zone, language) })
          : '';
  const mark =
    help !== undefined
      ? t('tile.help', { kind: common(`help.${help.kind}`) })
      : counter.cashCount?.state === 'pending'
        ? t('tile.cashCount')
        : counter.pauseAfter === undefined
          ? undefined
          : t('tile.pauseAfter');
  return (
    <button
      type="button"
      className={`tile s-${look}`}
      data-counter={config.id}
      data-state={counter.state}
      onClick={() => open({ kind: 'counter', counterId: config.id })}
    >
      <span className="tile-head">
        <span className="tile-number">
          <b>{config.number}</b> <span className="muted">{common(`kind.${config.kind}`)}</span>
        </span>
        {counter.state === 'closed' ? null : <Since clock={live.clock} since={counter.since} />}
      </span>
      <span className="tile-state">
        <StateBadge state={look} word={common(`counter.${look}`)} />
      </span>
      <b className="tile-ticket">{ticket?.number}</b>
      {item === undefined ? null : (
        <Ring
          state={look === 'near' || look === 'over' ? look : 'serving'}
          fraction={() => shareOfLimit(item, live.clock.now())}
          label={item.limitMs === undefined ? common('ring.none') : common('ring.label', { state: common(`counter.${look}`) })}
        />
      )}
      <span className="tile-note">{note}</span>
      <span className="tile-foot">
        <span className="tile-staff">{nameOf(counter.staffId)}</span>
        {mark === undefined ? null : <span className={`chip ${help === undefined ? 'chip-near' : 'chip-over'}`}>{mark}</span>}
      </span>
    </button>
  );
});

export const CounterGrid = memo(function CounterGrid() {
  const t = useTexts(floorTexts);
  const configs = useBranchState(counterConfigs);
  return (
    <section
      className={`counters dimmable${configs.length > 12 ? ' many' : ''}`}
      aria-label={t('counters')}
      onKeyDown={(event) => moveByArrow(event, '.tile')}
    >
      {configs.map((config) => (
        <CounterTile key={config.id} config={config} />
      ))}
    </section>
  );
});
