import type { SameKeys } from '../texts.ts';
import type { errors as zh } from '../zh/errors.ts';

export const errors: SameKeys<typeof zh> = {
  unreachable: 'The hub cannot be reached, so nothing is confirmed. Check the network and try again.',
  unknown: 'This was not accepted ({code}). Try again or ask the administrator.',
  'http-429': 'Too many requests. Wait a moment and try again.',
  'http-503': 'The hub is busy. Wait a moment and try again.',
};
