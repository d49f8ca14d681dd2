/** Machines as the branch knows them: what they said of themselves, what staff said of them, what follows. */
import type { FaultCode, MachineStateName, MachineStatus } from '../../contract/machines.ts';

export interface Fault {
  readonly code: FaultCode;
  readonly since: number;
  /** The cash unit at fault, where one is. */
  readonly unitId?: string;
}

export interface Machine {
  readonly id: string;
  /** What follows from telemetry and report together: the worse of the two. */
  readonly state: MachineStateName;
  readonly since: number;
  readonly faults: readonly Fault[];
  /** Where the state comes from. `none`: nobody has said anything yet. */
  readonly source: 'none' | 'telemetry' | 'staff';
  /** When its source last said something that was written down: hub time. */
  readonly saidAt?: number;
  /** All that telemetry has told so far, merged. */
  readonly status?: MachineStatus;
  /** Hub time at which telemetry was last written down (what changed nothing was not). */
  readonly heardAt?: number;
  /** The machine's own clock at the last report written down: an older report changes nothing. */
  readonly reportedAt?: number;
  /** Nothing heard for `silentAfterMs`: since when. */
  readonly silentSince?: number;
  /** Heard, but what it tells leaves its state unknown, and staff have said nothing: since when. */
  readonly unclearSince?: number;
  readonly handReport?: {
    readonly state: MachineStateName;
    readonly fault?: FaultCode;
    readonly by: string;
    readonly at: number;
    readonly noteRef?: string;
  };
  readonly maintenance: readonly PlannedMaintenance[];
}

export interface PlannedMaintenance {
  readonly id: string;
  readonly fromAt: number;
  readonly untilAt: number;
  readonly reasonRef?: string;
  readonly plannedBy: string;
  readonly begun?: true;
}

/** Adding cash (加钞): done by two people, each confirming as themselves. */
export interface Replenishment {
  readonly id: string;
  readonly machineId: string;
  readonly at: number;
  readonly by: string;
  readonly loadedFen: number;
  readonly countedFen: number;
  readonly expectedFen: number;
  /** Counted less expected: positive = long (长款), negative = short (短款). */
  readonly differenceFen: number;
  /** Pieces put into each cash unit, where they were counted. */
  readonly units?: readonly { readonly id: string; readonly count: number }[];
  readonly confirmedBy?: string;
  readonly confirmedAt?: number;
  /** A difference must be settled by then: the end of the same business day. */
  readonly settleBy?: number;
  readonly remindedAt?: number;
  readonly settledBy?: string;
  readonly settledAt?: number;
  readonly explanationRef?: string;
}

/** One line of the register of retained cards (吞卡登记). */
export interface RetainedCard {
  readonly id: string;
  readonly machineId: string;
  readonly retainedAt: number;
  readonly state: 'inMachine' | 'collected' | 'handedBack' | 'destroyed';
  /** Last four digits, kept apart. */
  readonly digitsRef?: string;
  readonly contactRef?: string;
  readonly collectedBy?: string;
  readonly collectedAt?: number;
  readonly endedBy?: string;
  readonly endedAt?: number;
  readonly reasonRef?: string;
}
