/** Cases read and revealed over HTTP: what each may see, page by page, and what is told of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEdge, uuid } from './edge.fixture.ts';

let edge: TestEdge;
const cookies: Record<string, string> = {};
const people = ['teller1', 'teller2', 'teller3', 'manager', 'head', 'region', 'office', 'admin'];

beforeAll(async () => {
  edge = await TestEdge.start();
  for (const username of people) cookies[username] = await edge.signIn(username);
  await edge.bank(cookies['admin'] ?? '', {
    type: 'account.create',
    username: 'outsider',
    name: '外人',
    password: 'demo-pass-1',
    role: 'head',
    branches: ['hq-02'],
  });
  cookies['outsider'] = await edge.signIn('outsider');
});
afterAll(() => edge.stop());

const as = (who: string): { cookie: string } => ({ cookie: cookies[who] ?? '' });
const complaint = { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: '排队太久' };
type Json = Record<string, unknown>;

async function done(who: string, command: object, branch = 'hq-01'): Promise<Json> {
  const response = await edge.command(as(who), command, branch);
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.body}`);
  return response.json().result as Json;
}
const log = async (who: string, more: object = {}, branch?: string): Promise<string> =>
  String((await done(who, { ...complaint, ...more }, branch)).caseId);
const get = async (who: string, path: string): Promise<{ status: number; body: Json }> => {
  const response = await edge.ask('GET', path, as(who));
  return { status: response.statusCode, body: response.json() as Json };
};
const list = async (who: string, query = ''): Promise<Json[]> => (await get(who, `/api/cases?${query}`)).body['cases'] as Json[];
const ids = async (who: string, query = ''): Promise<unknown[]> => (await list(who, query)).map(({ id }) => id);

describe('the list', () => {
  it('shows a teller what they had a part in, a lead the branch’s, a region’s supervisor all of theirs', async () => {
    const mine = await log('teller1', { subject: '柜台态度' });
    const others = await log('teller2', { subject: '等候太久' });
    expect(await ids('teller1')).toContain(mine);
    expect(await ids('teller1')).not.toContain(others);
    for (const lead of ['manager', 'head', 'region', 'office']) expect(await ids(lead)).toEqual(expect.arrayContaining([mine, others]));
    expect(await ids('outsider')).toEqual([]);
    expect((await list('manager'))[0]).toMatchObject({
      id: others,
      branchId: 'hq-01',
      no: expect.stringMatching(/^\d{8}-\d\d$/),
      kind: 'complaint',
      state: 'logged',
      ownerId: 'teller2',
      offeredTo: 'manager',
      subject: '等候太久',
      dueAt: expect.any(Number),
    });
  });

  it('pages stay where they are while new cases come: none twice, none left out', async () => {
    const before = await ids('head');
    const all = new Set<unknown>();
    let next: string | undefined;
    do {
      const { body } = await get('head', `/api/cases?limit=1${next === undefined ? '' : `&cursor=${next}`}`);
      for (const { id } of body['cases'] as Json[]) {
        expect(all.has(id)).toBe(false);
        all.add(id);
      }
      next = body['next'] as string | undefined;
      await log('teller3');
    } while (next !== undefined);
    expect([...all]).toEqual(before);
  });

  it('is filtered by kind, state, severity, owner, branch, time and one’s own part', async () => {
    const praise = await log('head', { kind: 'praise', severity: 4, subject: '拾金不昧' });
    expect(await ids('head', 'kind=praise')).toEqual([praise]);
    expect(await ids('head', 'severity=4')).toEqual([praise]);
    expect(await ids('head', 'mine=true')).toEqual([praise]);
    expect(await ids('head', 'owner=head')).toEqual([praise]);
    expect(await ids('head', 'state=open')).toContain(praise);
    await done('head', { type: 'case.close', caseId: praise });
    expect(await ids('head', 'state=open')).not.toContain(praise);
    expect(await ids('head', 'state=closed&branch=hq-01')).toEqual([praise]);
    const [{ loggedAt } = {}] = await list('head', 'kind=praise');
    expect(await ids('head', `kind=praise&from=${String(loggedAt)}&to=${Number(loggedAt) + 1}`)).toEqual([praise]);
    expect(await ids('head', `kind=praise&to=${String(loggedAt)}`)).toEqual([]);
    expect(await ids('region', 'branch=hq-02')).toEqual([]);
  });

  it('is searched by number, subject and details, in any script and case, and signs mean themselves', async () => {
    const found = await log('teller1', { subject: 'ATM 吞卡 50%_off', details: '客户说卡号后四位不符' });
    const [{ no } = {}] = await list('manager', 'limit=1');
    for (const q of ['吞卡', 'atm', '后四位', '50%_', '%_o', String(no)])
      expect(await ids('manager', `q=${encodeURIComponent(q)}`)).toContain(found);
    for (const q of ['%', '_', '"', 'text', "' OR 1=1 --", '\\'])
      expect([q, (await ids('manager', `q=${encodeURIComponent(q)}`)).length]).toEqual([q, q === '%' || q === '_' ? 1 : 0]);
    expect(await ids('teller2', `q=${encodeURIComponent('吞卡')}`)).toEqual([]);
  });

  it('may be asked for in a body, so that what is searched for stands in no address; the same rules hold', async () => {
    const found = await log('teller1', { subject: '客户 13900008888 来电' });
    const search = (who: string, body: object) => edge.ask('POST', '/api/cases/search', { ...as(who), body });
    const told = (await search('manager', { q: '13900008888', state: 'open', limit: 5 })).json() as Json;
    expect(told).toEqual((await get('manager', '/api/cases?q=13900008888&state=open&limit=5')).body);
    expect(told['cases']).toMatchObject([{ id: found }]);
    expect((await search('teller2', { q: '13900008888' })).json()).toEqual({ cases: [] });
    for (const wrong of [{ limit: 0 }, { q: '' }, { page: 2 }, { q: {} }]) expect((await search('manager', wrong)).statusCode).toBe(400);
    expect((await search('admin', {})).statusCode).toBe(403);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'state=gone',
    'kind=x',
    'severity=9',
    'page=2',
    'cursor=@@',
    'q=',
    'from=-1',
    'mine=no',
    'kind=praise&kind=complaint',
  ])('%s is malformed', async (query) =>
    expect(await get('head', `/api/cases?${query}`)).toMatchObject({ status: 400, body: { code: 'input.invalid' } }),
  );

  it('another’s branch is refused', async () =>
    expect(await get('manager', '/api/cases?branch=hq-02')).toMatchObject({ status: 403, body: { code: 'branch.forbidden' } }));
});

describe('one case', () => {
  it('tells what happened, what is promised, and everything it lived through', async () => {
    const caseId = await log('teller1', { details: '等了一小时', contact: { name: '王小明', phone: '13812345678' } });
    await done('manager', { type: 'case.accept', caseId });
    await done('manager', { type: 'case.promise', caseId, what: '今天回电', byAt: edge.now() + 3_600_000 });
    await done('manager', { type: 'case.correct', caseId, subject: '等候超过一小时', reason: '客户补充' });
    await done('manager', { type: 'case.resolve', caseId, outcome: '已致歉', granted: 'refused', refusalReason: '无损失' });
    const { status, body } = await get('teller1', `/api/cases/${caseId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: caseId,
      branchId: 'hq-01',
      state: 'resolved',
      ownerId: 'manager',
      subject: '等候超过一小时',
      details: '等了一小时',
      outcomeText: '已致歉',
      contact: { name: '王**', phone: '138****5678' },
      promises: [{ what: '今天回电', by: 'manager' }],
      tasks: [{ kind: 'video' }],
      attachments: [],
      waysOnward: expect.arrayContaining([{ id: 'mediation', name: { zh: '调解', en: 'Mediation' } }]),
    });
    expect(body['timeline']).toMatchObject([
      { type: 'case.logged', actor: 'teller1', text: '排队太久', texts: { details: '等了一小时' }, kind: 'complaint', ownerId: 'teller1' },
      { type: 'case.accepted', actor: 'manager', ownerId: 'manager', from: 'teller1' },
      { type: 'case.promised', text: '今天回电' },
      { type: 'case.corrected', text: '等候超过一小时', texts: { reason: '客户补充' } },
      { type: 'case.resolved', text: '已致歉', texts: { refusalReason: '无损失' }, granted: 'refused' },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/Ref"|13812345678|王小明/);
  });

  it('is nothing to whoever may not see it: as one that never was', async () => {
    const caseId = await log('teller1');
    const unknown = await get('teller2', `/api/cases/${uuid()}`);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'case.unknown' } });
    for (const who of ['teller2', 'outsider']) {
      for (const path of ['', '/export', '/attachments/x'])
        expect([who, path, await get(who, `/api/cases/${caseId}${path}`)]).toEqual([who, path, unknown]);
      expect((await edge.ask('POST', `/api/cases/${caseId}/contact`, as(who))).json()).toEqual(unknown.body);
    }
  });

  it('a silent emergency is not for the lobby manager, in no list, search or text', async () => {
    const { statusCode, body } = await edge.command(as('teller1'), {
      ...complaint,
      kind: 'emergency',
      severity: 1,
      playbookId: 'robbery',
      subject: '三号柜台',
    });
    expect([statusCode, body.includes('三号柜台')]).toEqual([200, false]);
    const { caseId } = JSON.parse(body).result as { caseId: string };
    const ref = edge.hub.state('hq-01')?.cases.get(caseId)?.subjectRef ?? '';
    expect(ref).not.toBe('');
    const reach = async (who: string) => [
      (await get(who, `/api/cases/${caseId}`)).status,
      (await get(who, `/api/branches/hq-01/texts/${ref}`)).status,
      (await ids(who, 'kind=emergency')).includes(caseId),
      (await ids(who, `q=${encodeURIComponent('三号柜台')}`)).includes(caseId),
    ];
    for (const who of ['manager', 'teller2']) expect([who, ...(await reach(who))]).toEqual([who, 404, 404, false, false]);
    for (const who of ['teller1', 'head', 'region', 'office']) expect([who, ...(await reach(who))]).toEqual([who, 200, 200, true, true]);
  });

  it('whom it is about reads nothing of what was said, unless they wrote it down themselves', async () => {
    const about = await log('teller1', { aboutStaffId: 'manager', subject: '经理态度生硬', contact: { phone: '13800001111' } });
    const own = await log('manager', { aboutStaffId: 'manager', subject: '客户说我态度生硬' });
    const ref = edge.hub.state('hq-01')?.cases.get(about)?.subjectRef ?? '';
    const { body } = await get('manager', `/api/cases/${about}`);
    expect(body).toMatchObject({ id: about, textsClosed: true });
    expect(JSON.stringify(body)).not.toMatch(/经理态度生硬|1111/);
    expect((await get('manager', `/api/branches/hq-01/texts/${ref}`)).status).toBe(404);
    expect(await ids('manager', `q=${encodeURIComponent('态度生硬')}`)).toEqual([own]);
    expect((await get('head', `/api/cases/${about}`)).body).toMatchObject({ subject: '经理态度生硬' });
    expect((await edge.ask('POST', `/api/cases/${about}/contact`, as('manager'))).statusCode).toBe(403);
  });

  it('is taken away as one record, named by its number', async () => {
    const caseId = await log('teller1', { kind: 'emergency', severity: 1, playbookId: 'illness', drill: true });
    const response = await edge.ask('GET', `/api/cases/${caseId}/export`, as('head'));
    expect(response.headers['content-disposition']).toMatch(/^attachment; filename="case-\d{8}-\d+\.json"$/);
    expect(response.json()).toMatchObject({ exportedBy: 'head', case: { id: caseId, drill: true, timeline: [{ type: 'case.logged' }] } });
  });
});

describe('the contact of a case', () => {
  it('is told to its owner and the leads, each time on the record, and read nowhere else', async () => {
    const caseId = await log('teller1', { contact: { name: '李四', phone: '13912345678' }, representatives: [{ name: '赵六' }] });
    const ref = edge.hub.state('hq-01')?.cases.get(caseId)?.contactRef ?? '';
    const ask = (who: string) => edge.ask('POST', `/api/cases/${caseId}/contact`, { ...as(who), body: { id: uuid() } });
    expect((await ask('teller1')).json()).toEqual({ name: '李四', phone: '13912345678', representatives: [{ name: '赵六' }] });
    expect((await ask('manager')).json()).toMatchObject({ phone: '13912345678' });
    await done('manager', { type: 'case.handOver', caseId, toStaffId: 'teller2' });
    expect((await ask('teller2')).json()).toMatchObject({ status: 403, code: 'case.contact_closed' });
    expect((await ask('admin')).statusCode).toBe(403);
    const { body } = await get('head', `/api/cases/${caseId}`);
    const reveals = (body['timeline'] as Json[]).filter(({ type }) => type === 'case.contactRevealed');
    expect(reveals.map(({ actor }) => actor)).toEqual(['teller1', 'manager']);
    for (const who of ['teller1', 'manager', 'head']) expect((await get(who, `/api/branches/hq-01/texts/${ref}`)).status).toBe(404);
  });

  it('a case without one says so', async () => {
    const caseId = await log('teller1');
    expect((await edge.ask('POST', `/api/cases/${caseId}/contact`, as('teller1'))).json()).toMatchObject({
      status: 404,
      code: 'text.unknown',
    });
  });
});

describe('over a restart', () => {
  it('lists, timelines and what was masked are the same', async () => {
    const caseId = await log('teller1', { contact: { phone: '13700001234' } });
    const told = async () => [await get('head', `/api/cases/${caseId}`), await get('head', '/api/cases?limit=200')];
    const before = await told();
    await edge.restart();
    expect(await told()).toEqual(before);
  });
});
