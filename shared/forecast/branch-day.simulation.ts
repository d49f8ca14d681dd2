/**
 * A branch's windows played through a day, or from now to the evening: who comes when and how long each takes is given, the rule that
 * opens and closes windows is asked every half minute. Deterministic: chance is in what is given. Fast: a day of 500 customers takes
 * about a tenth of a millisecond without a rule. Instants and durations are seconds from any zero, rising.
 */

/** Who comes, in order of arrival; one place in each array per customer. Those who came before the start wait already. */
export interface Arrivals {
  readonly arrivesS: Float64Array;
  readonly serviceS: Float64Array;
  /** Index of the service asked for, 0 … 30. Absent: all alike. */
  readonly kind?: Uint8Array;
  /** Called as if they had come so much earlier. */
  readonly creditS?: Float64Array;
  /** Gives up after waiting so long. */
  readonly patienceS?: Float64Array;
}

export interface SimulatedWindow {
  /** Bit k set: takes services of kind k. Absent: takes all. */
  readonly takes?: number;
  /** Absent: closed. In the future: opens then. In the past: open since then. */
  readonly openedAtS?: number;
  /** Serves somebody until then. */
  readonly busyUntilS?: number;
  /** Begin and kind of that service, for the rule to know. */
  readonly busySinceS?: number;
  readonly busyKind?: number;
  /** Planned: takes nobody from then on. */
  readonly closesAtS?: number;
}

export interface WindowRules {
  /** From the decision to the first customer. */
  readonly toOpenS: number;
  /** Once open, it stays open so long. */
  readonly leastOpenS: number;
  readonly fewest: number;
  readonly most: number;
}

export interface DaySetting {
  readonly startS: number;
  /** The doors close: windows with nobody left to serve close for good. */
  readonly doorsCloseS: number;
  readonly windows: readonly SimulatedWindow[];
  readonly rules: WindowRules;
}

/** What a rule may look at. The same object is handed in every time. */
export interface FloorNow {
  nowS: number;
  /** Arrived by now, waiting or not. */
  arrived: number;
  waiting: number;
  /** The same by kind; all are of kind 0 where kinds are not given. */
  readonly waitingByKind: Int32Array;
  /** Open or opening, not closing. */
  windows: number;
  /** Of those, still opening. */
  opening: number;
  /** Begin and kind of each service in progress, as many as `busy`. */
  readonly busySinceS: Float64Array;
  readonly busyKind: Uint8Array;
  busy: number;
  /** Of who waits longest; 0 if nobody waits. */
  oldestWaitS: number;
}

/** How many windows should be open or opening from now on. */
export type WindowRule = (now: FloorNow) => number;

export interface DayOutcome {
  /** Per customer; −1 for those who left. */
  readonly waitS: Float64Array;
  readonly left: number;
  /** Windows × time from being ready to the end of the last service. */
  readonly openS: number;
  /** The same from the decision to open: what it takes of somebody's time. */
  readonly staffedS: number;
  readonly openings: number;
  readonly lastServedS: number;
}

/** A rule is asked so often. */
export const ASKED_EVERY_S = 30;
const NEVER = Number.POSITIVE_INFINITY;
const ALL = -1;

interface Window {
  readonly takes: number;
  open: boolean;
  closing: boolean;
  decidedAtS: number;
  readyAtS: number;
  closesAtS: number;
  /** Next instant at which something happens here: ready, free again; `NEVER` while idle or closed. */
  nextS: number;
  since: number;
  kind: number;
  busy: boolean;
}

/** Kinds fit the bits of `takes`. */
const KINDS = 31;

interface Lane {
  readonly customers: number[];
  /** Place of the first who still waits. */
  head: number;
}

export function simulateDay(arrivals: Arrivals, setting: DaySetting, rule?: WindowRule): DayOutcome {
  return new Day(arrivals, setting).play(rule);
}

class Day {
  private readonly windows: Window[];
  /** By kind, each in the order of calling: a window looks at the first of each kind it takes, however long the line. */
  private readonly lanes: readonly Lane[] = Array.from({ length: KINDS }, () => ({ customers: [], head: 0 }));
  private queued = 0;
  /** Kinds seen so far are below this. */
  private kinds = 0;
  /** Nobody gives up before: until then there is no need to look. */
  private leavesFromS = NEVER;
  private next = 0;
  private left = 0;
  private openS = 0;
  private staffedS = 0;
  private openings = 0;
  private lastServedS = 0;
  private readonly waitS: Float64Array;
  private readonly now: FloorNow;

  constructor(
    private readonly arrivals: Arrivals,
    private readonly setting: DaySetting,
  ) {
    const { windows, rules, startS } = setting;
    this.waitS = new Float64Array(arrivals.arrivesS.length).fill(-1);
    this.lastServedS = startS;
    const places = Math.max(windows.length, rules.most);
    this.windows = Array.from({ length: places }, (_none, place) => windowOf(windows[place] ?? {}, startS));
    this.now = {
      nowS: startS,
      arrived: 0,
      waiting: 0,
      waitingByKind: new Int32Array(KINDS),
      windows: 0,
      opening: 0,
      busySinceS: new Float64Array(places),
      busyKind: new Uint8Array(places),
      busy: 0,
      oldestWaitS: 0,
    };
  }

