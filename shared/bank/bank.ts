/** The second aggregate: same bones as the branch, its own log under the id `bank`. */
import type { Aggregate } from '../aggregate.ts';
import { byString, OrderedMap } from '../ordered-map.ts';
import type { BankCommand } from './bank.commands.ts';
import { rule } from './bank.rules.ts';
import type { Account, BankBranch, BankEvent, BankState, Device, StaffLoan, StoredBankEvent, Webhook } from './bank.state.ts';

interface FrozenBank {
  seq: number;
  branches: BankBranch[];
  accounts: Account[];
  devices: Device[];
  webhooks: Webhook[];
  loans: StaffLoan[];
}

const empty: BankState = {
  seq: 0,
  branches: OrderedMap.empty(byString),
  accounts: OrderedMap.empty(byString),
  devices: OrderedMap.empty(byString),
  webhooks: OrderedMap.empty(byString),
  loans: OrderedMap.empty(byString),
  admins: 0,
};

const countsAsAdmin = (account: Account | undefined): number => (account?.role === 'admin' && !account.disabled ? 1 : 0);

function putAccount(state: BankState, username: string, change: (account: Account | undefined) => Account | undefined): BankState {
  const before = state.accounts.get(username);
  const after = change(before);
  if (!after) return state;
  return { ...state, accounts: state.accounts.set(username, after), admins: state.admins - countsAsAdmin(before) + countsAsAdmin(after) };
}

const LOANS_KEPT_MS = 35 * 24 * 3_600_000;

/** Forgets what is long over whenever one is added: their number stays that of some weeks. */
function withoutOld(loans: BankState['loans'], at: number): BankState['loans'] {
  let kept = loans;
  for (const { id, untilAt } of loans.values()) if (untilAt < at - LOANS_KEPT_MS) kept = kept.delete(id);
  return kept;
}

function fold(state: BankState, event: StoredBankEvent): BankState {
  switch (event.type) {
    case 'account.created': {
      const { username, role, branches, at } = event;
      return putAccount(state, username, () => ({ username, role, branches, disabled: false, createdAt: at, passwordSetAt: at }));
    }
    case 'account.updated':
      return putAccount(
        state,
        event.username,
        (account) => account && { ...account, role: event.role ?? account.role, branches: event.branches ?? account.branches },
      );
    case 'account.passwordSet':
      return putAccount(state, event.username, (account) => account && { ...account, passwordSetAt: event.at });
    case 'account.disabled':
    case 'account.enabled':
      return putAccount(state, event.username, (account) => account && { ...account, disabled: event.type === 'account.disabled' });
    case 'device.created': {
      const { deviceId, kind, unitId, at } = event;
      return { ...state, devices: state.devices.set(deviceId, { id: deviceId, kind, branchId: unitId, createdAt: at }) };
    }
    case 'device.revoked': {
      const device = state.devices.get(event.deviceId);
      return device ? { ...state, devices: state.devices.set(device.id, { ...device, revokedAt: event.at }) } : state;
    }
    case 'branch.created': {
      const { unitId, parentId, kind, name, at } = event;
      return { ...state, branches: state.branches.set(unitId, { id: unitId, parentId, kind, name, createdAt: at }) };
    }
    case 'loan.made': {
      const { loanId: id, staffId, fromUnitId: fromBranchId, toUnitId: toBranchId, date, fromAt, untilAt, at } = event;
      const loan: StaffLoan = { id, staffId, fromBranchId, toBranchId, date, fromAt, untilAt };
      return { ...state, loans: withoutOld(state.loans, at).set(id, loan) };
    }
    case 'loan.ended':
      return { ...state, loans: state.loans.delete(event.loanId) };
    case 'webhook.created': {
      const { webhookId: id, origin, branches, types, silent, at } = event;
      return { ...state, webhooks: state.webhooks.set(id, { id, origin, branches, types, silent, createdAt: at }) };
    }
    case 'webhook.removed':
      return { ...state, webhooks: state.webhooks.delete(event.webhookId) };
    case 'webhook.suspended':
    case 'webhook.enabled': {
      const webhook = state.webhooks.get(event.webhookId);
      const suspendedAt = event.type === 'webhook.suspended' ? event.at : undefined;
      return webhook ? { ...state, webhooks: state.webhooks.set(webhook.id, { ...webhook, suspendedAt }) } : state;
    }
  }
}

const evolve = (state: BankState, event: StoredBankEvent): BankState => ({ ...fold(state, event), seq: event.seq });

export const bank: Aggregate<BankState, BankCommand, BankEvent> = {
  version: 3,
  initial: () => empty,
  decide(state, command, context) {
    const ruling = rule(state, command);
    if ('code' in ruling) return { ok: false, refusal: ruling };
    const events = ruling.map((event, index) => ({
      ...event,
      branchId: 'bank',
      seq: state.seq + index + 1,
      at: context.now,
      actor: context.actor.id,
    }));
    return { ok: true, events, state: events.reduce(evolve, state) };
  },
  evolve,
  due: () => undefined,
  seqOf: (state) => state.seq,
  freeze: (state): FrozenBank => ({
    seq: state.seq,
    branches: [...state.branches.values()],
    accounts: [...state.accounts.values()],
    devices: [...state.devices.values()],
    webhooks: [...state.webhooks.values()],
    loans: [...state.loans.values()],
  }),
  thaw(frozen) {
    const { seq, branches, accounts, devices, webhooks, loans } = frozen as FrozenBank;
    return {
      seq,
      branches: branches.reduce((map, branch) => map.set(branch.id, branch), empty.branches),
      accounts: accounts.reduce((map, account) => map.set(account.username, account), empty.accounts),
      devices: devices.reduce((map, device) => map.set(device.id, device), empty.devices),
      webhooks: webhooks.reduce((map, webhook) => map.set(webhook.id, webhook), empty.webhooks),
      loans: loans.reduce((map, loan) => map.set(loan.id, loan), empty.loans),
      admins: accounts.reduce((sum, account) => sum + countsAsAdmin(account), 0),
    };
  },
  eventVersions: {},
  upcast: (_type, _version, payload) => payload,
};
