import type { SameKeys } from '../texts.ts';
import type { device as zh } from '../zh/device.ts';

export const device: SameKeys<typeof zh> = {
  'unpaired.title': 'This screen is not paired yet',
  'unpaired.body': 'An administrator adds it under Settings → Devices; then open {address} here, or enter the token below.',
  'denied.title': "This device's access has ended",
  'denied.body':
    'Its token is wrong or was revoked. An administrator adds a new device under Settings → Devices; then open {address}, or enter the new token below.',
  'connecting.title': 'Connecting…',
  'connecting.body': 'One moment, please.',
  'unreachable.title': 'The hub cannot be reached',
  'unreachable.body': 'Trying again by itself. If this stays, check the network.',
  'pair.token': 'Device token',
  'pair.go': 'Pair',
  'wait.lessThanMinute': 'less than 1 min',
  'wait.within': 'within {n} min',
  'wait.minutes': '{n} min',
  'wait.range': '{low}–{high} min',
  language: '中文',
};
