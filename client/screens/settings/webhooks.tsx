import { useCallback, useEffect, useState } from 'react';
import { dateTime } from '../../i18n/format.ts';
import { settingsTexts } from '../../i18n/settings.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { api } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { StateShape, type StateName } from '../../ui/state-shape.tsx';
import { type Bank, useBank } from './bank.ts';
import { NewWebhook } from './new-webhook.tsx';
import { ProblemList } from './problem-list.tsx';
import { WebhookDeliveries } from './webhook-deliveries.tsx';

type WebhookState = 'working' | 'failing' | 'suspended';

/** As `GET /api/webhooks` tells; instants in real ms. */
interface WebhookListed {
  readonly id: string;
  readonly url?: string;
  readonly branches: readonly string[] | '*';
  readonly types: readonly string[];
  readonly silent: boolean;
  readonly state: WebhookState;
  readonly failing?: { readonly branches: number; readonly attempts: number; readonly since: number; readonly error: string };
  readonly lastDeliveredAt?: number;
}

const shapes: Record<WebhookState, StateName> = { working: 'serving', failing: 'near', suspended: 'over' };

/** Where the bank's own systems are told of cases, machines and emergencies. */
export function Webhooks({ branchId }: { branchId: string }) {
  const t = useTexts(settingsTexts);
  const bank = useBank();
  const [list, setList] = useState<readonly WebhookListed[]>();
  const [problem, setProblem] = useState<Problem>();
  const reload = useCallback(async () => {
    const answer = await api.get<{ webhooks: readonly WebhookListed[] }>('/api/webhooks');
    if (answer.ok) setList(answer.value.webhooks);
    else setProblem(answer.problem);
  }, []);
  useEffect(() => void reload(), [reload]);
  const send: typeof bank.send = async (request) => {
    const result = await bank.send(request);
    await reload();
    return result;
  };
  return (
    <div className="settings-section">
      <p className="muted">{t('webhook.hint')}</p>
      <NewWebhook branchId={branchId} send={send} />
      <ProblemList problem={bank.problem ?? problem} />
      {list?.length === 0 ? <p className="muted">{t('webhook.none')}</p> : null}
      <ul className="settings-list">
        {list?.map((webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} send={send} reload={reload} />
        ))}
      </ul>
    </div>
  );
}

interface WebhookRowProps {
  webhook: WebhookListed;
  send: Bank['send'];
  reload: () => Promise<void>;
}

function WebhookRow({ webhook, send, reload }: WebhookRowProps) {
  const t = useTexts(settingsTexts);
  const [removing, setRemoving] = useState(false);
  const [open, setOpen] = useState(false);
  const { id: webhookId, url, branches, types, silent, state, failing, lastDeliveredAt } = webhook;
  return (
    <li data-webhook={webhookId}>
      <span className="webhook-what">
        <span>
          <b>{webhookId}</b> <code>{url ?? t('webhook.unreadable')}</code>
        </span>
        <small className="muted">
          {types.join(', ')} · {branches === '*' ? t('webhook.allBranches') : branches.join(', ')}
          {silent ? ` · ${t('webhook.silent')}` : ''}
        </small>
        <small className={`badge s-${shapes[state]}`}>
          <StateShape state={shapes[state]} size={12} /> {t(`webhook.state.${state}`)}
        </small>
        {failing === undefined ? null : (
          <small className="muted">
            {t('webhook.failing', { attempts: failing.attempts, time: dateTime(failing.since), error: failing.error })}
          </small>
        )}
        {lastDeliveredAt === undefined ? null : (
          <small className="muted">{t('webhook.lastDelivered', { time: dateTime(lastDeliveredAt) })}</small>
        )}
      </span>
      <div className="settings-row-actions">
        {state === 'suspended' ? (
          <>
            <Button variant="primary" onPress={() => send({ type: 'webhook.enable', webhookId, missed: 'send' })}>
              {t('webhook.enable')}
            </Button>
            <Button onPress={() => send({ type: 'webhook.enable', webhookId, missed: 'skip' })}>{t('webhook.enableSkip')}</Button>
          </>
        ) : null}
        <Button onPress={() => setOpen(!open)}>{t(open ? 'webhook.logHide' : 'webhook.log')}</Button>
        {removing ? (
          <Button variant="danger" onPress={() => send({ type: 'webhook.remove', webhookId })}>
            {t('webhook.removeAsk')}
          </Button>
        ) : (
          <Button onPress={() => setRemoving(true)}>{t('webhook.remove')}</Button>
        )}
      </div>
      {open ? <WebhookDeliveries webhookId={webhookId} onSent={reload} /> : null}
    </li>
  );
}
