import { expect, test } from 'vitest';
import type { AdviceDraft } from '../branch/advice/advice.state.ts';
import { staffed } from '../branch/testing/people.ts';
import { head, MINUTE, Scenario } from '../branch/testing/scenario.ts';
import { Durations } from './durations.ts';
import { Outlook } from './outlook.ts';
import { policyOf, propose } from './propose.ts';

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

test('a lobby that is nobody’s is somebody’s by name, whatever the line', () => {
  const s = staffed({ rules: { lobby: 1 } });
  s.do({ type: 'post.take', kind: 'backOffice', staffId: 'manager2' }, head);
  s.pass(5 * MINUTE);
  expect(proposed(s, 0)).toMatchObject([
    { kind: 'sendSubstitute', staffId: 'manager2', confidence: 1, reasons: [{ code: 'lobbyUnattended' }, { code: 'mayTakeLobby' }] },
  ]);
});
