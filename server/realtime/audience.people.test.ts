/** What each role is told of the people of a branch: on the floor, in events, and once it has folded them. */
import { describe, expect, test } from 'vitest';
import type { Actor, Role } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { branch } from '../../shared/branch/branch.ts';
import { MONDAY, plan, staffed, TUESDAY } from '../../shared/branch/testing/people.ts';
import { actor, clock, HOUR, manager, MINUTE, type Scenario, teller } from '../../shared/branch/testing/scenario.ts';
import type { RosterEntry } from '../../shared/contract/config.ts';
import { defaultCases } from '../../shared/contract/default-cases.ts';
import { eventsFor, floorFor, sightsOf, type View, viewOf } from './audience.ts';

/** Every role there is: a new one does not compile before somebody has said what it is told. */
const told: Readonly<Record<Role, 'all' | 'own' | 'nothing'>> = {
  teller: 'own',
  guard: 'own',
  manager: 'all',
  head: 'all',
  regional: 'all',
  headOffice: 'all',
  admin: 'all',
  kiosk: 'nothing',
  display: 'nothing',
  machine: 'nothing',
  terminal: 'nothing',
  phone: 'nothing',
  clock: 'nothing',
};
const devices: readonly Role[] = ['kiosk', 'display', 'machine', 'terminal', 'phone', 'clock'];

/** Teller 3 looks: each paper below says whose it is. */
const view = (role: Role): View => {
  const who: Actor = { ...actor('teller3', role), kind: devices.includes(role) ? 'device' : 'staff' };
  return viewOf(who, 'staff') ?? 'public';
};
const papers = ({ staffId }: RosterEntry) => ({
  certificates: [{ kind: `paper-of-${staffId}`, expiresOn: '2030-01-01' }],
  contract: { dayMs: 8 * HOUR, weekMs: 40 * HOUR },
});
const withPapers = (roster: readonly RosterEntry[]): RosterEntry[] => roster.map((one) => ({ ...one, ...papers(one) }));

/** A branch that was configured, borrowed somebody, was configured again, and served people. */
function busyWithPeople(): Scenario {
  const s = staffed({ roster: withPapers });
  const away: RosterEntry = { staffId: 'guest', role: 'teller' };
  s.do(
    { type: 'staff.borrow', loanId: 'l1', staffId: 'guest', date: MONDAY, fromBranchId: 'hq2', entry: { ...away, ...papers(away) } },
    clock,
  );
  const roster = withPapers(s.state.config?.roster ?? []);
  const cases = { ...defaultCases, silentRecipients: ['manager2', 'teller3'] };
  s.do({ type: 'branch.configure', config: { roster, cases } }, actor('admin', 'admin'));
  s.open('c1', 'c3');
  for (const counterId of ['c1', 'c3']) {
    s.issue();
    s.call(counterId);
    s.start(counterId).pass(MINUTE).complete(counterId);
  }
  return s;
}

const papersIn = (seen: unknown): string[] => [...new Set(JSON.stringify(seen).match(/paper-of-\w+/g))].sort();
const everybody = ['guard1', 'guest', 'head', 'manager', 'manager2', 'teller1', 'teller2', 'teller3'].map((id) => `paper-of-${id}`);

describe.each(Object.keys(told) as Role[])('a %s', (role) => {
  const s = busyWithPeople();
  const expected = { all: expect.arrayContaining(everybody), own: ['paper-of-teller3'], nothing: [] }[told[role]];
  const floor = floorFor(view(role), s.state, s.now);
  const events = eventsFor(view(role), s.log, s.state);

  test('is told of certificates and hours on the floor what is theirs to know', () => {
    expect(papersIn(floor)).toEqual(expected);
    expect(JSON.stringify(floor).match(/weekMs/g)?.length ?? 0).toBe({ all: 12, own: 1, nothing: 0 }[told[role]]);
  });

  test('is told no more in events, caught up with or live, nor together with others', () => {
    expect(papersIn(events)).toEqual(expected);
    const views: View[] = ['teller:teller1', 'head:head', view(role), 'teller:teller2', 'public'];
    const sights = sightsOf(new Set(views), s.log, s.state);
    const sight = sights.find(({ views: of }) => of.includes(view(role)));
    expect(papersIn(sight?.events)).toEqual(expected);
    for (const one of sights.filter(({ views: of }) => of.some((each) => each.startsWith('teller:')))) expect(one.views).toHaveLength(1);
  });

  test('who folds what is sent comes to what the floor says', () => {
    if (told[role] === 'nothing') return;
    const folded = events.reduce(
      (state, event) => (event.type === 'skip' ? state : branch.evolve(state, event as StoredBranchEvent)),
      branch.initial('hq'),
    );
    const joined = branch.thaw(JSON.parse(JSON.stringify(floor)));
    expect(folded.config).toEqual(joined.config);
    expect(folded.people.loans).toEqual(joined.people.loans);
  });
});

