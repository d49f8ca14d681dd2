/** What the rest of the server may ask of the hub. The hub is the one road for every change. */
import type { Actor, Aggregate, Calendar, Envelope, StaffDirectory } from '../../shared/aggregate.ts';
import type { BankCommand } from '../../shared/bank/bank.commands.ts';
import type { BankEvent, BankState } from '../../shared/bank/bank.state.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import type { BranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchCommand } from '../../shared/contract/commands.ts';
import type { OutlookBoard } from '../forecast/outlook-board.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { HubMetrics } from '../platform/metrics.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Database, Store } from '../store/store.types.ts';

/** The three types an aggregate is made of. */
export interface Shape {
  state: unknown;
  command: { type: string };
  event: { type: string };
}

export interface BranchShape {
  state: BranchState;
  command: BranchCommand;
  event: BranchEvent;
}

export interface BankShape {
  state: BankState;
  command: BankCommand;
  event: BankEvent;
}

export type AggregateOf<S extends Shape> = Aggregate<S['state'], S['command'], S['event']>;
export type Stored<Event> = Envelope & Event;

/** `seq` is the log's head right after this command. A replay carries what the first reply carried. */
export interface OutcomeAccepted<Event> {
  readonly ok: true;
  readonly seq: number;
  readonly events: readonly Stored<Event>[];
  readonly result?: Readonly<Record<string, unknown>>;
  readonly replayed: boolean;
}

/** 404 no such branch · 409 a rule refused · 422 same id, other body · 503 try again with the same id. */
export interface OutcomeRefused {
  readonly ok: false;
  readonly status: 404 | 409 | 422 | 503;
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** The command's field at fault, where one is. */
  readonly path?: string;
}

export type Outcome<Event = BranchEvent> = OutcomeAccepted<Event> | OutcomeRefused;

export interface ExecuteOptions {
  readonly actor: Actor;
  /** Client-made UUID: ids are per branch and actor. */
  readonly commandId: string;
  /** The parsed command as posted, without its id: what "same body" is judged by. */
  readonly body: unknown;
}

export interface ExecuteBankOptions extends ExecuteOptions {
  /** Writes that belong to the command but not to the log (a password's or token's hash): same transaction. Synchronous. */
  readonly write?: (db: Database) => void;
}

export type CommitListener<State, Event> = (branchId: string, events: readonly Stored<Event>[], state: State) => void;

export interface Hub<Branch extends Shape = BranchShape, Bank extends Shape = BankShape> {
  /** Says `hub.resumed` to every branch after a restart, then starts the timers. Register listeners first. */
  start(): Promise<void>;
  execute(branchId: string, command: Branch['command'], options: ExecuteOptions): Promise<Outcome<Branch['event']>>;
  executeBank(command: Bank['command'], options: ExecuteBankOptions): Promise<Outcome<Bank['event']>>;
  /** Committed state in memory; undefined when the bank has no such branch. */
  state(branchId: string): Branch['state'] | undefined;
  bank(): Bank['state'];
  /** Stored events with seq > `after`, oldest first, at most `limit`. */
  eventsAfter(branchId: string, after: number, limit: number): Stored<Branch['event']>[];
  bankEventsAfter(after: number, limit: number): Stored<Bank['event']>[];
  /** Called synchronously after each commit, in order, before the replies. Returns how to stop listening. */
  onCommitted(listener: CommitListener<Branch['state'], Branch['event']>): () => void;
  onBankCommitted(listener: CommitListener<Bank['state'], Bank['event']>): () => void;
  /** For `/readyz`: the store takes a write and the timers run. */
  ready(): boolean;
  /** Answers what is queued, stops the timers, writes snapshots. The store stays open. */
  stop(): Promise<void>;
}

export interface Aggregates<Branch extends Shape, Bank extends Shape> {
  readonly branch: AggregateOf<Branch>;
  readonly bank: AggregateOf<Bank>;
  /** Whether the bank has this branch: anything else is 404. */
  readonly hasBranch: (bank: Bank['state'], branchId: string) => boolean;
  /** A branch's people, as the bank has them. */
  readonly staffOf: (bank: Bank['state'], branchId: string) => StaffDirectory;
}

export interface HubOptions<Branch extends Shape, Bank extends Shape> {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly calendar: Calendar;
  readonly log: Log;
  readonly metrics?: HubMetrics;
  readonly scheduler?: Scheduler;
  readonly aggregates: Aggregates<Branch, Bank>;
  /** Waits predicted off the command path. */
  readonly board?: OutlookBoard;
  /** Key of the command body hashes. */
  readonly commandKey: Buffer;
  /** Commands waiting at once; more are answered 503 `hub.busy`. */
  readonly maxQueue?: number;
}
