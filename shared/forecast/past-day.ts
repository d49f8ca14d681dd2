/** A branch's business day that is over, as whoever learns from it reads it. Instants are hub ms. */
import type { Segment } from '../contract/config.ts';

/** One that came back to the line is told of as if called once. */
export interface PastCustomer {
  readonly id: string;
  readonly serviceId: string;
  readonly segment: Segment;
  readonly arrivedAt: number;
  /** Absent: left uncalled, or was not called any more. */
  readonly calledAt?: number;
  readonly counterId?: string;
  readonly endedAt?: number;
  /** Left by themselves: not sent to a machine, nor home at closing. */
  readonly gaveUp?: boolean;
}

export interface PastDay {
  readonly date: string;
  readonly endsAt: number;
  readonly opensAt?: number;
  readonly closesAt?: number;
  readonly dayType: string;
  /** Who took a number, in the order of arrival. */
  readonly customers: readonly PastCustomer[];
  /** Who was served without one. */
  readonly walkUps: readonly PastCustomer[];
}

/** For how long a window was taken up, from the call to its being free again, ms; undefined: never called. */
export const servedMs = ({ calledAt, endedAt }: PastCustomer): number | undefined =>
  calledAt === undefined || endedAt === undefined ? undefined : endedAt - calledAt;

/** Until the call, or until they left, ms. */
export const waitedMs = ({ arrivedAt, calledAt, endedAt }: PastCustomer): number =>
  Math.max(0, (calledAt ?? endedAt ?? arrivedAt) - arrivedAt);