test('a teller keeps what screens need: names of posts and skills of everybody, what a post asks for, their own papers', () => {
  const s = busyWithPeople();
  const floor = floorFor('teller:teller3', s.state, s.now) as ReturnType<typeof floorFor> & { config: { roster: RosterEntry[] } };
  const { roster } = floor.config;
  expect(roster.map(({ staffId, role, counterId }) => [staffId, role, counterId])).toEqual(
    s.state.config?.roster.map(({ staffId, role, counterId }) => [staffId, role, counterId]),
  );
  expect(roster.find(({ staffId }) => staffId === 'teller3')).toEqual(s.state.config?.roster.find(({ staffId }) => staffId === 'teller3'));
  expect(floor).toMatchObject({
    config: { people: s.state.config?.people, cases: { silentRecipients: ['teller3'] } },
    tallyByStaff: { teller3: { served: 1 } },
  });
  expect(Object.keys((floor as unknown as { tallyByStaff: object }).tallyByStaff)).toEqual(['teller3']);
});

test('who is late, or not back from a break, is told to leads and the one concerned; whose place is open to leads', () => {
  const s = staffed({ rules: { arrivalGraceMs: 0, breakOverrunMs: 0, breakUntoldMs: MINUTE, placeOpenAheadMs: 24 * HOUR } });
  plan(s, MONDAY, 'teller1');
  plan(s, TUESDAY, 'teller2');
  s.do({ type: 'roster.absence', date: TUESDAY }, teller(2));
  s.do({ type: 'post.take', kind: 'backOffice' }, teller(3));
  s.do({ type: 'break.begin' }, teller(3));
  s.pass(2 * MINUTE);
  const raised = s.log.length;
  s.do({ type: 'post.take', kind: 'backOffice' }, teller(1));
  s.do({ type: 'break.end' }, teller(3));
  s.do({ type: 'roster.cancelAbsence', date: TUESDAY }, teller(2));
  const early = s.log.slice(0, raised).reduce(branch.evolve, branch.initial('hq'));
  const told = (who: View): Record<string, string[]> => {
    const heard = eventsFor(who, s.log, s.state) as StoredBranchEvent[];
    return {
      board: (floorFor(who, early, s.now) as unknown as { attention: { kind: string }[] }).attention.map(({ kind }) => kind).sort(),
      raised: heard.flatMap((event) => (event.type === 'attention.raised' ? [event.item.kind] : [])).sort(),
      cleared: heard.flatMap((event) => (event.type === 'attention.cleared' ? [event.kind] : [])).sort(),
    };
  };
  const all = (...kinds: string[]) => ({ board: kinds, raised: kinds, cleared: kinds });
  expect(told('manager:manager')).toEqual(all('breakOverrun', 'notArrived', 'placeOpen'));
  expect(told('teller:teller1')).toEqual(all('notArrived'));
  expect(told('teller:teller3')).toEqual(all('breakOverrun'));
  expect(told('teller:teller2')).toEqual(all());
});

test('that a colleague did not come to a shift stands in no plan and no event a teller gets', () => {
  const s = staffed();
  plan(s, MONDAY, 'teller1', 'teller2');
  s.pass(9 * HOUR);
  const told = (who: View): string[] => {
    const { people } = floorFor(who, s.state, s.now) as unknown as { people: typeof s.state.people };
    const missed = Object.values(people.rota[MONDAY]?.shifts ?? {}).flatMap((shift) => (shift.missed ? [shift.staffId] : []));
    const heard = eventsFor(who, s.log, s.state).flatMap((event) => (event.type === 'roster.shiftMissed' ? [event.staffId] : []));
    expect(heard).toEqual(missed);
    return missed;
  };
  expect([told('head:head'), told('teller:teller1'), told('teller:teller3')]).toEqual([['teller1', 'teller2'], ['teller1'], []]);
});

test('whoever plans hears how many hours a substitute has left in the week; a teller does not', () => {
  const s = staffed();
  plan(s, TUESDAY, 'teller1');
  const offered = (by: Actor) => JSON.stringify(s.do({ type: 'roster.absence', staffId: 'teller1', date: TUESDAY }, by));
  expect(offered(teller(1))).toMatch(/^(?!.*hoursLeftMs).*teller2/);
  s.do({ type: 'roster.cancelAbsence', staffId: 'teller1', date: TUESDAY }, manager);
  expect(offered(manager)).toContain('hoursLeftMs');
});
