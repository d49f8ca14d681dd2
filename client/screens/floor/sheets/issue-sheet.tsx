import { useState } from 'react';
import type { Segment } from '../../../../shared/contract/config.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { minutes } from '../../../i18n/format.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { zones } from '../../../staff/figures.ts';
import { Button } from '../../../ui/button.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { useActing, useBranchState, useFloorContext } from '../floor-context.ts';
import { segmentsInOrder } from './segments.ts';

interface Taken {
  readonly ticketId: string;
  readonly number: string;
  readonly ahead: number;
  readonly waitMs: { readonly low: number; readonly high: number };
}

/** A number for a customer: who they are (ordinary unless said), then one tap on the service. */
export function IssueSheet() {
  const { close, open } = useFloorContext();
  const { send } = useActing();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const [segment, setSegment] = useState<Segment>('ordinary');
  const [taken, setTaken] = useState<Taken>();
  const services = useBranchState((state) => state.config?.services);

  const take = async (serviceId: string): Promise<void> => {
    const answer = await send({ type: 'ticket.issue', serviceId, ...(segment === 'ordinary' ? {} : { segment }) });
    if (answer.ok && answer.value.result !== undefined) setTaken(answer.value.result as unknown as Taken);
  };

  if (taken !== undefined) {
    const { low, high } = taken.waitMs;
    return (
      <Sheet
        title={t('issue.done')}
        onClose={close}
        actions={
          <>
            <Button onPress={() => open({ kind: 'ticket', ticketId: taken.ticketId })}>{t('issue.see')}</Button>
            <Button
              onPress={() => {
                setTaken(undefined);
                setSegment('ordinary');
              }}
            >
              {t('issue.another')}
            </Button>
            <Button variant="primary" onPress={close} autoFocus>
              {t('issue.finish')}
            </Button>
          </>
        }
      >
        <p className="taken-number" data-testid="taken-number">
          {taken.number}
        </p>
        <dl className="facts">
          <div>
            <dt>{t('fact.ahead')}</dt>
            <dd>{taken.ahead}</dd>
          </div>
          <div>
            <dt>{t('fact.expected')}</dt>
            <dd>
              {high < 60_000 ? common('duration.lessThanMinute') : common('duration.range', { low: minutes(low), high: minutes(high) })}
            </dd>
          </div>
        </dl>
      </Sheet>
    );
  }
  return (
    <Sheet title={t('issue.title')} onClose={close} wide>
      <div className="choices" role="group" aria-label={t('fact.segment')}>
        {segmentsInOrder.map((one) => (
          <button key={one} type="button" className="choice" aria-pressed={one === segment} onClick={() => setSegment(one)}>
            {common(`segment.${one}`)}
          </button>
        ))}
      </div>
      {zones.map((zone) => {
        const offered = (services ?? []).filter((service) => service.zone === zone && service.offered !== false);
        return offered.length === 0 ? null : (
          <section key={zone} className="stack">
            <h3>{common(`zone.${zone}`)}</h3>
            <div className="service-tiles">
              {offered.map((service) => (
                <Button key={service.id} className="service-tile" data-service={service.id} onPress={() => take(service.id)}>
                  {service.name[language]}
                </Button>
              ))}
            </div>
          </section>
        );
      })}
    </Sheet>
  );
}
