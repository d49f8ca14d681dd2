/** What comes on a day to be planned, forecast from the tickets of the branch's own last weeks, starting from a plain profile. */
import type { Calendar } from '../../shared/aggregate.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { dateAfter } from '../../shared/branch/people/dates.ts';
import { paceOf } from '../../shared/branch/predict/predict.ts';
import { FlowForecast, SLOT_MS as FIVE_MINUTES, SLOTS } from '../../shared/forecast/flow-forecast.ts';
import type { Database } from '../store/store.types.ts';
import type { FlowOfDay, Zone } from './problem-of-branch.ts';

const DAYS_BACK = 56;
const FIVES_IN_HALF_HOUR = 6;
/** Until the first day was seen. */
const CUSTOMERS_PER_COUNTER = 40;

interface Row {
  readonly date: string;
  readonly serviceId: string;
  /** Start of five minutes, epoch ms. */
  readonly atMs: number;
  readonly customers: number;
}

export interface PastFlow {
  readonly db: Database;
  readonly branchId: string;
  readonly state: BranchState;
  readonly calendar: Calendar;
  /** Local date; only days before it teach. */
  readonly today: string;
}

const weekdayOf = (date: string): number => ((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7) + 1;

export function pastFlow({ db, branchId, state, calendar, today }: PastFlow): FlowOfDay {
  const rows = db
    .prepare(
      `SELECT date, service_id AS serviceId, issued_at / ${FIVE_MINUTES} * ${FIVE_MINUTES} AS atMs, COUNT(*) AS customers FROM tickets
       WHERE branch = ? AND date >= ? AND date < ? AND walk_up = 0 GROUP BY date, serviceId, atMs ORDER BY date`,
    )
    .all(branchId, dateAfter(today, -DAYS_BACK), today) as Row[];
  const zones = { cash: learn('cash'), nonCash: learn('nonCash') };
  return (date, zone) => {
    const { forecast, meanServiceMs } = zones[zone];
    const { slots } = forecast.day({ weekday: weekdayOf(date) });
    const arrivals = Array.from({ length: SLOTS / FIVES_IN_HALF_HOUR }, (_none, half) =>
      slots.subarray(half * FIVES_IN_HALF_HOUR, (half + 1) * FIVES_IN_HALF_HOUR).reduce((sum, one) => sum + one, 0),
    );
    return { arrivals, meanServiceMs };
  };

  function learn(zone: Zone): { readonly forecast: FlowForecast; readonly meanServiceMs: number } {
    const services = new Set(state.config?.services.filter((service) => service.zone === zone).map(({ id }) => id));
    const own = rows.filter(({ serviceId }) => services.has(serviceId));
    const forecast = new FlowForecast(profileOf(state, calendar, today, zone));
    for (const date of new Set(own.map((row) => row.date))) {
      const midnight = state.config === undefined ? 0 : calendar.instantOf(date, '00:00', state.config.hours);
      const counts = new Float64Array(SLOTS);
      for (const { atMs, customers } of own.filter((row) => row.date === date)) {
        const slot = Math.min(SLOTS - 1, Math.max(0, Math.floor((atMs - midnight) / FIVE_MINUTES)));
        counts[slot] = (counts[slot] ?? 0) + customers;
      }
      forecast.learn({ weekday: weekdayOf(date), counts });
    }
    const seen = own.length > 0 ? own : [...services].map((serviceId) => ({ serviceId, customers: 1 }));
    const customers = seen.reduce((sum, one) => sum + one.customers, 0);
    const work = seen.reduce((sum, one) => sum + one.customers * paceOf(state, one.serviceId), 0);
    return { forecast, meanServiceMs: customers === 0 ? paceOf(state, '') : work / customers };
  }
}

/** Evenly over the posted hours of today, or of the working day of a branch shut today. */
function profileOf(state: BranchState, calendar: Calendar, today: string, zone: Zone) {
  const counters = state.config?.counters.filter(({ kind }) => (zone === 'nonCash') === (kind === 'nonCash')).length ?? 1;
  const [from, until] = hoursOf(state, calendar, today);
  const shape = Float64Array.from({ length: SLOTS }, (_none, slot) => (slot * FIVE_MINUTES >= from && slot * FIVE_MINUTES < until ? 1 : 0));
  return { perDay: Math.max(1, counters) * CUSTOMERS_PER_COUNTER, shape };
}

function hoursOf({ config }: BranchState, calendar: Calendar, today: string): readonly [fromMs: number, untilMs: number] {
  for (let ahead = 0; ahead < 7 && config !== undefined && config.hours.roundTheClock !== true; ahead += 1) {
    const midnight = calendar.instantOf(dateAfter(today, ahead), '00:00', config.hours);
    const { opensAt, closesAt } = calendar.dayOf(midnight, config.hours);
    if (opensAt !== undefined && closesAt !== undefined) return [opensAt - midnight, closesAt - midnight];
  }
  return [0, SLOTS * FIVE_MINUTES];
}
