import { expect, test } from 'vitest';
import type { Actor, Role } from '../../shared/aggregate.ts';
import { branch } from '../../shared/branch/branch.ts';
import { give } from '../../shared/branch/testing/advice.ts';
import { MINUTE, Scenario } from '../../shared/branch/testing/scenario.ts';
import { evolvePublic, publicFloor } from '../../shared/public/public-floor.ts';
import { eventsFor, floorFor, ownView, viewOf } from './audience.ts';

const staff = (role: Role): Actor => ({ id: 'teller1', kind: 'staff', role, branches: ['hq'] });
const kiosk: Actor = { id: 'device:k', kind: 'device', role: 'kiosk', branches: ['hq'] };

test('devices are public whatever they ask for; staff may ask for less than theirs', () => {
  expect(viewOf(kiosk, 'staff')).toBeUndefined();
  expect(ownView(kiosk)).toBe('public');
  expect(viewOf(staff('head'), 'staff')).toBe('head:teller1');
  expect(viewOf(staff('teller'), 'staff')).toBe('teller:teller1');
  expect(viewOf(staff('head'), 'public')).toBe('public');
});

/** Three staged overruns of the first teller, one of them appealed. */
function overruns(): Scenario {
  const scenario = Scenario.open().open('c1');
  for (let round = 0; round < 3; round += 1) {
    scenario.issue();
    scenario.call('c1');
    scenario
      .start('c1')
      .pass(5 * MINUTE)
      .complete('c1');
  }
  const [first] = scenario.state.overruns.values();
  scenario.do({ type: 'limit.appeal', overrunId: first?.id ?? '', reason: 'because' });
  return scenario;
}

test('a colleague neither reads nor hears of overruns, appeals and retraining; the one concerned does; leads do', () => {
  const { state, log, now } = overruns();
  const heard = (view: Parameters<typeof eventsFor>[0]) => new Set(eventsFor(view, log, state).map((event) => event.type));
  const personal = ['overrun.recorded', 'limit.appealed', 'retraining.proposed'] as const;
  const hears = (view: Parameters<typeof eventsFor>[0]) => personal.map((type) => heard(view).has(type));
  expect(hears('manager:manager')).toEqual([true, true, true]);
  expect(hears('teller:teller1')).toEqual([true, true, false]);
  expect(hears('teller:teller2')).toEqual([false, false, false]);
  const floor = floorFor('teller:teller2', state, now);
  expect(JSON.stringify(floor)).not.toMatch(/appealWaiting|retrainingProposed/);
  expect(floor).toMatchObject({ overruns: [], openAppeals: [], retraining: {} });
  expect(floorFor('teller:teller1', state, now)).toMatchObject({ overruns: [{ staffId: 'teller1' }, {}, {}], retraining: {} });
});

test('every view counts the same numbers', () => {
  const { state, log } = overruns();
  for (const view of ['public', 'head:head', 'teller:teller2'] as const) {
    expect(eventsFor(view, log, state).map((event) => event.seq)).toEqual(log.map((event) => event.seq));
  }
});

test('a display that never reloads learns from completions how long a service takes', () => {
  const { state, log, now } = overruns();
  const opened = log.findIndex((event) => event.type === 'counter.opened');
  const before = log.slice(0, opened).length;
  const early = publicFloor(Scenario.open().state, now);
  const late = eventsFor('public', log.slice(before), state).reduce(
    (floor, event) => evolvePublic(floor, event as Parameters<typeof evolvePublic>[1]),
    early,
  );
  const pace = (floor: typeof early) => floor.services.find(({ id }) => id === 'deposit')?.paceMs;
  expect(pace(late)).toBe(5 * MINUTE);
  expect(pace(late)).not.toBe(pace(early));
  expect(pace(late)).toBe(pace(publicFloor(state, now)));
});

test('advice is for those who decide; whom it names hears of it once it is accepted, the public never', () => {
  const s = Scenario.open().open('c1');
  s.issue();
  const id = give(s, { kind: 'openWindow', counterId: 'c2', staffId: 'teller2' });
  const given = s.log.length;
  const sees = (view: Parameters<typeof floorFor>[0]) => JSON.stringify(floorFor(view, s.state, s.now)).includes(id);
  const hears = (view: Parameters<typeof eventsFor>[0]) =>
    eventsFor(view, s.log, s.state).filter(({ type }) => type.startsWith('advice.')).length;
  expect([sees('manager:manager'), sees('regional:region'), sees('teller:teller2'), sees('public')]).toEqual([true, true, false, false]);
  s.do({ type: 'advice.accept', adviceId: id });
  expect([sees('head:head'), sees('teller:teller2'), sees('teller:teller1'), sees('public')]).toEqual([true, true, false, false]);
  expect([hears('regional:region'), hears('teller:teller2'), hears('teller:teller1'), hears('public')]).toEqual([2, 1, 0, 0]);
  s.pass(5 * MINUTE);
  expect(JSON.stringify(floorFor('teller:teller1', s.state, s.now))).not.toContain('adviceNotInTime');
  // Somebody who folds only what they may see comes to the same task.
  const joined = branch.thaw(
    JSON.parse(JSON.stringify(floorFor('teller:teller2', s.log.slice(0, given).reduce(branch.evolve, branch.initial('hq')), s.now))),
  );
  const folded = eventsFor('teller:teller2', s.log.slice(given), s.state).reduce(
    (state, event) => (event.type === 'skip' ? state : branch.evolve(state, event as Parameters<typeof branch.evolve>[1])),
    joined,
  );
  expect(folded.advice[id]).toEqual(s.state.advice[id]);
});
