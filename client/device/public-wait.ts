/** The wait that kiosk and display tell: as the hub foretells it, or else by the formula from what the public may see. */
import type { WaitRange } from '../../shared/branch/branch.state.ts';
import { predictWait } from '../../shared/branch/predict/wait-formula.ts';
import type { PublicOutlook } from '../../shared/contract/outlook.ts';
import type { PublicFloor } from '../../shared/public/public-floor.ts';

export interface ServiceOutlook {
  /** People of this zone waiting: those a newcomer stands behind. */
  readonly ahead: number;
  /** People waiting for this very service. */
  readonly waiting: number;
  /** Windows serving it now; 0 = the range is not worth telling. */
  readonly windows: number;
  /** ms */
  readonly wait: WaitRange;
}

/** Windows that take others than their own only at a peak: counting on them would promise too short a wait. */
const dedicated: readonly string[] = ['vip', 'priority'];

/** Outlook of every offered service for one who comes now, by service id. */
export function outlooks(floor: PublicFloor, foretold?: PublicOutlook): ReadonlyMap<string, ServiceOutlook> {
  const zones = new Map<string, { waiting: number; work: number }>();
  for (const { zone, waiting, paceMs } of floor.services) {
    const sum = zones.get(zone) ?? { waiting: 0, work: 0 };
    zones.set(zone, { waiting: sum.waiting + waiting, work: sum.work + waiting * paceMs });
  }
  return new Map(
    floor.services.map((service) => {
      const { waiting: ahead, work } = zones.get(service.zone) ?? { waiting: 0, work: 0 };
      const open = floor.counters.filter(
        ({ state, kind, serviceIds }) =>
          state !== 'closed' && state !== 'paused' && !dedicated.includes(kind) && serviceIds.includes(service.id),
      );
      const byFormula = predictWait({
        ahead,
        windows: open.length,
        idle: open.filter(({ state }) => state === 'idle').length,
        paceMs: ahead === 0 ? service.paceMs : work / ahead,
      });
      const forecast = foretold?.services[service.id];
      const people = forecast?.ahead ?? ahead;
      return [service.id, { ahead: people, waiting: service.waiting, windows: open.length, wait: forecast?.waitMs ?? byFormula }];
    }),
  );
}
