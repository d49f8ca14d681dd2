/** Who plays a branch: the accounts and devices its virtual people use. */
import type { Credentials } from '../client/hub-client.ts';

export interface Seat {
  readonly counterId: string;
  /** The username: also what events call the teller. */
  readonly staffId: string;
  readonly password: string;
  /** Sits down only when the line is long. */
  readonly elastic?: boolean;
}

export interface Cast {
  readonly branchId: string;
  /** Issues numbers, gives up, rates. */
  readonly kiosk: Credentials;
  /** Watches the floor and runs it. */
  readonly manager: Credentials;
  readonly seats: readonly Seat[];
  /** Arrivals relative to the parameters' (which fit hq-01). */
  readonly scale: number;
}

export const DEMO_PASSWORD = 'demo-pass-1';
export const DEMO_PIN = '258046';

/** Windows of hq-01 that open when the peak comes: what is there in the quiet hours is too little for it. */
const elasticSeats: ReadonlySet<number> = new Set([7, 8, 12]);

/** The demo bank's busy branch, with the accounts that the contract promises. */
export const hq01: Cast = {
  branchId: 'hq-01',
  kiosk: { token: 'demo-kiosk' },
  manager: { username: 'manager', password: DEMO_PASSWORD },
  seats: Array.from({ length: 12 }, (_, index) => ({
    counterId: `c${index + 1}`,
    staffId: `teller${index + 1}`,
    password: DEMO_PASSWORD,
    elastic: elasticSeats.has(index + 1),
  })),
  scale: 1,
};