  play(rule: WindowRule | undefined): DayOutcome {
    const { arrivesS } = this.arrivals;
    const { startS, doorsCloseS } = this.setting;
    let askS = rule === undefined ? NEVER : startS;
    let doorsS = doorsCloseS;
    while (this.next < arrivesS.length && (arrivesS[this.next] as number) < startS) this.join();
    for (let nowS = startS; ; ) {
      const arrivalS = this.next < arrivesS.length ? (arrivesS[this.next] as number) : NEVER;
      let windowS = NEVER;
      for (const window of this.windows) if (window.nextS < windowS) windowS = window.nextS;
      nowS = Math.min(arrivalS, windowS, askS, doorsS);
      // Nobody comes, nobody is served and nobody waits whom a window could take.
      if (nowS === askS && arrivalS === NEVER && windowS === NEVER && (this.waiting() === 0 || askS > doorsCloseS + 86_400)) break;
      if (nowS === NEVER) break;
      if (nowS === arrivalS) this.arrive(nowS);
      else if (nowS === windowS) this.windowsAt(nowS);
      else if (nowS === doorsS) doorsS = NEVER;
      else if (rule !== undefined) {
        askS += ASKED_EVERY_S;
        this.change(nowS, rule(this.look(nowS)));
      }
      if (nowS >= doorsCloseS && this.waiting() === 0) this.closeIdle(nowS);
    }
    for (const window of this.windows) if (window.open) this.close(window, Math.max(this.lastServedS, doorsCloseS));
    const { waitS, left, openS, staffedS, openings, lastServedS } = this;
    return { waitS, left: left + this.waiting(), openS, staffedS, openings, lastServedS };
  }

  private waiting(): number {
    return this.queued;
  }

  private join(): void {
    const customer = this.next;
    this.next += 1;
    const kind = this.kindOf(customer);
    this.now.waitingByKind[kind] = (this.now.waitingByKind[kind] as number) + 1;
    this.queued += 1;
    this.kinds = Math.max(this.kinds, kind + 1);
    const { creditS, patienceS, arrivesS } = this.arrivals;
    if (patienceS !== undefined)
      this.leavesFromS = Math.min(this.leavesFromS, (arrivesS[customer] as number) + (patienceS[customer] as number));
    const { customers, head } = this.lanes[kind] as Lane;
    let place = customers.length;
    if (creditS !== undefined) while (place > head && this.keyOf(customers[place - 1] as number) > this.keyOf(customer)) place -= 1;
    if (place === customers.length) customers.push(customer);
    else customers.splice(place, 0, customer);
  }

  private arrive(nowS: number): void {
    this.join();
    for (const window of this.windows) if (window.open && !window.busy && window.readyAtS <= nowS && this.serveNext(window, nowS)) return;
  }

  /** Where kinds are not given all are alike, and every window takes them. */
  private kindOf(customer: number): number {
    return this.arrivals.kind?.[customer] ?? 0;
  }

  private keyOf(customer: number): number {
    return (this.arrivals.arrivesS[customer] as number) - (this.arrivals.creditS?.[customer] ?? 0);
  }

  private windowsAt(nowS: number): void {
    for (const window of this.windows) {
      if (window.nextS > nowS) continue;
      if (window.busy) this.lastServedS = Math.max(this.lastServedS, nowS);
      window.busy = false;
      window.nextS = window.closesAtS;
      if (window.closing) this.close(window, nowS);
      else this.serveNext(window, nowS);
    }
  }

  /** Takes the first in the order of calling whom it may take; whoever gave up meanwhile is gone. */
  private serveNext(window: Window, nowS: number): boolean {
    if (nowS >= window.closesAtS) {
      this.close(window, nowS);
      return false;
    }
    this.dropLeavers(nowS);
    const kind = this.firstFor(this.arrivals.kind === undefined ? ALL : window.takes);
    if (kind === undefined) return false;
    const customer = this.callFrom(this.lanes[kind] as Lane);
    this.waitS[customer] = nowS - (this.arrivals.arrivesS[customer] as number);
    window.busy = true;
    window.since = nowS;
    window.kind = kind;
    this.now.waitingByKind[kind] = (this.now.waitingByKind[kind] as number) - 1;
    window.nextS = nowS + (this.arrivals.serviceS[customer] as number);
    return true;
  }

