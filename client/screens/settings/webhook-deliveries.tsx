import { useCallback, useEffect, useState } from 'react';
import { dateTime } from '../../i18n/format.ts';
import { settingsTexts } from '../../i18n/settings.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { api } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { StateShape, type StateName } from '../../ui/state-shape.tsx';
import { ProblemList } from './problem-list.tsx';

type DeliveryState = 'retrying' | 'delivered' | 'givenUp';

/** As the hub tells; instants in real ms. */
interface DeliveryListed {
  readonly id: number;
  readonly branchId: string;
  readonly seq: number;
  readonly type: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastAt: number;
  readonly tookMs: number;
  readonly status?: number;
  readonly error?: string;
}

interface Page {
  readonly deliveries: readonly DeliveryListed[];
  readonly next?: string;
}

const shapes: Record<DeliveryState, StateName> = { delivered: 'serving', retrying: 'near', givenUp: 'over' };

/** What came of each event told, newest first, each to be sent again by hand. */
export function WebhookDeliveries({ webhookId, onSent }: { webhookId: string; onSent: () => Promise<void> }) {
  const t = useTexts(settingsTexts);
  const [page, setPage] = useState<Page>();
  const [problem, setProblem] = useState<Problem>();
  const path = `/api/webhooks/${webhookId}/deliveries`;
  const load = useCallback(
    async (before: readonly DeliveryListed[], cursor?: string) => {
      const answer = await api.get<Page>(cursor === undefined ? path : `${path}?cursor=${cursor}`);
      if (answer.ok) setPage({ ...answer.value, deliveries: [...before, ...answer.value.deliveries] });
      setProblem(answer.ok ? undefined : answer.problem);
    },
    [path],
  );
  useEffect(() => void load([]), [load]);
  const resend = async (id: number): Promise<void> => {
    const answer = await api.send('POST', `${path}/${id}/resend`);
    await Promise.all([load([]), onSent()]);
    if (!answer.ok) setProblem(answer.problem);
  };
  if (page === undefined) return problem === undefined ? <p className="muted">{t('loading')}</p> : <ProblemList problem={problem} />;
  const { deliveries, next } = page;
  return (
    <div className="settings-table">
      <ProblemList problem={problem} />
      {deliveries.length === 0 ? <p className="muted">{t('delivery.none')}</p> : null}
      <table hidden={deliveries.length === 0}>
        <thead>
          <tr>
            <th>{t('delivery.at')}</th>
            <th>{t('delivery.event')}</th>
            <th>{t('delivery.outcome')}</th>
            <th>{t('delivery.attempts')}</th>
            <th>{t('delivery.tookMs')}</th>
            <th>{t('account.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((one) => (
            <tr key={one.id}>
              <td>{dateTime(one.lastAt)}</td>
              <td>
                <code>{one.type}</code> <small className="muted">{`${one.branchId} #${one.seq}`}</small>
              </td>
              <td>
                <span className={`badge s-${shapes[one.state]}`}>
                  <StateShape state={shapes[one.state]} size={12} /> {t(`delivery.state.${one.state}`)}
                </span>{' '}
                <small className="muted">{one.error ?? one.status}</small>
              </td>
              <td>{one.attempts}</td>
              <td>{one.tookMs}</td>
              <td>
                <Button variant="quiet" onPress={() => resend(one.id)}>
                  {t('delivery.resend')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="settings-actions">
        <Button onPress={() => load([])}>{t('delivery.reload')}</Button>
        {next === undefined ? null : <Button onPress={() => load(deliveries, next)}>{t('delivery.more')}</Button>}
      </div>
    </div>
  );
}
