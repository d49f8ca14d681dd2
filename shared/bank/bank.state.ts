/** What belongs to no branch: the tree, who may sign in, which devices are known. No names of people, no secrets. */
import type { Envelope } from '../aggregate.ts';
import type { OrderedMap } from '../ordered-map.ts';
import type { DeviceKind, StaffRole } from './bank.commands.ts';

export interface BankBranch {
  readonly id: string;
  readonly parentId?: string;
  readonly kind: 'unit' | 'branch';
  readonly name: { readonly zh: string; readonly en: string };
  readonly createdAt: number;
}

export interface Account {
  /** Also the staffId that branch events carry. */
  readonly username: string;
  readonly role: StaffRole;
  /** Ids of branches or units. An administrator sees all, whatever stands here. */
  readonly branches: readonly string[];
  readonly disabled: boolean;
  readonly createdAt: number;
  readonly passwordSetAt: number;
}

export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly branchId: string;
  readonly createdAt: number;
  readonly revokedAt?: number;
}

/** Who outside is told of events. Its address and secret are not here: they stand in a table of their own. */
export interface Webhook {
  readonly id: string;
  /** Scheme, host and port of the address. */
  readonly origin: string;
  readonly branches: readonly string[] | '*';
  readonly types: readonly string[];
  /** Silent emergencies too. */
  readonly silent: boolean;
  readonly createdAt: number;
  /** Given up after days without an answer; an administrator enables it again. */
  readonly suspendedAt?: number;
}

/** A person of one branch at work in another for a day. */
export interface StaffLoan {
  readonly id: string;
  readonly staffId: string;
  readonly fromBranchId: string;
  readonly toBranchId: string;
  readonly date: string;
  /** That date in the branch that borrows, hub ms. */
  readonly fromAt: number;
  readonly untilAt: number;
}

export interface BankState {
  readonly seq: number;
  readonly branches: OrderedMap<string, BankBranch>;
  readonly accounts: OrderedMap<string, Account>;
  readonly devices: OrderedMap<string, Device>;
  readonly webhooks: OrderedMap<string, Webhook>;
  /** To come, and those not long over. */
  readonly loans: OrderedMap<string, StaffLoan>;
  /** Enabled administrators: the last one cannot be lost. */
  readonly admins: number;
}

type E<T extends string, P = object> = { readonly type: T } & Readonly<P>;

/** `unitId` is the branch or unit meant: an envelope's own `branchId` is always `bank` here. */
export type BankEvent =
  | E<'account.created', { username: string; role: StaffRole; branches: readonly string[] }>
  | E<'account.updated', { username: string; role?: StaffRole; branches?: readonly string[] }>
  | E<'account.passwordSet', { username: string }>
  | E<'account.disabled', { username: string }>
  | E<'account.enabled', { username: string }>
  | E<'device.created', { deviceId: string; kind: DeviceKind; unitId: string }>
  | E<'device.revoked', { deviceId: string }>
  | E<'branch.created', { unitId: string; parentId?: string; kind: 'unit' | 'branch'; name: { readonly zh: string; readonly en: string } }>
  | E<'loan.made', { loanId: string; staffId: string; fromUnitId: string; toUnitId: string; date: string; fromAt: number; untilAt: number }>
  | E<'loan.ended', { loanId: string }>
  | E<
      'webhook.created',
      { webhookId: string; origin: string; branches: readonly string[] | '*'; types: readonly string[]; silent: boolean }
    >
  | E<'webhook.removed', { webhookId: string }>
  | E<'webhook.suspended', { webhookId: string }>
  | E<'webhook.enabled', { webhookId: string; missed: 'send' | 'skip' }>;

export type StoredBankEvent = Envelope & BankEvent;
