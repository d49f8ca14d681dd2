/** Ids and secrets: the only place that draws random numbers. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';

export interface Ids {
  /** A fresh unguessable id (uuid v4). */
  newId(): string;
  /** Random bytes as base64url: tokens. */
  newToken(bytes: number): string;
}

export const systemIds: Ids = {
  newId: () => randomUUID(),
  newToken: (bytes) => randomBytes(bytes).toString('base64url'),
};

/** Uniform in [0, 1): what spreads attempts apart. */
export const systemFraction = (): number => randomInt(2 ** 32) / 2 ** 32;
