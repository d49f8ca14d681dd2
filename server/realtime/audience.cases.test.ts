import { describe, expect, it, test } from 'vitest';
import type { Role } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { branch } from '../../shared/branch/branch.ts';
import { actor, HOUR, Scenario, teller } from '../../shared/branch/testing/scenario.ts';
import { defaultCases } from '../../shared/contract/default-cases.ts';
import { caseReach, eventsFor, floorFor, sightsOf, type View } from './audience.ts';

const complaint = { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: '排队太久' } as const;
const emergency = { ...complaint, kind: 'emergency', severity: 1, subject: '突发' } as const;

/** Everybody who may look at the branch: two tellers, a supervisor, a recipient the bank named, the leads, an administrator. */
const views = {
  logger: 'teller:teller1',
  colleague: 'teller:teller2',
  supervisor: 'teller:minder',
  recipient: 'teller:teller4',
  manager: 'manager:manager2',
  head: 'head:head2',
  regional: 'regional:region2',
  headOffice: 'headOffice:office2',
  admin: 'admin:admin',
  public: 'public',
} satisfies Record<string, View>;
type Who = keyof typeof views;

const site = (): Scenario =>
  Scenario.open({}, (config) => ({
    ...config,
    roster: [...config.roster, { staffId: 'minder', role: 'supervisor' }],
    cases: { ...defaultCases, silentRecipients: ['teller4'] },
  }));

const log = (scenario: Scenario, command: object, by = teller(1)): string =>
  String(scenario.do(command as Parameters<Scenario['do']>[0], by).caseId);
const heardBy = (scenario: Scenario, who: Who, events: readonly StoredBranchEvent[] = scenario.log): string[] =>
  eventsFor(views[who], events, scenario.state).map(({ type }) => type);
const ofCases = (types: readonly string[]): string[] => types.filter((type) => type.startsWith('case.') || type.startsWith('attention.'));
const floorCases = (scenario: Scenario, who: Who): number => {
  const floor = floorFor(views[who], scenario.state, scenario.now);
  return 'cases' in floor ? floor.cases.length : 0;
};
const seers = (sees: (who: Who) => boolean): Who[] => (Object.keys(views) as Who[]).filter(sees);

describe.each<[string, object, Who[]]>([
  ['a complaint', complaint, ['logger', 'manager', 'head', 'regional', 'headOffice']],
  [
    'an emergency that everybody hears of',
    { ...emergency, playbookId: 'illness' },
    ['logger', 'colleague', 'supervisor', 'recipient', 'manager', 'head', 'regional', 'headOffice'],
  ],
  ['a silent emergency', { ...emergency, playbookId: 'robbery' }, ['logger', 'supervisor', 'recipient', 'head', 'regional', 'headOffice']],
])('%s', (_name, command, allowed) => {
  it('is on the floor of those who may see it, and of nobody else', () => {
    const scenario = site();
    log(scenario, command);
    expect(seers((who) => floorCases(scenario, who) > 0)).toEqual(allowed);
  });

  it('is heard by those who may see it, from its first word to its last', () => {
    const scenario = site();
    const caseId = log(scenario, command);
    scenario.do({ type: 'case.note', caseId, text: '已到场' }, teller(1));
    scenario.pass(HOUR);
    const all = ofCases(scenario.log.map(({ type }) => type));
    expect(all.length).toBeGreaterThan(2);
    for (const who of Object.keys(views) as Who[])
      expect([who, ofCases(heardBy(scenario, who))]).toEqual([who, allowed.includes(who) ? all : []]);
  });

  it('is in nobody else\u2019s picture under any name', () => {
    const scenario = site();
    const caseId = log(scenario, command);
    scenario.pass(HOUR);
    for (const who of Object.keys(views) as Who[]) {
      const told = JSON.stringify([
        floorFor(views[who], scenario.state, scenario.now),
        eventsFor(views[who], scenario.log, scenario.state),
      ]);
      expect([who, told.includes(caseId)]).toEqual([who, allowed.includes(who)]);
    }
  });
});

