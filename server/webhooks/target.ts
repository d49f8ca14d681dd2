/** Where a webhook goes and how it is signed: kept encrypted, under a key that is not in the database. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Ids } from '../platform/ids.ts';
import type { Database } from '../store/store.types.ts';

export interface Target {
  readonly url: string;
  /** `whsec_…` of the Standard Webhooks scheme. */
  readonly secret: string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SECRET_BYTES = 32;

/** A fresh signing secret. */
export const newWebhookSecret = (ids: Ids): string => `whsec_${Buffer.from(ids.newToken(SECRET_BYTES), 'base64url').toString('base64')}`;

export interface Targets {
  /** Within a transaction. */
  put(db: Database, webhookId: string, target: Target): void;
  /** Undefined when there is none, or it was sealed under another key (the `secret` file was replaced). */
  get(webhookId: string): Target | undefined;
}

/** `key`: 32 bytes. */
export function createTargets(database: Database, key: Buffer, ids: Ids): Targets {
  const select = database.prepare<[string], Buffer>('SELECT sealed FROM webhook_targets WHERE webhook_id = ?').pluck();

  function seal(webhookId: string, target: Target): Buffer {
    const nonce = Buffer.from(ids.newToken(NONCE_BYTES), 'base64url');
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(webhookId));
    const text = Buffer.concat([cipher.update(JSON.stringify(target), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  function open(webhookId: string, sealed: Buffer): Target | undefined {
    try {
      const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(webhookId));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return JSON.parse(text.toString('utf8')) as Target;
    } catch {
      // Another key: whoever looks at the webhook is told to make it anew.
      return undefined;
    }
  }

  return {
    put: (db, webhookId, target) =>
      void db.prepare('INSERT INTO webhook_targets (webhook_id, sealed) VALUES (?, ?)').run(webhookId, seal(webhookId, target)),
    get: (webhookId) => {
      const sealed = select.get(webhookId);
      return sealed === undefined ? undefined : open(webhookId, sealed);
    },
  };
}
