/** The rules of the bank: each answers the events of a command, or why not. */
import type { Refusal } from '../aggregate.ts';
import type { BankCommand } from './bank.commands.ts';
import type { Account, BankEvent, BankState } from './bank.state.ts';
import { branchesOf } from './reach.ts';

type Ruling = readonly BankEvent[] | Refusal;
type Of<T extends BankCommand['type']> = Extract<BankCommand, { type: T }>;

/** Each has connections of its own, so that a dead receiver never delays another: their number is the bound. */
const MOST_WEBHOOKS = 50;

const refuse = (code: string, message: string, params?: Refusal['params'], path?: string): Refusal => ({ code, message, params, path });
const noAccount = (username: string): Refusal =>
  refuse('account.unknown', 'There is no account of this username.', { username }, 'username');
const lastAdmin = (): Refusal => refuse('account.last_admin', 'This is the last administrator; make another one first.');

function unknownPlace(state: BankState, branches: readonly string[]): Refusal | undefined {
  const missing = branches.findIndex((id) => state.branches.get(id) === undefined);
  if (missing < 0) return undefined;
  return refuse('branch.unknown', 'There is no such branch.', { branchId: branches[missing] ?? '' }, `branches.${missing}`);
}

/** Every role but the administrator's works somewhere; one-branch roles at exactly one place or more, all of them real. */
function checkPlaces(state: BankState, role: Account['role'], branches: readonly string[]): Refusal | undefined {
  const unknown = unknownPlace(state, branches);
  if (unknown) return unknown;
  if (role !== 'admin' && branches.length === 0)
    return refuse('account.needs_branch', 'Name at least one branch for this role.', { role }, 'branches');
  return undefined;
}

const isActiveAdmin = (account: Account): boolean => account.role === 'admin' && !account.disabled;

function createAccount(state: BankState, { username, role, branches }: Of<'account.create'>): Ruling {
  if (state.accounts.get(username)) return refuse('account.exists', 'This username is taken; choose another.', { username }, 'username');
  return checkPlaces(state, role, branches) ?? [{ type: 'account.created', username, role, branches }];
}

function updateAccount(state: BankState, { username, role, branches }: Of<'account.update'>): Ruling {
  const account = state.accounts.get(username);
  if (!account) return noAccount(username);
  if (isActiveAdmin(account) && state.admins === 1 && role !== undefined && role !== 'admin') return lastAdmin();
  const changed = { ...(role === undefined ? {} : { role }), ...(branches === undefined ? {} : { branches }) };
  return checkPlaces(state, role ?? account.role, branches ?? account.branches) ?? [{ type: 'account.updated', username, ...changed }];
}

function disableAccount(state: BankState, { username }: Of<'account.disable'>): Ruling {
  const account = state.accounts.get(username);
  if (!account) return noAccount(username);
  if (account.disabled) return refuse('account.already_disabled', 'This account is disabled already.', { username });
  return isActiveAdmin(account) && state.admins === 1 ? lastAdmin() : [{ type: 'account.disabled', username }];
}

function enableAccount(state: BankState, { username }: Of<'account.enable'>): Ruling {
  const account = state.accounts.get(username);
  if (!account) return noAccount(username);
  return account.disabled
    ? [{ type: 'account.enabled', username }]
    : refuse('account.not_disabled', 'This account is in use already.', { username });
}

function createDevice(state: BankState, { deviceId, kind, branchId }: Of<'device.create'>): Ruling {
  if (state.devices.get(deviceId))
    return refuse('device.exists', 'This device id was used before; choose another.', { deviceId }, 'deviceId');
  if (state.branches.get(branchId)?.kind !== 'branch')
    return refuse('branch.unknown', 'There is no such branch.', { branchId }, 'branchId');
  return [{ type: 'device.created', deviceId, kind, unitId: branchId }];
}

function revokeDevice(state: BankState, { deviceId }: Of<'device.revoke'>): Ruling {
  const device = state.devices.get(deviceId);
  if (!device) return refuse('device.unknown', 'There is no such device.', { deviceId }, 'deviceId');
  if (device.revokedAt !== undefined) return refuse('device.already_revoked', 'This device is revoked already.', { deviceId });
  return [{ type: 'device.revoked', deviceId }];
}

