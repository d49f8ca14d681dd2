import { describe, expect, it, test } from 'vitest';
import type { Webhook } from '../../shared/bank/bank.state.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { give } from '../../shared/branch/testing/advice.ts';
import { plan, staffed, TUESDAY } from '../../shared/branch/testing/people.ts';
import { HOUR, manager, MINUTE, Scenario, teller } from '../../shared/branch/testing/scenario.ts';
import { toldFields, webhookTopics } from '../../shared/contract/webhook-events.ts';
import { messageIdOf, messageOf, wants } from './message.ts';
import { delayAfter } from './retry.ts';

const webhook = (change: Partial<Webhook>): Webhook => ({
  id: 'w',
  origin: 'https://bank.example',
  branches: '*',
  types: ['case.*'],
  silent: false,
  createdAt: 0,
  ...change,
});
const { state } = Scenario.open();
const event = (fields: object): StoredBranchEvent => ({ branchId: 'hq', seq: 7, at: 70, actor: 'kim', ...fields }) as StoredBranchEvent;

describe('who is told', () => {
  const lost = event({ type: 'machine.lost', machineId: 'm1', state: 'unknown', faults: [], lastHeardAt: 1, dueAt: 2 });

  it('those who asked for the type, or for all of its subject', () => {
    expect(wants(webhook({ types: ['machine.lost'] }), lost, state)).toBe(true);
    expect(wants(webhook({ types: ['machine.*'] }), lost, state)).toBe(true);
    expect(wants(webhook({ types: ['machine.reported', 'case.*', 'emergency'] }), lost, state)).toBe(false);
  });

  it('of a case that nobody remembers only those who may hear of silent ones', () => {
    const noted = event({ type: 'case.noted', caseId: 'gone', textRef: 'r' });
    expect(wants(webhook({}), noted, state)).toBe(false);
    expect(wants(webhook({ silent: true }), noted, state)).toBe(true);
  });

  it('of cash amounts, plans and tickets nobody', () => {
    for (const type of ['machine.replenished', 'machine.maintenancePlanned', 'ticket.issued'])
      expect(wants(webhook({ types: ['machine.*', type] }), event({ type }), state)).toBe(false);
  });
});

describe('of people', () => {
  const s = staffed({ rules: { lobby: 1, swapAnswerMs: 0, placeOpenAheadMs: 48 * HOUR } });
  plan(s, TUESDAY, 'teller1', 'teller2');
  s.do({ type: 'roster.absence', date: TUESDAY, reason: '看病' }, teller(2));
  s.do({ type: 'roster.swap', date: TUESDAY, withStaffId: 'teller3' }, teller(1));
  s.do({ type: 'post.take', kind: 'lobby' }, manager);
  const adviceId = give(s, { kind: 'openWindow', counterId: 'c1', staffId: 'teller1' });
  s.do({ type: 'advice.accept', adviceId });
  s.pass(10 * MINUTE);
  const toldOf = (...types: string[]) =>
    s.log.filter((one) => wants(webhook({ types }), one, s.state)).map((one) => JSON.parse(messageOf(one, s.state)));

  it('absences, swaps and rules that are not kept are told by reference; plans, posts and reasons are not', () => {
    const told = toldOf('people.*');
    expect(told.map(({ type, kind }) => (kind === undefined ? type : `${type} ${kind}`))).toEqual([
      'attention.raised lobbyUnattended',
      'roster.absenceSet unplanned',
      'attention.raised placeOpen',
      'roster.swapOffered',
      'attention.raised swapWaiting',
      'attention.cleared lobbyUnattended',
    ]);
    expect(told[2]).toMatchObject({ attentionId: `placeOpen:teller2:${TUESDAY}`, staffId: 'teller2', date: TUESDAY, counterId: 'c2' });
    expect(toldOf('roster.absenceSet')).toEqual([
      {
        type: 'roster.absenceSet',
        branchId: 'hq',
        seq: told[1].seq,
        at: s.log[0]?.at,
        date: TUESDAY,
        staffId: 'teller2',
        kind: 'unplanned',
      },
    ]);
    expect(JSON.stringify(toldOf('people.*', 'advice.*'))).not.toMatch(/Ref|reasons|shifts|看病/);
  });

  it('advice is told as it is given, accepted and not done in time', () => {
    const told = toldOf('advice.*');
    expect(told.map(({ type, kind, counterId, staffId }) => [type, kind, counterId, staffId])).toEqual([
      ['advice.given', 'openWindow', 'c1', 'teller1'],
      ['advice.accepted', 'openWindow', 'c1', 'teller1'],
      ['advice.notInTime', undefined, 'c1', 'teller1'],
    ]);
    expect(told[1]).toMatchObject({ adviceId, state: 'accepted', acceptedBy: 'manager', dueAt: expect.any(Number) });
  });

  it('of attention to anything else nobody hears', () => {
    const other = event({ type: 'attention.raised', item: { id: 'emergency:k', kind: 'emergency', since: 1, caseId: 'k' }, dueAt: 1 });
    const gone = event({ type: 'attention.cleared', attentionId: 'helpCalled:c1:cash', kind: 'helpCalled' });
    for (const one of [other, gone]) expect(wants(webhook({ types: ['people.*', one.type], silent: true }), one, s.state)).toBe(false);
  });
});

it('a message holds what the list names and nothing else', () => {
  const told = event({
    type: 'case.resolved',
    caseId: 'c',
    outcomeRef: 'r1',
    granted: 'partly',
    waysOnward: ['review'],
    compensationFen: 5,
  });
  expect(JSON.parse(messageOf(told, state))).toEqual({
    type: 'case.resolved',
    branchId: 'hq',
    seq: 7,
    at: 70,
    caseId: 'c',
    granted: 'partly',
    waysOnward: ['review'],
  });
});

it('no list names a reference, a card or whole objects', () => {
  const named = webhookTopics.flatMap((topic) => toldFields(topic) ?? []);
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((field) => /ref|card|^case$|contact|name|text|^advice$|entry|shift/i.test(field))).toEqual([]);
});

test('two events never share an id, the same one always has it, and a dot never parts it', () => {
  const id = messageIdOf(Buffer.alloc(32, 3));
  expect(id).toBe(messageIdOf(Buffer.alloc(32, 3)));
  expect(id).not.toBe(messageIdOf(Buffer.alloc(32, 4)));
  expect(id).toMatch(/^evt_[A-Za-z0-9_-]{24}$/);
});

test('each wait is up to twice the one before, a quarter of an hour at most, half of it by chance', () => {
  expect([1, 2, 3, 20, 1_000].map((attempts) => delayAfter(attempts, 1))).toEqual([5_000, 10_000, 20_000, 900_000, 900_000]);
  expect(delayAfter(3, 0)).toBe(10_000);
});
