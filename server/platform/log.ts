/** Structured logs without personal data: ids, codes and counts only. */
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Never printed, wherever someone logs them by mistake. */
const secret = [
  'password',
  'token',
  'authorization',
  'cookie',
  'contact',
  'name',
  'phone',
  'reason',
  'details',
  'subject',
  'text',
  'personal',
  'body',
];

export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    redact: {
      paths: [
        ...secret,
        ...secret.map((key) => `*.${key}`),
        'req.headers.authorization',
        'req.headers.cookie',
        'res.headers["set-cookie"]',
      ],
      censor: '[hidden]',
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