function createBranch(state: BankState, { branchId, parentId, kind, name }: Of<'branch.create'>): Ruling {
  if (state.branches.get(branchId)) return refuse('branch.exists', 'This branch id is taken; choose another.', { branchId }, 'branchId');
  if (parentId !== undefined && state.branches.get(parentId)?.kind !== 'unit') {
    return refuse('branch.parent_unknown', 'There is no unit of this id to put the branch under.', { parentId }, 'parentId');
  }
  return [{ type: 'branch.created', unitId: branchId, ...(parentId === undefined ? {} : { parentId }), kind, name }];
}

function makeLoan(state: BankState, { loanId, staffId, fromBranchId, toBranchId, date, fromAt, untilAt }: Of<'loan.make'>): Ruling {
  if (state.loans.get(loanId)) return refuse('loan.exists', 'This loan was made already.', { loanId }, 'loanId');
  const account = state.accounts.get(staffId);
  const home = account === undefined || account.disabled ? [] : branchesOf(state, account);
  if (home === '*' || !home.includes(fromBranchId))
    return refuse('loan.not_theirs', 'This person does not work for the branch that lends.', { staffId }, 'staffId');
  if (state.branches.get(toBranchId)?.kind !== 'branch')
    return refuse('branch.unknown', 'There is no such branch.', { branchId: toBranchId }, 'toBranchId');
  if (home.includes(toBranchId)) return refuse('loan.works_there', 'This person works for that branch anyway.', { staffId }, 'toBranchId');
  for (const loan of state.loans.values())
    if (loan.staffId === staffId && loan.date === date)
      return refuse('loan.lent_already', 'This person is lent on that day already; end that loan first.', { staffId, date }, 'staffId');
  return [{ type: 'loan.made', loanId, staffId, fromUnitId: fromBranchId, toUnitId: toBranchId, date, fromAt, untilAt }];
}

function createWebhook(state: BankState, { webhookId, origin, branches, types, silent = false }: Of<'webhook.create'>): Ruling {
  if (state.webhooks.get(webhookId))
    return refuse('webhook.exists', 'This webhook id is taken; choose another.', { webhookId }, 'webhookId');
  if (state.webhooks.size >= MOST_WEBHOOKS)
    return refuse('webhook.too_many', `A bank has at most ${MOST_WEBHOOKS} webhooks; remove one first.`, { most: MOST_WEBHOOKS });
  const unknown = branches === '*' ? undefined : unknownPlace(state, branches);
  return unknown ?? [{ type: 'webhook.created', webhookId, origin, branches, types, silent }];
}

function ofWebhook(state: BankState, command: Of<'webhook.remove' | 'webhook.suspend' | 'webhook.enable'>): Ruling {
  const { webhookId } = command;
  const webhook = state.webhooks.get(webhookId);
  if (!webhook) return refuse('webhook.unknown', 'There is no such webhook.', { webhookId }, 'webhookId');
  if (command.type === 'webhook.remove') return [{ type: 'webhook.removed', webhookId }];
  if (command.type === 'webhook.suspend') return webhook.suspendedAt === undefined ? [{ type: 'webhook.suspended', webhookId }] : [];
  return webhook.suspendedAt === undefined
    ? refuse('webhook.not_suspended', 'This webhook is in use already.', { webhookId })
    : [{ type: 'webhook.enabled', webhookId, missed: command.missed }];
}

/** Pure; never throws. */
export function rule(state: BankState, command: BankCommand): Ruling {
  switch (command.type) {
    case 'bank.setUp':
      return state.accounts.size > 0
        ? refuse('setup.done', 'There is an administrator already; sign in instead.')
        : [{ type: 'account.created', username: command.username, role: 'admin', branches: [] }];
    case 'account.create':
      return createAccount(state, command);
    case 'account.update':
      return updateAccount(state, command);
    case 'account.setPassword':
      return state.accounts.get(command.username)
        ? [{ type: 'account.passwordSet', username: command.username }]
        : noAccount(command.username);
    case 'account.disable':
      return disableAccount(state, command);
    case 'account.enable':
      return enableAccount(state, command);
    case 'device.create':
      return createDevice(state, command);
    case 'device.revoke':
      return revokeDevice(state, command);
    case 'branch.create':
      return createBranch(state, command);
    case 'loan.make':
      return makeLoan(state, command);
    case 'loan.end':
      return state.loans.get(command.loanId)
        ? [{ type: 'loan.ended', loanId: command.loanId }]
        : refuse('loan.unknown', 'There is no such loan, or it is long over.', { loanId: command.loanId }, 'loanId');
    case 'webhook.create':
      return createWebhook(state, command);
    case 'webhook.remove':
    case 'webhook.suspend':
    case 'webhook.enable':
      return ofWebhook(state, command);
  }
}
