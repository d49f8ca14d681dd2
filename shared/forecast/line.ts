/**
 * A line and what is said about it, whatever it is a line of: the customers of a bank branch or the callers of a call centre.
 *
 * Whoever has a log of a line turns it into `LineEvent`s in order of time and feeds them to a `WaitForecaster`; nothing here knows a
 * branch, a ticket or a file. How to say what happens in a branch:
 *
 * | in the branch                                         | here                                                           |
 * | a number is issued (or joins again after a transfer)  | `joined`, with `creditMs` for those who are called sooner       |
 * | a number is called                                    | `started`: the wait is over when one is called                  |
 * | the window is free again: done, no-show, passed over  | `ended`                                                        |
 * | gave up, cancelled, expired at closing                | `left`                                                         |
 * | a window opens, pauses, closes, or is planned to      | `server`, with the services it takes and what is planned        |
 *
 * Where `server` events come, the forecaster knows who is on duty and believes them. Where none ever come (a call centre's log), it
 * infers who is on duty from who served lately. Both may be true at once of different servers.
 *
 * The order of calling is by `joinedAt − creditMs` unless the caller, who may know better, passes the queue in its true order.
 * All instants are epoch ms that never go back, all durations ms.
 */

/** A service, or a type of call: what decides who may serve it and how long that takes. */
export type Kind = string;

export interface Customer {
  readonly id: string;
  readonly kind: Kind;
  /** 0 ordinary; a higher class is called sooner. Only learnt from: the order itself comes from the credit or from the caller. */
  readonly priority: number;
  readonly joinedAt: number;
  /** Called as if they had come so much earlier. */
  readonly creditMs: number;
}

/** Somebody who thinks of joining: a wait is told before the number is taken. */
export type WouldBe = Omit<Customer, 'id' | 'joinedAt'>;

export type ServerDuty = 'open' | 'paused' | 'closed';

export type LineEvent =
  | ({ readonly type: 'joined'; readonly at: number } & Omit<Customer, 'joinedAt'>)
  /** `id`: of somebody who waited; absent for a customer served at once who was never said to have joined. */
  | { readonly type: 'started'; readonly at: number; readonly id?: string; readonly kind: Kind; readonly server?: string }
  | { readonly type: 'ended'; readonly at: number; readonly server: string }
  | { readonly type: 'left'; readonly at: number; readonly id: string }
  | {
      readonly type: 'server';
      readonly at: number;
      readonly server: string;
      readonly duty: ServerDuty;
      /** What it takes; absent: learnt from what it served. */
      readonly kinds?: readonly Kind[];
      /** Planned: an open one will pause or close then, another will open then. A new event replaces the plan. */
      readonly changesAt?: number;
    };

/** Of the wait that is still to come, from the instant asked about. In eight cases of ten it lies between q10 and q90. */
export interface WaitForecast {
  readonly q10Ms: number;
  readonly q50Ms: number;
  readonly q90Ms: number;
}

/** Splits an instant in the line's own time zone: `day` counts up by one a day, `weekday` 1 = Monday … 7, time of day in ms. */
export type Calendar = (at: number) => { readonly day: number; readonly weekday: number; readonly timeOfDayMs: number };

export interface WaitForecaster {
  /** Learns: from what happens, and by comparing what was said before with what came true. Events in order of time. */
  observe(event: LineEvent): void;
  /**
   * The wait still to come of somebody in the line (by `id`) or of a would-be customer, as if they joined at `at`.
   * `queue`: everybody waiting in the true order of calling, if the caller knows it; `position`: would-be customers go before the one
   * at that index of it (default: the end of it, or the order of credit if no queue is given).
   */
  predict(at: number, customer: Customer | WouldBe, queue?: readonly Customer[], position?: number): WaitForecast;
  /** One forecast for each of the queue, in its order; the queue defaults to the order of credit. */
  predictAll(at: number, queue?: readonly Customer[]): readonly { readonly customer: Customer; readonly forecast: WaitForecast }[];
}