  /** The kind, of those in `takes`, of who is to be called first. */
  private firstFor(takes: number): number | undefined {
    let best: number | undefined;
    let bestKey = NEVER;
    let bestCustomer = NEVER;
    for (let kind = 0; kind < this.kinds; kind += 1) {
      if (this.now.waitingByKind[kind] === 0 || (takes !== ALL && (takes & (1 << kind)) === 0)) continue;
      const { customers, head } = this.lanes[kind] as Lane;
      const customer = customers[head] as number;
      const key = this.keyOf(customer);
      // Alike: who came first.
      if (key > bestKey || (key === bestKey && customer > bestCustomer)) continue;
      best = kind;
      bestKey = key;
      bestCustomer = customer;
    }
    return best;
  }

  private callFrom(lane: Lane): number {
    const customer = lane.customers[lane.head] as number;
    lane.head += 1;
    this.queued -= 1;
    if (lane.head >= 256) {
      lane.customers.splice(0, lane.head);
      lane.head = 0;
    }
    return customer;
  }

  private dropLeavers(nowS: number): void {
    const { patienceS, arrivesS } = this.arrivals;
    if (patienceS === undefined || nowS <= this.leavesFromS) return;
    this.leavesFromS = NEVER;
    for (const [kind, lane] of this.lanes.entries()) {
      let kept = lane.head;
      for (let place = lane.head; place < lane.customers.length; place += 1) {
        const customer = lane.customers[place] as number;
        const leavesAtS = (arrivesS[customer] as number) + (patienceS[customer] as number);
        if (nowS > leavesAtS) this.leave(kind);
        else {
          lane.customers[kept++] = customer;
          this.leavesFromS = Math.min(this.leavesFromS, leavesAtS);
        }
      }
      lane.customers.length = kept;
    }
  }

  private leave(kind: number): void {
    this.now.waitingByKind[kind] = (this.now.waitingByKind[kind] as number) - 1;
    this.queued -= 1;
    this.left += 1;
  }

  private look(nowS: number): FloorNow {
    this.dropLeavers(nowS);
    const { now } = this;
    const first = this.firstFor(ALL);
    now.nowS = nowS;
    now.arrived = this.next;
    now.waiting = this.waiting();
    now.oldestWaitS = first === undefined ? 0 : nowS - this.arrivedFirst(first);
    now.windows = 0;
    now.opening = 0;
    now.busy = 0;
    for (const window of this.windows) {
      if (window.busy) {
        now.busySinceS[now.busy] = window.since;
        now.busyKind[now.busy++] = window.kind;
      }
      if (!window.open || window.closing) continue;
      now.windows += 1;
      if (window.readyAtS > nowS) now.opening += 1;
    }
    return now;
  }

  private arrivedFirst(kind: number): number {
    const { customers, head } = this.lanes[kind] as Lane;
    return this.arrivals.arrivesS[customers[head] as number] as number;
  }

  private change(nowS: number, wanted: number): void {
    const { rules, doorsCloseS } = this.setting;
    let more = Math.min(rules.most, Math.max(rules.fewest, wanted)) - this.now.windows;
    for (const window of this.windows) {
      if (more <= 0) break;
      if (window.open) continue;
      window.open = true;
      window.closing = false;
      window.decidedAtS = nowS;
      window.readyAtS = nowS + rules.toOpenS;
      window.nextS = window.readyAtS;
      window.closesAtS = NEVER;
      this.openings += 1;
      more -= 1;
    }
    for (; more < 0; more += 1) {
      const window = this.mayClose(nowS, nowS >= doorsCloseS ? 0 : rules.leastOpenS);
      if (window === undefined) return;
      if (window.busy) window.closing = true;
      else this.close(window, nowS);
    }
  }

  /** An idle window before a busy one; of those the one longest open. */
  private mayClose(nowS: number, leastOpenS: number): Window | undefined {
    let best: Window | undefined;
    for (const window of this.windows) {
      if (!window.open || window.closing || nowS < window.readyAtS + leastOpenS) continue;
      if (best === undefined || (best.busy && !window.busy) || (best.busy === window.busy && window.readyAtS < best.readyAtS))
        best = window;
    }
    return best;
  }

  private closeIdle(nowS: number): void {
    for (const window of this.windows) if (window.open && !window.busy) this.close(window, nowS);
  }

  private close(window: Window, nowS: number): void {
    this.openS += Math.max(0, nowS - Math.max(window.readyAtS, this.setting.startS));
    this.staffedS += nowS - window.decidedAtS;
    window.open = false;
    window.closing = false;
    window.nextS = NEVER;
  }
}

function windowOf({ takes, openedAtS, busyUntilS, busySinceS, busyKind, closesAtS }: SimulatedWindow, startS: number): Window {
  const busy = busyUntilS !== undefined && busyUntilS > startS;
  return {
    takes: takes ?? ALL,
    open: openedAtS !== undefined,
    closing: false,
    decidedAtS: Math.max(startS, openedAtS ?? startS),
    readyAtS: openedAtS ?? NEVER,
    closesAtS: closesAtS ?? NEVER,
    nextS: busy ? busyUntilS : openedAtS === undefined ? NEVER : Math.max(openedAtS, startS),
    since: busySinceS ?? startS,
    kind: busyKind ?? 0,
    busy,
  };
}
