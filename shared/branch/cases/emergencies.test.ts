/** Emergencies: a plan ticked off live; the silent ones seen by few and heard by nobody. */
import { describe, expect, test } from 'vitest';
import { defaultCases } from '../../contract/default-cases.ts';
import { defaultPlaybooks } from '../../contract/default-playbooks.ts';
import { maySee } from './case.access.ts';
import { actor, head, HOUR, manager, MINUTE, office, region, Scenario, teller } from '../testing/scenario.ts';
import { attentionKinds, caseOf, escalations, logCase } from '../testing/cases.ts';

const silentKinds = defaultPlaybooks.filter(({ silent }) => silent).map(({ id }) => id);
const start = (s: Scenario, playbookId: string, by = teller(1), more = {}) =>
  logCase(s, { kind: 'emergency', severity: 4, playbookId, ...more }, by);

describe('starting a plan', () => {
  test('is one command: owner, grade of the plan, and every screen of the branch sees it', () => {
    const s = Scenario.open();
    const caseId = start(s, 'illness');
    const one = caseOf(s, caseId);
    expect(one).toMatchObject({ ownerId: 'teller1', offeredTo: 'manager', severity: 2, playbookId: 'illness', steps: {} });
    expect(attentionKinds(s)).toContain('emergency');
    for (const viewer of [teller(7), manager, head, region, office]) expect(maySee(s.state, viewer, one)).toBe(true);
    for (const role of ['kiosk', 'display', 'machine', 'phone', 'admin'] as const)
      expect(maySee(s.state, { id: 'x', role }, one), role).toBe(false);
  });

  test('without a plan of its own it is “other”; an unknown plan, or a plan for what is no emergency, is refused', () => {
    const s = Scenario.open();
    expect(caseOf(s, logCase(s, { kind: 'emergency' })).playbookId).toBe('other');
    const log = { type: 'case.log', kind: 'emergency', channel: 'counter', severity: 2, subject: 'x' } as const;
    expect(s.refused({ ...log, playbookId: 'alienLanding' })).toBe('playbook.unknown');
    expect(s.refused({ ...log, kind: 'complaint', playbookId: 'illness' })).toBe('playbook.unknown');
  });

  test('a bank’s own plans are the ones that count', () => {
    const s = Scenario.open();
    const [surge] = defaultPlaybooks.filter(({ id }) => id === 'surge');
    if (surge === undefined) throw new Error('no surge');
    s.do({ type: 'branch.configure', config: { playbooks: [{ ...surge, id: 'flood', severity: 1 }] } }, head);
    expect(caseOf(s, start(s, 'flood')).severity).toBe(1);
    expect(s.refused({ type: 'case.log', kind: 'emergency', channel: 'counter', severity: 2, subject: 'x', playbookId: 'robbery' })).toBe(
      'playbook.unknown',
    );
  });
});

describe('while it lasts', () => {
  test('each step is ticked once, with who and when; what is no step of this plan is refused', () => {
    const s = Scenario.open();
    const caseId = start(s, 'illness');
    s.pass(MINUTE);
    s.do({ type: 'case.tickStep', caseId, stepId: 'call' }, teller(5));
    expect(caseOf(s, caseId).steps).toEqual({ call: { at: s.now, by: 'teller5' } });
    expect(s.refused({ type: 'case.tickStep', caseId, stepId: 'call' }, manager)).toBe('step.done_already');
    expect(s.refused({ type: 'case.tickStep', caseId, stepId: 'five' }, manager)).toBe('step.unknown');
    expect(s.refused({ type: 'case.tickStep', caseId, stepId: '__proto__' }, manager)).toBe('step.unknown');
    expect(s.refused({ type: 'case.tickStep', caseId: logCase(s), stepId: 'call' }, manager)).toBe('case.no_emergency');
  });

  test('every default plan can be ticked off to its end', () => {
    for (const { id, steps } of defaultPlaybooks) {
      const s = Scenario.open();
      const caseId = start(s, id, head);
      for (const step of steps) s.do({ type: 'case.tickStep', caseId, stepId: step.id }, head);
      expect(Object.keys(caseOf(s, caseId).steps ?? {}), id).toEqual(steps.map((step) => step.id));
    }
  });

  test('who has been told and what the report says are entries, their words outside the log', () => {
    const s = Scenario.open();
    const caseId = start(s, 'injury');
    s.do({ type: 'case.inform', caseId, whom: '分行保卫部王科长' }, manager);
    s.do({ type: 'case.report', caseId, fields: { place: '大堂', people: '一名七旬老人' } }, manager);
    s.do({ type: 'case.report', caseId, fields: { people: '一名七旬老人，已送医' } }, manager);
    const one = caseOf(s, caseId);
    expect(one.informedRefs).toHaveLength(1);
    expect(Object.keys(one.reportRefs ?? {})).toEqual(['place', 'people']);
    expect(s.events('case.reportFilled')).toHaveLength(2);
    expect(JSON.stringify(s.log)).not.toMatch(/王科长|七旬/);
    expect(s.refused({ type: 'case.report', caseId, fields: {} }, manager)).toBe('case.report_empty');
  });

  test('it ends resolved and closed, and leaves the board', () => {
    const s = Scenario.open();
    const caseId = start(s, 'powerCut', manager);
    expect(s.refused({ type: 'case.close', caseId }, manager)).toBe('case.not_resolved');
    s.do({ type: 'case.resolve', caseId, outcome: '已恢复供电' }, manager);
    s.do({ type: 'case.close', caseId }, manager);
    expect(attentionKinds(s)).not.toContain('emergency');
  });

  test('a drill is an emergency like any other, marked as one', () => {
    const s = Scenario.open();
    const caseId = start(s, 'disaster', manager, { drill: true });
    expect(caseOf(s, caseId)).toMatchObject({ drill: true, playbookId: 'disaster' });
    expect(s.events('case.logged').at(-1)?.case.drill).toBe(true);
  });
});

