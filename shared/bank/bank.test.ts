import { expect, test } from 'vitest';
import { type Context, nobody, type Refusal } from '../aggregate.ts';
import { bank } from './bank.ts';
import { branchesOf } from './reach.ts';
import type { BankCommand } from './bank.commands.ts';
import type { BankState, StoredBankEvent } from './bank.state.ts';

const context: Context = {
  now: 1_000,
  actor: { id: 'root', kind: 'staff', role: 'admin', branches: '*' },
  newId: () => 'id',
  calendar: {
    dayOf: () => ({ date: '2026-01-01', endsAt: 0 }),
    addBusinessMs: (at, ms) => at + ms,
    addDays: (at) => at,
    instantOf: () => 0,
  },
  staff: nobody,
};
const name = { zh: '网点', en: 'Branch' };

function given(...commands: BankCommand[]): { state: BankState; log: StoredBankEvent[] } {
  let state = bank.initial('bank');
  const log: StoredBankEvent[] = [];
  for (const command of commands) {
    const decision = bank.decide(state, command, context);
    if (!decision.ok) throw new Error(decision.refusal.code);
    state = decision.state;
    log.push(...decision.events);
  }
  return { state, log };
}

function refusalOf(state: BankState, command: BankCommand): Refusal | undefined {
  const decision = bank.decide(state, command, context);
  return decision.ok ? undefined : decision.refusal;
}

const small: BankCommand[] = [
  { type: 'bank.setUp', username: 'root' },
  { type: 'branch.create', branchId: 'east', kind: 'unit', name },
  { type: 'branch.create', branchId: 'town', kind: 'unit', parentId: 'east', name },
  { type: 'branch.create', branchId: 'b1', kind: 'branch', parentId: 'town', name },
  { type: 'branch.create', branchId: 'b2', kind: 'branch', name },
];

test('the first administrator is made once', () => {
  const { state } = given({ type: 'bank.setUp', username: 'root' });
  expect(refusalOf(state, { type: 'bank.setUp', username: 'other' })?.code).toBe('setup.done');
});

test('the last administrator can neither be disabled nor demoted', () => {
  const { state } = given(...small);
  expect(refusalOf(state, { type: 'account.disable', username: 'root' })?.code).toBe('account.last_admin');
  expect(refusalOf(state, { type: 'account.update', username: 'root', role: 'head', branches: ['b1'] })?.code).toBe('account.last_admin');
  const two = given(...small, { type: 'account.create', username: 'second', role: 'admin', branches: [] }).state;
  expect(refusalOf(two, { type: 'account.disable', username: 'root' })).toBeUndefined();
});

test('a regional supervisor given a unit reaches every branch below it and no other', () => {
  const { state } = given(...small, { type: 'account.create', username: 'region', role: 'regional', branches: ['east'] });
  const account = state.accounts.get('region');
  expect(account && branchesOf(state, account)).toEqual(['b1']);
});

test('an account at a branch that does not exist is refused with the place in the list', () => {
  const { state } = given(...small);
  const refusal = refusalOf(state, { type: 'account.create', username: 'kim', role: 'teller', branches: ['b1', 'nowhere'] });
  expect(refusal).toMatchObject({ code: 'branch.unknown', path: 'branches.1' });
});

test('a device stands in a branch, not in a unit, and is revoked once', () => {
  const { state } = given(
    ...small,
    { type: 'device.create', deviceId: 'k1', kind: 'kiosk', branchId: 'b1' },
    { type: 'device.revoke', deviceId: 'k1' },
  );
  expect(state.devices.get('k1')).toMatchObject({ branchId: 'b1', revokedAt: 1_000 });
  expect(refusalOf(state, { type: 'device.revoke', deviceId: 'k1' })?.code).toBe('device.already_revoked');
  expect(refusalOf(state, { type: 'device.create', deviceId: 'k2', kind: 'kiosk', branchId: 'east' })?.code).toBe('branch.unknown');
});

test('the log folds to the live state, and a frozen bank thaws to itself', () => {
  const { state, log } = given(
    ...small,
    { type: 'account.create', username: 'kim', role: 'teller', branches: ['b1'] },
    { type: 'account.disable', username: 'kim' },
    messenger,
    { type: 'webhook.suspend', webhookId: 'messenger' },
  );
  const folded = log.reduce(bank.evolve, bank.initial('bank'));
  expect(bank.freeze(folded)).toEqual(bank.freeze(state));
  expect(bank.freeze(bank.thaw(JSON.parse(JSON.stringify(bank.freeze(state)))))).toEqual(bank.freeze(state));
  expect(log.every((event) => event.branchId === 'bank')).toBe(true);
});

