/** A branch of any number of cash windows, all taking every service: nothing stands in the way of calling. */
import type { BranchConfig } from '../../shared/contract/config.ts';
import { defaultHours, defaultLimits, defaultPolicy, defaultServices } from '../../shared/contract/default-config.ts';

export function branchOf(windows: number): BranchConfig {
  const serviceIds = defaultServices.map(({ id }) => id);
  const numbers = Array.from({ length: windows }, (_, index) => index + 1);
  return {
    name: { zh: '测速支行', en: 'Bench branch' },
    hours: { ...defaultHours, roundTheClock: true },
    services: defaultServices,
    counters: numbers.map((number) => ({ id: `c${number}`, number, kind: 'cash', serviceIds })),
    limits: defaultLimits,
    policy: defaultPolicy,
    roster: numbers.map((number) => ({ staffId: `bench${number}`, role: 'teller', counterId: `c${number}` })),
  };
}