describe('robbery, hostage and fraud in progress', () => {
  test.each(silentKinds)('%s makes no attention item of any kind, however long it lasts', (playbookId) => {
    const s = Scenario.open();
    const caseId = start(s, playbookId);
    expect(caseOf(s, caseId)).toMatchObject({ silent: true, severity: 1 });
    expect(caseOf(s, caseId).offeredTo).toBe('head');
    for (let n = 0; n < 10; n++) {
      s.pass(10 * MINUTE);
      expect(Object.values(s.state.attention).filter((item) => item.caseId === caseId)).toEqual([]);
    }
    expect(s.events('attention.raised').filter(({ item }) => item.caseId === caseId)).toEqual([]);
    expect(s.state.notableCases.size).toBe(0);
  });

  test.each(silentKinds)('%s is seen by those involved, the head and above, supervisors and named recipients, and by nobody else', (id) => {
    const s = Scenario.open({}, (config) => ({
      ...config,
      cases: { ...defaultCases, silentRecipients: ['manager2'] },
      roster: config.roster.map((entry) => (entry.staffId === 'teller6' ? { staffId: 'teller6', role: 'supervisor' } : entry)),
    }));
    const one = caseOf(s, start(s, id));
    const sees = (viewer: { id: string; role: Parameters<typeof actor>[1] }) => maySee(s.state, viewer, one);
    for (const viewer of [teller(1), head, region, office, teller(6), actor('manager2', 'manager')])
      expect(sees(viewer), viewer.id).toBe(true);
    for (const viewer of [
      teller(2),
      manager,
      actor('kiosk', 'kiosk'),
      actor('display', 'display'),
      actor('m1', 'machine'),
      actor('admin', 'admin'),
    ])
      expect(sees(viewer), viewer.id).toBe(false);
  });

  test('a teller not involved cannot touch one', () => {
    const s = Scenario.open();
    const caseId = start(s, 'robbery');
    expect(s.refused({ type: 'case.note', caseId, text: 'x' }, teller(2))).toBe('forbidden');
    expect(s.refused({ type: 'case.tickStep', caseId, stepId: 'alarm' }, teller(2))).toBe('forbidden');
    s.do({ type: 'case.tickStep', caseId, stepId: 'alarm' }, teller(1));
  });

  test('missed, it goes to the head at once, past those who may not see it', () => {
    const s = Scenario.open();
    const caseId = start(s, 'hostage');
    s.pass(2 * MINUTE);
    expect(escalations(s, caseId)).toMatchObject([{ level: 3, step: 1, why: 'acknowledge' }]);
    s.do({ type: 'case.accept', caseId }, head);
    s.pass(HOUR);
    expect(caseOf(s, caseId).ownerId).toBe('head');
  });

  test('a silent drill is as silent', () => {
    const s = Scenario.open();
    const caseId = start(s, 'robbery', teller(1), { drill: true });
    expect(caseOf(s, caseId)).toMatchObject({ silent: true, drill: true });
    expect(attentionKinds(s)).toEqual([]);
  });
});
