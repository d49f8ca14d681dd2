import type { Segment } from '../../../../shared/contract/config.ts';

/** As staff think of them: the usual one, needs, tiers. */
export const segmentsInOrder: readonly Segment[] = [
  'ordinary',
  'elderly',
  'over80',
  'disabled',
  'pregnant',
  'infant',
  'serviceman',
  'vip',
  'appointment',
];
