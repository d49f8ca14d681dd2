/** The customer at the counter fills the screen. Minutes show only when asked: customers look over shoulders. */
import type { Counter, Item, Ticket } from '../../../shared/branch/branch.state.ts';
import { allowedMs, ranMs } from '../../../shared/branch/limits/clock.ts';
import { commonTexts } from '../../i18n/common.ts';
import { elapsed, yuan } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { tellerTexts } from '../../i18n/teller.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Since, Ticking } from '../../ui/clock.tsx';
import { Ring } from '../../ui/ring.tsx';
import type { StateName } from '../../ui/state-shape.tsx';
import { keyMap } from './key-map.ts';
import { serviceName, useBranch, useTeller } from './teller-context.ts';

const lookOf = (item: Item | undefined): StateName => {
  if (item?.limitMs === undefined) return 'serving';
  return item.stage >= 0 ? 'over' : item.near ? 'near' : 'serving';
};

export function CurrentCard({
  counter,
  ticket,
  figures,
  onFigures,
}: {
  counter: Counter;
  ticket: Ticket;
  figures: boolean;
  onFigures: () => void;
}) {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const serving = counter.state === 'serving';
  const item = ticket.items.at(-1);
  const serviceId = (serving ? item?.serviceId : undefined) ?? ticket.serviceId;
  const service = useBranch((state) => serviceName(state, serviceId, language));
  const facts = serving && item !== undefined ? { ...ticket, ...item } : ticket;
  return (
    <section className={`teller-current s-${serving ? lookOf(item) : 'calling'}`} data-ticket={ticket.number}>
      <div className="teller-current-main">
        <p className="teller-number">{ticket.number}</p>
        <p className="teller-service">
          {service}
          {ticket.items.length > 1 ? <small>{t('ticket.item', { n: ticket.items.length })}</small> : null}
        </p>
        <p className="teller-facts">
          {ticket.segment === 'ordinary' ? null : <span className="chip chip-call">{common(`segment.${ticket.segment}`)}</span>}
          {ticket.walkUp === true ? <span className="chip">{t('ticket.walkUp')}</span> : null}
          {facts.amountFen === undefined ? null : <b>{yuan(facts.amountFen, language)}</b>}
          {facts.notes === undefined ? null : <span>{t('ticket.notes', { n: facts.notes })}</span>}
          {facts.coinShare === undefined ? null : <span>{t('ticket.coins', { n: Math.round(facts.coinShare * 100) })}</span>}
          {ticket.partySize === undefined || ticket.partySize < 2 ? null : <span>{t('ticket.party', { n: ticket.partySize })}</span>}
        </p>
        {serving ? null : <CallingFacts ticket={ticket} />}
        {counter.pauseAfter === undefined ? null : <p className="chip chip-near">{t('ticket.pauseAfter')}</p>}
      </div>
      {serving && item !== undefined ? <Limit item={item} figures={figures} onFigures={onFigures} /> : null}
    </section>
  );
}

function CallingFacts({ ticket }: { ticket: Ticket }) {
  const t = useTexts(tellerTexts);
  const { live } = useTeller();
  return (
    <p className="teller-facts">
      <span>{t('ticket.calls', { n: ticket.calls })}</span>
      {ticket.firstCalledAt === undefined ? null : (
        <span>
          {t('ticket.firstCall')} <Since clock={live.clock} since={ticket.firstCalledAt} />
        </span>
      )}
      {ticket.needsFetching === true ? <span className="chip chip-near">{t('ticket.needsFetching')}</span> : null}
    </p>
  );
}

function Limit({ item, figures, onFigures }: { item: Item; figures: boolean; onFigures: () => void }) {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
  const { live } = useTeller();
  const allowed = allowedMs(item);
  const look = lookOf(item);
  const word =
    allowed === undefined ? t('ticket.noLimit') : t(`ticket.state.${look === 'serving' ? 'inTime' : look === 'near' ? 'near' : 'over'}`);
  const left = (): number => (allowed ?? 0) - ranMs(item, live.clock.now());
  return (
    <button
      type="button"
      className="teller-limit"
      onMouseDown={(event) => event.preventDefault()}
      onClick={onFigures}
      aria-label={t('action.figures')}
    >
      <Ring
        size={196}
        state={look}
        label={common('ring.label', { state: word })}
        fraction={() => (allowed === undefined ? undefined : ranMs(item, live.clock.now()) / Math.max(1, allowed))}
      />
      <span className="teller-limit-word">{word}</span>
      {item.pausedSince === undefined ? null : <span className="chip">{t('ticket.paused')}</span>}
      {figures ? null : (
        <span className="teller-peek">
          <kbd>{keyMap.figures.cap}</kbd> {t('action.figures')}
        </span>
      )}
      {item.extensions.length === 0 ? null : <span className="chip">{t('ticket.extended')}</span>}
      {figures ? (
        <span className="teller-figures">
          <span>
            {t('ticket.used')} <Ticking text={() => elapsed(ranMs(item, live.clock.now()))} />
          </span>
          {allowed === undefined ? null : (
            <span>
              <Ticking text={() => (left() >= 0 ? `${t('ticket.left')} ${elapsed(left())}` : `${t('ticket.over')} ${elapsed(-left())}`)} />
            </span>
          )}
        </span>
      ) : null}
    </button>
  );
}
