import { useState } from 'react';
import { allowedMs, ranMs } from '../../../../shared/branch/limits/clock.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { elapsed, shortTime } from '../../../i18n/format.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { FreeText } from '../../../staff/free-text.tsx';
import { Since, Ticking } from '../../../ui/clock.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { useBranchState, useFloorContext } from '../floor-context.ts';
import { counterConfigs, lookOf, runningItem, serviceName } from '../names-on-board.ts';
import { CounterActions, type CounterForm } from './counter-actions.tsx';
import { CounterFormOf } from './counter-forms.tsx';

/** One window: its figures (limits show only here, on tap) and everything that can be done about it. */
export function CounterSheet({ counterId }: { counterId: string }) {
  const { live, branchId, nameOf, close } = useFloorContext();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const [form, setForm] = useState<CounterForm>();
  const config = useBranchState(counterConfigs).find((one) => one.id === counterId);
  const counter = useBranchState((state) => state.counters[counterId]);
  const ticket = useBranchState((state) => (counter?.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId)));
  const item = runningItem(ticket);
  const service = useBranchState((state) =>
    ticket === undefined ? '' : serviceName(state, item?.serviceId ?? ticket.serviceId, language),
  );
  const zone = useBranchState((state) => state.config?.hours.timeZone);
  if (config === undefined || counter === undefined) return null;
  const look = lookOf(counter, ticket);
  const allowed = item === undefined ? undefined : allowedMs(item);
  return (
    <Sheet
      title={
        <span className="sheet-title">
          {common('counterNumber', { n: config.number })} <small className="muted">{common(`kind.${config.kind}`)}</small>
          <StateBadge state={look} word={common(`counter.${look}`)}>
            <Since clock={live.clock} since={counter.since} />
          </StateBadge>
        </span>
      }
      onClose={close}
    >
      {form !== undefined ? (
        <CounterFormOf form={form} config={config} ticket={ticket} onDone={() => setForm(undefined)} />
      ) : (
        <>
          <dl className="facts">
            {counter.staffId === undefined ? null : (
              <div>
                <dt>{t('fact.teller')}</dt>
                <dd>{nameOf(counter.staffId)}</dd>
              </div>
            )}
            {ticket === undefined ? null : (
              <div>
                <dt>{service}</dt>
                <dd>{ticket.number}</dd>
              </div>
            )}
            {item === undefined ? null : (
              <>
                <div>
                  <dt>{t('fact.ran')}</dt>
                  <dd>
                    <Ticking text={() => elapsed(ranMs(item, live.clock.now()))} />
                    {item.pausedSince === undefined ? null : <span className="chip chip-near">{t('fact.clockStands')}</span>}
                  </dd>
                </div>
                <div>
                  <dt>{t('fact.limit')}</dt>
                  <dd>{allowed === undefined ? common('ring.none') : elapsed(allowed)}</dd>
                </div>
                {item.extensions.map((extension) => (
                  <div key={`${extension.class}${extension.at}`}>
                    <dt>{common(`extension.${extension.class}`)}</dt>
                    <dd>+{elapsed(extension.addMs)}</dd>
                  </div>
                ))}
              </>
            )}
            {counter.backAt === undefined ? null : (
              <div>
                <dt>{t('fact.backAt')}</dt>
                <dd>{shortTime(counter.backAt, zone, language)}</dd>
              </div>
            )}
            {counter.reasonRef === undefined ? null : (
              <div>
                <dt>{common('reason.label')}</dt>
                <dd>
                  <FreeText branchId={branchId} refId={counter.reasonRef} />
                </dd>
              </div>
            )}
          </dl>
          <CounterActions counter={counter} config={config} ticket={ticket} onForm={setForm} />
        </>
      )}
    </Sheet>
  );
}
