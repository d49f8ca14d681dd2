import type { SameKeys } from '../texts.ts';
import type { link as zh } from '../zh/link.ts';

export const link: SameKeys<typeof zh> = {
  connecting: 'Connecting',
  live: 'Live',
  stale: 'Stale since {time}',
  staleHint: 'The connection to the hub is down. It comes back by itself.',
  refused: 'This branch is not yours to see',
  revoked: 'Access has ended',
  late: 'Timers stand still',
};
