import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { caseRecord, casePage, floorCase, floorCases, lifeOf, logCase } from './support/cases.ts';
import { Client, cookieOf, device, expectProblem, type Fields, signIn, stranger } from './support/client.ts';
import { endHub } from './support/ending.ts';
import { connected, expectUnbroken } from './support/viewer.ts';

const MINUTE = 60_000;
const PHONE = '13700004321';

describe('cases, as an outside client meets them', () => {
  let hub: HubProcess;
  let teller1: Client;
  let teller2: Client;
  let manager: Client;
  let head: Client;
  let region: Client;
  let admin: Client;
  let display: Client;
  let kiosk: Client;

  beforeAll(async () => {
    hub = await HubProcess.start();
    const people = ['teller1', 'teller2', 'manager', 'head', 'region', 'admin'] as const;
    const clients = await Promise.all(people.map((name) => signIn(hub.baseUrl, name)));
    [teller1, teller2, manager, head, region, admin] = clients as [Client, Client, Client, Client, Client, Client];
    display = device(hub.baseUrl, 'demo-display');
    kiosk = device(hub.baseUrl, 'demo-kiosk');
  });
  afterAll(() => endHub(hub));

  test('whoever logs it owns it; a teller’s is offered to the lobby manager at the same time, on the board of both', async () => {
    const caseId = await logCase(teller1);
    for (const client of [teller1, manager, head])
      expect(await floorCase(client, caseId)).toMatchObject({
        kind: 'complaint',
        severity: 4,
        state: 'logged',
        ownerId: 'teller1',
        level: 1,
        offeredTo: 'manager',
        dueAt: expect.any(Number),
      });
    expect(await floorCase(teller2, caseId)).toBeUndefined();
    const own = await logCase(manager);
    const { offeredTo, ...of } = (await floorCase(manager, own)) ?? {};
    expect([of, offeredTo]).toMatchObject([{ ownerId: 'manager', level: 2 }, undefined]);
  });

  test('a hand-over is an offer: the old owner keeps it until it was accepted', async () => {
    const caseId = await logCase(teller1);
    await manager.act('case.decline', { caseId, reason: '正在处理另一件' });
    await teller1.act('case.handOver', { caseId, toStaffId: 'teller2' });
    expect(await floorCase(head, caseId)).toMatchObject({ ownerId: 'teller1', offeredTo: 'teller2', state: 'logged' });
    await teller1.act('case.handOver', { caseId, toStaffId: 'head' });
    expectProblem(await teller2.command('case.accept', { caseId }), 409);
    await head.act('case.accept', { caseId });
    expect(await floorCase(head, caseId)).toMatchObject({ ownerId: 'head', state: 'acknowledged' });
    expect((await floorCase(head, caseId))?.offeredTo).toBeUndefined();
    // Who was in it once sees it to its end.
    expect(await floorCase(teller1, caseId)).toMatchObject({ ownerId: 'head' });
    expect((await caseRecord(teller2, caseId)).ownerId).toBe('head');
  });

  test('many claim it at once, again and again: exactly one gets it, the others are told who', async () => {
    for (let round = 0; round < 10; round++) {
      const caseId = await logCase(teller1);
      await teller1.act('case.escalate', { caseId, reason: '超出柜员权限' });
      await teller1.act('case.handOver', { caseId, toStaffId: 'teller2' });
      const replies = await Promise.all([teller2, manager, teller2, manager].map((client) => client.command('case.accept', { caseId })));
      const owner = (await floorCase(head, caseId))?.ownerId;
      expect(['teller2', 'manager']).toContain(owner);
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const reply of replies.filter(({ status }) => status !== 200)) {
        const { code } = expectProblem(reply, 409);
        expect(['case.already_accepted', 'case.already_yours']).toContain(code);
        if (code === 'case.already_accepted') expect(reply.text).toContain(owner);
      }
      const accepted = lifeOf(await head.events(), caseId).filter(({ type }) => type === 'case.accepted');
      expect(accepted).toHaveLength(1);
    }
  });

  test('solved on the spot is one command, and no clock starts', async () => {
    const caseId = await logCase(teller1, { solved: true });
    expect(await floorCase(head, caseId)).toBeUndefined();
    const record = await caseRecord(head, caseId);
    expect(record).toMatchObject({ state: 'closed', tasks: [] });
    expect(record.dueAt).toBeUndefined();
  });

  test('the timeline has every step, in order, with its words; a command repeated with its id is one entry', async () => {
    const caseId = await logCase(teller1, { details: '取号A012', contact: { name: '司马相如', phone: PHONE } });
    await manager.act('case.accept', { caseId });
    const id = randomUUID();
    for (let n = 0; n < 3; n++) await manager.act('case.note', { caseId, text: '已电话联系' }, { id });
    await manager.act('case.promise', { caseId, what: '三日内回电', byAt: (await manager.floor()).at + 60 * MINUTE });
    await manager.act('case.correct', { caseId, subject: '等候两小时', reason: '客户更正' });
    await manager.act('case.resolve', { caseId, outcome: '已道歉' });
    await manager.act('case.reply', { caseId, satisfied: true });
    await manager.act('case.close', { caseId });
    const record = await caseRecord(manager, caseId);
    expect(record).toMatchObject({ id: caseId, branchId: 'hq-01', state: 'closed', subject: '等候两小时' });
    expect(record.timeline.map(({ type }) => type)).toEqual([
      'case.logged',
      'case.accepted',
      'case.noted',
      'case.promised',
      'case.corrected',
      'case.resolved',
      'case.replied',
      'case.closed',
    ]);
    expect(record.timeline.map(({ actor }) => actor)).toEqual(['teller1', ...Array<string>(7).fill('manager')]);
    expect(record.timeline.find(({ type }) => type === 'case.noted')?.text).toBe('已电话联系');
    const seqs = record.timeline.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect(record.waysOnward.map((way) => way.id)).toEqual(['review', 'mediation', 'arbitration', 'litigation']);
    expect(record.tasks).toMatchObject([{ kind: 'video' }]);
  });

  test('the contact is masked until somebody who handles the case asks for it, and that is an entry', async () => {
    const caseId = await logCase(teller1, { contact: { name: '司马相如', phone: PHONE } });
    const masked = await manager.get(`/api/cases/${caseId}`);
    expect(masked.text).not.toContain(PHONE);
    expect(masked.text).not.toContain('司马相如');
    const shown = await manager.post(`/api/cases/${caseId}/contact`, {});
    expect(shown.body).toMatchObject({ name: '司马相如', phone: PHONE });
    expect((await caseRecord(manager, caseId)).timeline.at(-1)).toMatchObject({ type: 'case.contactRevealed', actor: 'manager' });
    expect((await teller2.post(`/api/cases/${caseId}/contact`, {})).status).toBe(404);
    const log = await head.events();
    expect(JSON.stringify(log)).not.toMatch(new RegExp(`${PHONE}|司马相如`));
  });

  test('the list shows newest first, by state, kind, severity, owner and words, page by page without gap or repeat', async () => {
    const word = `暗号${randomUUID().slice(0, 8)}`;
    const logged: string[] = [];
    for (let n = 0; n < 7; n++) logged.push(await logCase(manager, { subject: `${word} ${n}`, kind: 'suggestion' }));
    await manager.act('case.close', { caseId: logged[0] });
    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await casePage(manager, `branch=hq-01&q=${encodeURIComponent(word)}&limit=3${cursor}`);
      expect(page.cases.length).toBeLessThanOrEqual(3);
      found.push(...page.cases.map(({ id }) => id));
      if (page.next === undefined) break;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
      expect(found.length).toBeLessThan(10);
    }
    expect(found).toEqual(logged.toReversed());
    const ids = async (query: string) => (await casePage(manager, `q=${encodeURIComponent(word)}&${query}`)).cases.map(({ id }) => id);
    expect(await ids('state=open')).toHaveLength(6);
    expect(await ids('state=closed')).toEqual([logged[0]]);
    expect(await ids('kind=complaint')).toEqual([]);
    expect(await ids('severity=4&owner=manager')).toHaveLength(7);
    expect(await ids('owner=head')).toEqual([]);
    expect((await casePage(teller2, `q=${encodeURIComponent(word)}`)).cases).toEqual([]);
    for (const wrong of ['state=asleep', 'severity=9', 'limit=x', 'cursor=%00', 'nonsense=1'])
      expectProblem(await manager.get(`/api/cases?${wrong}`), 400, wrong);
    expectProblem(await manager.get('/api/cases?branch=hq-02'), 403);
  });

  test('the law: an extension needs its approval and its notice, a refusal its reason, five speak for a group, the twentieth is a major event', async () => {
    const caseId = await logCase(manager);
    const extend = { caseId, days: 10, approvedBy: 'region', customerNotified: true };
    for (const field of ['approvedBy', 'customerNotified']) {
      const { [field as 'approvedBy']: _left, ...rest } = extend;
      expectProblem(await manager.command('case.extend', rest), 400, `without ${field}`);
    }
    expectProblem(await manager.command('case.extend', { ...extend, approvedBy: 'manager' }), 409);
    expectProblem(await manager.command('case.extend', { ...extend, days: 31 }), 409);
    await manager.act('case.extend', extend);
    expectProblem(await manager.command('case.resolve', { caseId, outcome: '不予支持', granted: 'refused' }), 409);
    await manager.act('case.resolve', { caseId, outcome: '不予支持', granted: 'refused', refusalReason: '已公示' });
    await manager.act('case.reply', { caseId, satisfied: false });
    expect(await floorCase(head, caseId)).toMatchObject({ level: 3, state: 'logged', ownerId: 'manager' });
    const group = { kind: 'complaint', channel: 'counter', severity: 3, subject: '集体' };
    const representatives = Array.from({ length: 6 }, (_, n) => ({ name: `代表${n}` }));
    expectProblem(await manager.command('case.log', { ...group, representatives }), 409);
    const joint = await logCase(manager, { ...group, representatives: representatives.slice(1), onSite: 19 });
    await manager.act('case.countPeople', { caseId: joint, onSite: 20 });
    await manager.act('case.countPeople', { caseId: joint, onSite: 21 });
    const major = (await floorCases(teller2)).filter(({ kind, ownerId }) => kind === 'emergency' && ownerId === 'head');
    expect(major).toHaveLength(1);
  });

  test('nobody decides about themselves', async () => {
    const caseId = await logCase(teller1, { aboutStaffId: 'manager' });
    await teller1.act('case.escalate', { caseId, reason: '涉及大堂经理' });
    for (const [type, fields] of [
      ['case.accept', {}],
      ['case.acknowledge', {}],
      ['case.withdraw', {}],
      ['case.judge', { justified: false, reason: '无理由' }],
    ] as const)
      expectProblem(await manager.command(type, { caseId, ...fields }), 409, type);
    await head.act('case.judge', { caseId, justified: true, reason: '录像为证' });
  });

  test('an emergency is on every staff screen of the branch within a second; the public never hears of it', async () => {
    const screens = await Promise.all(
      ['teller2', 'manager', 'head'].map(async (name) => connected(hub.baseUrl, { cookie: await cookieOf(hub.baseUrl, name) })),
    );
    const wall = await connected(hub.baseUrl, { token: 'demo-display' });
    for (const screen of screens) await screen.watch();
    await wall.watch({ audience: 'public' });
    const began = performance.now();
    const caseId = await logCase(teller1, { kind: 'emergency', playbookId: 'illness', severity: 2 });
    for (const screen of screens)
      await screen.until(
        ({ events }) => events.some((event) => event.type === 'case.logged' && event['caseId'] === caseId),
        'the emergency',
        2_000,
      );
    expect(performance.now() - began).toBeLessThan(1_000);
    await teller2.act('case.tickStep', { caseId, stepId: 'call' });
    await wall.reached(await head.seq());
    expect(JSON.stringify(wall.events)).not.toContain(caseId);
    expect(wall.events.some(({ type }) => type.startsWith('case.'))).toBe(false);
    for (const screen of [...screens, wall]) {
      expectUnbroken(screen.events, (screen.events[0]?.seq ?? 1) - 1);
      screen.close();
    }
  });

  test('robbery, hostage and fraud are silent: nothing for the tablet, the wall, the kiosk or a teller not in it', async () => {
    const quiet = await Promise.all(
      ['teller2', 'manager', 'admin'].map(async (name) => connected(hub.baseUrl, { cookie: await cookieOf(hub.baseUrl, name) })),
    );
    const wall = await connected(hub.baseUrl, { token: 'demo-display' });
    const headScreen = await connected(hub.baseUrl, { cookie: await cookieOf(hub.baseUrl, 'head') });
    for (const screen of [...quiet, headScreen]) await screen.watch();
    await wall.watch({ audience: 'public' });
    for (const playbookId of ['robbery', 'hostage', 'fraud']) {
      const caseId = await logCase(teller1, { kind: 'emergency', playbookId, severity: 1, subject: '秘密' });
      await teller1.act('case.note', { caseId, text: '两人' });
      expect(await floorCase(head, caseId)).toMatchObject({ kind: 'emergency', severity: 1, offeredTo: 'head' });
      expect((await floorCase(teller1, caseId))?.ownerId).toBe('teller1');
      for (const client of [teller2, manager]) {
        expect((await client.get('/api/branches/hq-01/floor')).text).not.toContain(caseId);
        expect(JSON.stringify(await client.events())).not.toContain(caseId);
        expect((await client.get(`/api/cases/${caseId}`)).status).toBe(404);
        expect((await client.get('/api/cases?state=open&limit=200')).text).not.toContain(caseId);
        expectProblem(await client.command('case.note', { caseId, text: 'x' }), [403, 404, 409]);
      }
      const seq = await head.seq();
      await headScreen.reached(seq);
      expect(JSON.stringify(headScreen.events)).toContain(caseId);
      for (const screen of [...quiet, wall]) {
        if (screen !== quiet[2]) await screen.reached(seq);
        expect(JSON.stringify(screen.events)).not.toContain(caseId);
      }
      const { attention = [] } = (await head.floor()).floor;
      expect(JSON.stringify(attention)).not.toContain(caseId);
    }
    for (const screen of [...quiet, wall, headScreen]) screen.close();
  });

  test('to devices, strangers, administrators and other branches there are no cases', async () => {
    const caseId = await logCase(teller1);
    for (const client of [display, kiosk, device(hub.baseUrl, 'demo-machine')]) {
      const floor = await client.get('/api/branches/hq-01/floor');
      expect(floor.text).not.toContain(caseId);
      expect(floor.text).not.toContain('"cases"');
      const events = await client.get<{ events: { type: string }[] }>('/api/branches/hq-01/events?limit=1000');
      expect(events.text).not.toContain(caseId);
    }
    const deeds: readonly [string, Fields][] = [
      ['case.log', { kind: 'complaint', channel: 'counter', severity: 4, subject: 'x' }],
      ['case.accept', { caseId }],
      ['case.note', { caseId, text: 'x' }],
      ['shift.begin', {}],
      ['award.give', { staffId: 'teller1', kind: 'praised', reason: 'x' }],
    ];
    const before = await head.seq();
    for (const client of [display, kiosk, device(hub.baseUrl, 'demo-machine'), admin]) {
      for (const [type, fields] of deeds) expectProblem(await client.command(type, fields), 403, type);
      expectProblem(await client.get('/api/cases'), 403);
      expectProblem(await client.get(`/api/cases/${caseId}`), [403, 404]);
      expectProblem(await client.post(`/api/cases/${caseId}/contact`, {}), [403, 404]);
    }
    for (const path of ['/api/cases', `/api/cases/${caseId}`, `/api/cases/${caseId}/export`])
      expectProblem(await stranger(hub.baseUrl).get(path), 401, path);
    for (const [type, fields] of deeds) expectProblem(await manager.command(type, fields, { branch: 'hq-02' }), 403, type);
    expectProblem(await region.command('case.note', { caseId, text: 'x' }, { branch: 'hq-02' }), [404, 409]);
    expect(await head.deedsSince(before)).toEqual([]);
  });

  test('the end of a shift passes up only what falls due before the next one', async () => {
    const { at } = await teller2.floor();
    const soon = await logCase(teller2, { kind: 'incident', severity: 3 });
    const later = await logCase(teller2, { kind: 'suggestion', severity: 4 });
    await teller2.act('case.acknowledge', { caseId: later });
    const told = await teller2.act<{ passedUp: string[]; kept: string[] }>('shift.end', { backAt: at + 120 * MINUTE });
    expect(told.passedUp).toContain(soon);
    expect(told.kept).toContain(later);
    expect(await floorCase(head, soon)).toMatchObject({ level: 2, ownerId: 'teller2' });
    expectProblem(await teller1.command('case.handOver', { caseId: await logCase(teller1), toStaffId: 'teller2' }), 409);
    await teller2.act('shift.begin');
  });
});