test('reach of lists says the same as the rule for one case', () => {
  const { state } = site();
  const reach = (view: string) => {
    const [role = '', id = ''] = view.split(':');
    return Object.values(caseReach(state, { role: role as Role, id }));
  };
  expect(Object.values(views).slice(0, -1).map(reach)).toEqual([
    [false, true, false],
    [false, true, false],
    [false, true, true],
    [false, true, true],
    [true, true, false],
    [true, true, true],
    [true, true, true],
    [true, true, true],
    [false, false, false],
  ]);
});

test('who is offered a case gets it whole with the offer, and keeps it after declining', () => {
  const scenario = site();
  const caseId = log(scenario, complaint, actor('manager', 'manager'));
  expect(heardBy(scenario, 'colleague').filter((type) => type.startsWith('case.'))).toEqual([]);
  const seen = scenario.log.length;
  scenario.do({ type: 'case.handOver', caseId, toStaffId: 'teller2' }, actor('manager', 'manager'));
  scenario.do({ type: 'case.decline', caseId, reason: '正在办业务' }, teller(2));
  const [offered] = eventsFor(views.colleague, scenario.log.slice(seen), scenario.state);
  expect(offered).toMatchObject({ type: 'case.handOverOffered', card: { id: caseId, people: ['manager', 'teller2'] } });
  expect(floorCases(scenario, 'colleague')).toBe(1);
});

test('a case long ended is for head and above only, whatever it was: nothing says any more that it was not silent', () => {
  const scenario = site();
  const caseId = log(scenario, { ...emergency, playbookId: 'robbery' });
  const note = scenario.log.length;
  scenario.do({ type: 'case.note', caseId, text: '已到场' }, teller(1));
  const past = [scenario.log[note]].filter((event) => event !== undefined);
  const forgotten = branch.initial('hq');
  const hears = seers((who) =>
    eventsFor(views[who], past, { ...forgotten, config: scenario.state.config }).some(({ type }) => type !== 'skip'),
  );
  expect(hears).toEqual(['supervisor', 'recipient', 'head', 'regional', 'headOffice']);
});

test('an award is heard by leads and the one it honours; a shift\u2019s end by all colleagues', () => {
  const scenario = site();
  const from = scenario.log.length;
  scenario.do({ type: 'award.give', staffId: 'teller2', kind: 'wronged', reason: '投诉不实' }, actor('head', 'head'));
  scenario.do({ type: 'shift.end' }, teller(1));
  const events = scenario.log.slice(from);
  const hears = (type: string) => seers((who) => heardBy(scenario, who, events).includes(type));
  expect(hears('award.given')).toEqual(['colleague', 'manager', 'head', 'regional', 'headOffice', 'admin']);
  expect(hears('shift.ended')).toEqual(seers((who) => who !== 'public'));
});

test('what all colleagues see alike is made once; a case once for those who see it and once for those who do not', () => {
  const scenario = site();
  const from = scenario.log.length;
  scenario.issue();
  const everyday = sightsOf(Object.values(views), scenario.log.slice(from), scenario.state);
  expect(everyday.map((sight) => sight.views.length)).toEqual([9, 1]);
  const logged = scenario.log.length;
  log(scenario, complaint);
  const split = sightsOf(Object.values(views), scenario.log.slice(logged), scenario.state);
  expect(split.map((sight) => sight.views)).toEqual([
    [views.logger, views.manager, views.head, views.regional, views.headOffice],
    [views.colleague, views.supervisor, views.recipient, views.admin],
    ['public'],
  ]);
});

test('every view counts the same numbers, and leads with nothing hidden share one picture', () => {
  const scenario = site();
  log(scenario, complaint);
  for (const view of Object.values(views))
    expect(eventsFor(view, scenario.log, scenario.state).map(({ seq }) => seq)).toEqual(scenario.log.map(({ seq }) => seq));
  expect(floorFor(views.manager, scenario.state, scenario.now)).toBe(floorFor(views.head, scenario.state, scenario.now));
});
