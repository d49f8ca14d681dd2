import { expect, test } from 'vitest';
import type { AdviceDraft } from '../branch/advice/advice.state.ts';
import { FleetScenario } from '../branch/testing/machines.ts';
import { MONDAY, plan, staffed } from '../branch/testing/people.ts';
import { clock, head, MINUTE, Scenario, teller } from '../branch/testing/scenario.ts';
import { Durations } from './durations.ts';
import { Outlook } from './outlook.ts';
import { policyOf } from './judge.ts';
import { propose } from './propose.ts';

const HOUR = 60 * MINUTE;

/** `perHour` customers of three minutes are forecast. */
function proposed({ state, now }: Scenario, perHour: number): readonly AdviceDraft[] {
  const errand = new Durations(180);
  const outlook = new Outlook(
    state,
    {
      arrivals: [{ at: now, serviceId: 'deposit', segment: 'ordinary' }],
      durationsOf: () => errand,
      expected: (zone, from, until) => (zone === 'cash' ? (perHour * (until - from)) / HOUR : 0),
      stayShare: 1,
      patienceS: 3_600,
    },
    { now, horizonMs: 45 * MINUTE, runs: 16, seed: 3 },
  );
  const work = propose({ state, now, horizonMs: 45 * MINUTE, outlook, policy: policyOf(state) });
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

const withWindows = (count: number, waiting: number): Scenario => {
  const s = Scenario.open();
  for (let n = 1; n <= count; n += 1) s.do({ type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
  for (let n = 0; n < waiting; n += 1) s.do({ type: 'ticket.issue', serviceId: 'deposit' });
  return s;
};

test('a window is advised by the rule’s reasons, with the elastic window and its person', () => {
  const [one] = proposed(withWindows(2, 9), 60);
  expect(one).toMatchObject({ kind: 'openWindow', counterId: 'c7', staffId: 'teller7' });
  expect(one?.reasons.map(({ code }) => code)).toEqual(['waitSoon', 'lineNow', 'coming', 'freeAndAble']);
  expect(one?.reasons[1]?.params).toEqual({ waiting: 9, windows: 2 });
});

test('the same line is no ground where hardly anybody is due and the wait stays short', () => {
  expect(proposed(withWindows(2, 1), 10)).toEqual([]);
});

test('a spare window is closed only after its least time', () => {
  const s = withWindows(3, 0);
  expect(proposed(s, 4)).toEqual([]);
  s.pass(20 * MINUTE);
  const [one] = proposed(s, 4);
  expect(one?.kind).toBe('closeWindow');
  expect(one?.reasons[0]?.code).toBe('spareWindow');
});

test('a step at a time: while one opening waits for somebody’s word no other is advised, and nothing is closed', () => {
  const s = withWindows(2, 20);
  const [one] = proposed(s, 60);
  if (one === undefined) throw new Error('nothing was advised');
  s.do({ type: 'advice.give', advice: one }, clock);
  expect(proposed(s, 60)).toEqual([]);
  s.do({ type: 'advice.decline', adviceId: Object.keys(s.state.advice)[0] ?? '', reason: 'no' });
  expect(proposed(s, 60)[0]?.kind).toBe('openWindow');
});

test('of two windows of a kind none is spare: one long errand would hold up everybody', () => {
  const s = withWindows(2, 0);
  s.pass(20 * MINUTE);
  expect(proposed(s, 0)).toEqual([]);
});

test('who goes on a break next is advised by name while the line allows it', () => {
  const s = staffed();
  plan(s, MONDAY, 'teller1', 'teller2', 'teller3');
  for (const n of [1, 2, 3]) s.do({ type: 'counter.open', counterId: `c${n}` }, teller(n));
  s.pass(2 * HOUR + 45 * MINUTE);
  const [one] = proposed(s, 4);
  expect(one).toMatchObject({ kind: 'giveBreak', staffId: 'teller1', counterId: 'c1' });
  expect(one?.reasons).toEqual([{ code: 'breakNow', params: { staffId: 'teller1', minutes: 75 } }]);
  for (let n = 0; n < 30; n += 1) s.issue();
  expect(proposed(s, 60).map(({ kind }) => kind)).not.toContain('giveBreak');
});

test('a break whose time is over goes before the line', () => {
  const s = staffed();
  plan(s, MONDAY, 'teller1', 'teller2');
  for (const n of [1, 2]) s.do({ type: 'counter.open', counterId: `c${n}` }, teller(n));
  s.pass(4 * HOUR + 5 * MINUTE);
  for (let n = 0; n < 12; n += 1) s.issue();
  expect(proposed(s, 30).find(({ kind }) => kind === 'giveBreak')?.reasons[0]).toMatchObject({ code: 'breakDue', params: { minutes: 5 } });
});

test('those are sent to a machine who still wait when somebody comes to ask them, not those about to be called', () => {
  const s = FleetScenario.start();
  s.hear('m2', { device: 'online' });
  s.open('c1', 'c2');
  const tickets = Array.from({ length: 12 }, () => s.issue('withdrawal'));
  const named = proposed(s, 30).find(({ kind }) => kind === 'divertToMachine')?.ticketIds ?? [];
  expect(named.length).toBeGreaterThan(0);
  for (const soon of tickets.slice(0, 2)) expect(named).not.toContain(soon);
});

test('a lobby that is nobody’s is somebody’s by name, whatever the line', () => {
  const s = staffed({ rules: { lobby: 1 } });
  s.do({ type: 'post.take', kind: 'backOffice', staffId: 'manager2' }, head);
  s.pass(5 * MINUTE);
  expect(proposed(s, 0)).toMatchObject([
    { kind: 'sendSubstitute', staffId: 'manager2', confidence: 1, reasons: [{ code: 'lobbyUnattended' }, { code: 'mayTakeLobby' }] },
  ]);
});