describe('deadlines of cases', () => {
  test('fall once each with their steps 1, 2, 3 … over kill -9 and hours of downtime, each with the instant it was due', async () => {
    // A second is ten minutes: severity 1 has two to acknowledge at each level.
    const speed = 600;
    const hub = await HubProcess.start({ speed });
    const cookie = await cookieOf(hub.baseUrl, 'head');
    const head = new Client(hub.baseUrl, { cookie });
    const teller = await signIn(hub.baseUrl, 'teller1');
    const caseIds = await Promise.all(Array.from({ length: 20 }, () => logCase(teller, { kind: 'incident', severity: 1 })));
    for (let round = 0; round < 3; round++) {
      await hub.kill9();
      await hub.start();
    }
    const screen = await connected(hub.baseUrl, { cookie });
    await screen.watch({ after: 0 });
    // 2 + 2 + 2 + 2 to head office, 2 more and 15 to act: then everything was told.
    const doneBy = (id: string) =>
      screen.events.some(({ type, caseId, why }) => type === 'case.escalated' && caseId === id && why === 'act');
    await screen.until(() => caseIds.every(doneBy), 'the last deadline', 60_000);
    screen.close();
    await hub.kill9();
    await hub.start();
    const log = await head.events();
    expectUnbroken(log, 0);
    for (const caseId of caseIds) {
      const steps = lifeOf(log, caseId).filter(({ type }) => type === 'case.escalated');
      expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(steps.map(({ level }) => level)).toEqual([2, 3, 4, 5, 5, 5]);
      const logged = lifeOf(log, caseId)[0]?.at ?? 0;
      expect(steps[0]?.['dueAt']).toBe(logged + 2 * MINUTE);
      for (const { at = 0, dueAt } of steps) expect(at).toBeGreaterThanOrEqual(dueAt as number);
      expect(steps.every(({ actor }) => actor === 'clock')).toBe(true);
    }
    await endHub(hub);
  });

  test('asleep through them, the hub wakes to each in the order they fell', async () => {
    const hub = await HubProcess.start();
    const teller = await signIn(hub.baseUrl, 'teller1');
    const slow = await logCase(teller, { kind: 'incident', severity: 4 });
    const fast = await logCase(teller, { kind: 'incident', severity: 1 });
    const middle = await logCase(teller, { kind: 'incident', severity: 2 });
    await hub.kill9();
    // Three hours pass in a second while it is down and coming up.
    await hub.start(10_000);
    const head = await signIn(hub.baseUrl, 'head');
    const fell = (await head.events()).filter(({ type, step }) => type === 'case.escalated' && step === 1);
    const order = fell.map(({ caseId }) => caseId).filter((caseId) => [slow, fast, middle].includes(caseId as string));
    expect(order.slice(0, 2)).toEqual([fast, middle].slice(0, order.length));
    const screen = await connected(hub.baseUrl, { cookie: await cookieOf(hub.baseUrl, 'head') });
    await screen.watch({ after: 0 });
    const fallen = () => screen.events.filter(({ type, step }) => type === 'case.escalated' && step === 1);
    await screen.until(() => fallen().length >= 3, 'all three', 30_000);
    expect(fallen().map(({ caseId }) => caseId)).toEqual([fast, middle, slow]);
    const due = fallen().map(({ dueAt }) => dueAt as number);
    expect(due).toEqual(due.toSorted((a, b) => a - b));
    screen.close();
    await endHub(hub);
  });

  test('a hub that is awake tells of a thousand within a second each', async () => {
    const speed = 60;
    const hub = await HubProcess.start({ speed });
    const cookie = await cookieOf(hub.baseUrl, 'head');
    const teller = await signIn(hub.baseUrl, 'teller1');
    const caseIds: string[] = [];
    for (let batch = 0; batch < 20; batch++)
      caseIds.push(...(await Promise.all(Array.from({ length: 50 }, () => logCase(teller, { kind: 'incident', severity: 2 })))));
    const screen = await connected(hub.baseUrl, { cookie });
    await screen.watch({ after: 0 });
    const first = () => screen.events.filter(({ type, step }) => type === 'case.escalated' && step === 1);
    await screen.until(() => first().length === caseIds.length, 'a thousand first deadlines', 60_000);
    expect(new Set(first().map(({ caseId }) => caseId)).size).toBe(caseIds.length);
    const lateMs = first()
      .map(({ at = 0, dueAt }) => (at - (dueAt as number)) / speed)
      .toSorted((a, b) => a - b);
    expect(lateMs[Math.floor(lateMs.length * 0.99)]).toBeLessThan(1_000);
    screen.close();
    await endHub(hub);
  });
});
