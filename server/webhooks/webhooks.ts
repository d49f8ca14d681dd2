/** Events told to systems outside the hub: signed, at least once, each branch in order, for days if need be. */
import { Counter, Gauge } from 'prom-client';
import { clockActor } from '../../shared/aggregate.ts';
import type { StoredBankEvent, Webhook } from '../../shared/bank/bank.state.ts';
import type { Hub } from '../hub/hub.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Database, Store } from '../store/store.types.ts';
import { createJournal } from './journal.ts';
import { beginAnew, beginAtHeads, createOutbox, type Delivery, forgetWebhook } from './outbox.ts';
import { type Failing, Outlet } from './outlet.ts';
import type { Posted } from './post.ts';
import { createTargets, newWebhookSecret } from './target.ts';

const PURGE_EVERY_MS = 3_600_000;

export interface WebhookSeen extends Webhook {
  /** Undefined when the server's `secret` file is another than the one it was sealed with. */
  readonly url: string | undefined;
  readonly state: 'working' | 'failing' | 'suspended';
  readonly failing?: Failing;
  /** Real ms. */
  readonly lastDeliveredAt?: number;
}

type Write = (db: Database) => void;

export interface Webhooks {
  /** What `webhook.create` writes beside the log, and the secret that is told once. */
  making(webhookId: string, url: string): { readonly secret: string; readonly write: Write };
  /** What `webhook.enable` and `webhook.remove` write beside the log. */
  enabling(webhookId: string, missed: 'send' | 'skip'): Write;
  removing(webhookId: string): Write;
  /** From here on it tells; call it when the hub has started. */
  start(): void;
  stop(): void;
  list(): WebhookSeen[];
  /** Newest first; undefined for a webhook nobody knows. */
  deliveries(webhookId: string, limit: number, before?: number): Delivery[] | undefined;
  /** One attempt now. Undefined when there is nothing of the kind to send. */
  resend(webhookId: string, deliveryId: number): Promise<Posted | undefined>;
}

export interface WebhooksParts {
  readonly hub: Hub;
  readonly store: Store;
  /** 32 bytes: addresses and secrets are kept encrypted. */
  readonly key: Buffer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly metrics: Metrics;
}

export function createWebhooks({ hub, store, key, clock, ids, scheduler, log, metrics }: WebhooksParts): Webhooks {
  const targets = createTargets(store.db, key, ids);
  const outbox = createOutbox(store.db);
  const journal = createJournal(outbox, scheduler, log);
  const outlets = new Map<string, Outlet>();
  let running = false;
  let cancelPurge = (): void => undefined;
  const ends: (() => void)[] = [];

  const attempts = new Counter({
    name: 'counterflow_webhook_attempts_total',
    help: 'Attempts to deliver to a webhook, by outcome',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  });
  new Gauge({
    name: 'counterflow_webhooks_broken',
    help: 'Webhooks that fail or are suspended',
    registers: [metrics.registry],
    collect() {
      this.set(list().filter(({ state }) => state !== 'working').length);
    },
  });

  function suspend(webhookId: string): void {
    const command = { type: 'webhook.suspend', webhookId } as const;
    log.error({ webhook: webhookId }, 'a webhook is suspended: nobody took what it was sent');
    void hub.executeBank(command, { actor: clockActor, commandId: ids.newId(), body: command });
  }

  function open(webhook: Webhook): void {
    const outlet = new Outlet(webhook, outbox.cursors(webhook.id), {
      hub,
      events: store.events,
      clock,
      scheduler,
      log,
      journal,
      chance: () => Buffer.from(ids.newToken(4), 'base64url').readUInt32BE() / 2 ** 32,
      target: targets.get(webhook.id),
      lastDeliveredAt: outbox.lastDeliveredAt(webhook.id),
      suspend,
      counted: (outcome) => attempts.inc({ outcome }),
    });
    outlets.set(webhook.id, outlet);
    if (webhook.suspendedAt === undefined) outlet.open();
  }

  function close(webhookId: string): void {
    outlets.get(webhookId)?.close();
    outlets.delete(webhookId);
  }

  /** The rows are as the command left them: what was to be written before it no longer holds. */
  function follow(event: StoredBankEvent): void {
    if (!('webhookId' in event)) return;
    const { webhookId } = event;
    close(webhookId);
    if (event.type === 'webhook.suspended') journal.flush();
    else journal.drop(webhookId);
    const webhook = hub.bank().webhooks.get(webhookId);
    if (webhook !== undefined) open(webhook);
  }

  function purge(): void {
    try {
      outbox.purge([...outlets.keys()], clock.realNow());
    } catch (error) {
      log.error({ err: error }, 'the delivery log could not be purged');
    }
    cancelPurge = scheduler.after(PURGE_EVERY_MS, purge);
  }

  function list(): WebhookSeen[] {
    return [...hub.bank().webhooks.values()].map((webhook) => {
      const failing = outlets.get(webhook.id)?.failing();
      const state = webhook.suspendedAt !== undefined ? 'suspended' : failing !== undefined ? 'failing' : 'working';
      const { url } = targets.get(webhook.id) ?? { url: undefined };
      return { ...webhook, url, state, failing, lastDeliveredAt: outbox.lastDeliveredAt(webhook.id) };
    });
  }

  return {
    making: (webhookId, url) => {
      const secret = newWebhookSecret(ids);
      return {
        secret,
        write: (db) => {
          targets.put(db, webhookId, { url, secret });
          beginAtHeads(db, store.events, webhookId);
        },
      };
    },
    enabling: (webhookId, missed) => (db) => (missed === 'send' ? beginAnew(db, webhookId) : beginAtHeads(db, store.events, webhookId)),
    removing: (webhookId) => (db) => forgetWebhook(db, webhookId),
    start: () => {
      if (running) return;
      running = true;
      ends.push(
        hub.onCommitted((branchId, events, state) => {
          for (const outlet of outlets.values()) if (outlet.webhook.suspendedAt === undefined) outlet.hear(branchId, events, state);
        }),
        hub.onBankCommitted((_id, events) => events.forEach(follow)),
      );
      for (const webhook of hub.bank().webhooks.values()) open(webhook);
      purge();
    },
    stop: () => {
      if (!running) return;
      running = false;
      for (const end of ends.splice(0)) end();
      for (const id of outlets.keys()) close(id);
      cancelPurge();
      journal.stop();
    },
    list: () => {
      journal.flush();
      return list();
    },
    deliveries: (webhookId, limit, before) => {
      if (hub.bank().webhooks.get(webhookId) === undefined) return undefined;
      journal.flush();
      return outbox.deliveries(webhookId, limit, before);
    },
    resend: async (webhookId, deliveryId) => {
      journal.flush();
      const delivery = outbox.delivery(webhookId, deliveryId);
      return delivery && outlets.get(webhookId)?.resend(delivery);
    },
  };
}