const messenger: BankCommand = {
  type: 'webhook.create',
  webhookId: 'messenger',
  origin: 'https://messenger.bank.example',
  branches: ['east'],
  types: ['case.*'],
};

test('a webhook is made once, for places that exist, and gone when it is removed', () => {
  const { state } = given(...small, messenger);
  expect(state.webhooks.get('messenger')).toMatchObject({ silent: false, branches: ['east'], createdAt: 1_000 });
  expect(refusalOf(state, messenger)?.code).toBe('webhook.exists');
  const astray = { ...messenger, webhookId: 'other', branches: ['b1', 'nowhere'] };
  expect(refusalOf(state, astray)).toMatchObject({ code: 'branch.unknown', path: 'branches.1' });
  const { state: without } = given(...small, messenger, { type: 'webhook.remove', webhookId: 'messenger' });
  expect(without.webhooks.size).toBe(0);
  expect(refusalOf(without, { type: 'webhook.remove', webhookId: 'messenger' })?.code).toBe('webhook.unknown');
});

test('a webhook that nobody answered is suspended once, and enabled again by an administrator', () => {
  const enable: BankCommand = { type: 'webhook.enable', webhookId: 'messenger', missed: 'send' };
  const suspend: BankCommand = { type: 'webhook.suspend', webhookId: 'messenger' };
  expect(refusalOf(given(...small, messenger).state, enable)?.code).toBe('webhook.not_suspended');
  const { state, log } = given(...small, messenger, suspend, suspend);
  expect(state.webhooks.get('messenger')?.suspendedAt).toBe(1_000);
  expect(log.filter(({ type }) => type === 'webhook.suspended')).toHaveLength(1);
  expect(given(...small, messenger, suspend, enable).state.webhooks.get('messenger')?.suspendedAt).toBeUndefined();
});

test('more webhooks than a bank may have are refused', () => {
  const many = Array.from({ length: 50 }, (_none, index): BankCommand => ({ ...messenger, webhookId: `w${index}` }));
  expect(refusalOf(given(...small, ...many).state, messenger)).toMatchObject({ code: 'webhook.too_many', params: { most: 50 } });
});

const loan: BankCommand = {
  type: 'loan.make',
  loanId: 'l1',
  staffId: 'floater',
  fromBranchId: 'b1',
  toBranchId: 'b2',
  date: '2026-01-02',
  fromAt: 1_000,
  untilAt: 2_000,
};

test('a person is lent by the branch they work for, to one other branch a day, until it is ended', () => {
  const floater: BankCommand = { type: 'account.create', username: 'floater', role: 'teller', branches: ['b1'] };
  const { state } = given(...small, floater, loan);
  expect(state.loans.get('l1')).toMatchObject({ staffId: 'floater', fromBranchId: 'b1', toBranchId: 'b2' });
  expect(refusalOf(state, loan)?.code).toBe('loan.exists');
  expect(refusalOf(state, { ...loan, loanId: 'l2' })?.code).toBe('loan.lent_already');
  expect(refusalOf(state, { ...loan, loanId: 'l2', date: '2026-01-03' })).toBeUndefined();
  expect(refusalOf(state, { ...loan, loanId: 'l2', fromBranchId: 'b2', toBranchId: 'b1' })?.code).toBe('loan.not_theirs');
  expect(refusalOf(state, { ...loan, loanId: 'l2', staffId: 'nobody' })?.code).toBe('loan.not_theirs');
  expect(refusalOf(state, { ...loan, loanId: 'l2', toBranchId: 'east' })?.code).toBe('branch.unknown');
  expect(refusalOf(state, { ...loan, loanId: 'l2', toBranchId: 'b1' })?.code).toBe('loan.works_there');
  const { state: over } = given(...small, floater, loan, { type: 'loan.end', loanId: 'l1' });
  expect([over.loans.size, refusalOf(over, { type: 'loan.end', loanId: 'l1' })?.code]).toEqual([0, 'loan.unknown']);
  expect(bank.thaw(JSON.parse(JSON.stringify(bank.freeze(state)))).loans.get('l1')).toEqual(state.loans.get('l1'));
});
