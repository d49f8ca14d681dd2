/** Every role tries everything there is to do with cases and machines, in its own branch and in another's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandSchema } from '../../shared/contract/commands.ts';
import { TestEdge, uuid } from './edge.fixture.ts';

const SECRET = '只有相关的人可以看到这句话';
const who = [
  'stranger',
  'kiosk',
  'display',
  'machine',
  'uninvolved',
  'involved',
  'manager',
  'head',
  'regional',
  'headOffice',
  'admin',
  'outsider',
] as const;
type Who = (typeof who)[number];
type Credentials = { cookie: string } | { token: string } | Record<string, never>;

let edge: TestEdge;
let caseId = '';
let textRef = '';
let fileId = '';
const as = {} as Record<Who, Credentials>;

beforeAll(async () => {
  edge = await TestEdge.start();
  const signIn = async (username: string): Promise<Credentials> => ({ cookie: await edge.signIn(username) });
  const admin = await edge.signIn('admin');
  await edge.bank(admin, {
    type: 'account.create',
    username: 'outsider',
    name: '外人',
    password: 'demo-pass-1',
    role: 'head',
    branches: ['hq-02'],
  });
  Object.assign(as, {
    stranger: {},
    kiosk: { token: 'demo-kiosk' },
    display: { token: 'demo-display' },
    machine: { token: 'm1' },
    uninvolved: await signIn('teller2'),
    involved: await signIn('teller1'),
    manager: await signIn('manager'),
    head: await signIn('head'),
    regional: await signIn('region'),
    headOffice: await signIn('office'),
    admin: { cookie: admin },
    outsider: await signIn('outsider'),
  } satisfies Record<Who, Credentials>);
  const command = { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: SECRET, details: SECRET };
  const logged = await edge.command(as.involved, { ...command, contact: { name: SECRET, phone: '13900001234' } });
  caseId = logged.json().result.caseId;
  textRef = edge.hub.state('hq-01')?.cases.get(caseId)?.subjectRef ?? '';
  fileId = (await upload('involved')).json().attachmentId;
});
afterAll(() => edge.stop());

const upload = (actor: Who) =>
  edge.app.http.inject({
    method: 'POST',
    url: `/api/cases/${caseId}/attachments`,
    headers: { 'content-type': 'application/pdf', ...headersOf(as[actor]) },
    payload: Buffer.from('%PDF-1.7 something'),
  });
const headersOf = (by: Credentials): Record<string, string> =>
  'token' in by ? { authorization: `Bearer ${by.token}` } : 'cookie' in by ? { cookie: by.cookie } : {};

/** A body for every command about cases and machines; one that comes to be without a body here fails. */
const machineId = 'm2';
const soon = (): number => edge.now() + 3_600_000;
const bodies: Readonly<Record<string, () => object>> = {
  'case.log': () => ({ kind: 'incident', channel: 'counter', severity: 3, subject: '自己的事' }),
  'case.note': () => ({ text: SECRET }),
  'case.promise': () => ({ what: SECRET, byAt: soon() }),
  'case.keepPromise': () => ({ promiseId: 'none' }),
  'case.handOver': () => ({ toStaffId: 'teller3' }),
  'case.accept': () => ({}),
  'case.acknowledge': () => ({}),
  'case.decline': () => ({ reason: SECRET }),
  'case.setComplex': () => ({ reason: SECRET }),
  'case.extend': () => ({ days: 1, approvedBy: 'region', customerNotified: true }),
  'case.correct': () => ({ severity: 3, reason: SECRET }),
  'case.addTask': () => ({ kind: 'other', what: SECRET, dueAt: soon() }),
  'case.completeTask': () => ({ taskId: 'none' }),
  'case.setCause': () => ({ cause: 'waiting' }),
  'case.tickStep': () => ({ stepId: 'none' }),
  'case.inform': () => ({ whom: SECRET }),
  'case.report': () => ({ fields: { place: SECRET } }),
  'case.countPeople': () => ({ onSite: 2 }),
  'case.recuse': () => ({ staffId: 'teller3', reason: SECRET }),
  'case.escalate': () => ({ reason: SECRET }),
  'case.revealContact': () => ({}),
  'case.judge': () => ({ justified: true, reason: SECRET }),
  'case.resolve': () => ({ outcome: SECRET }),
  'case.reply': () => ({ satisfied: true }),
  'case.withdraw': () => ({}),
  'case.close': () => ({}),
  'award.give': () => ({ staffId: 'teller5', kind: 'praised', reason: SECRET }),
  'shift.end': () => ({}),
  'shift.begin': () => ({}),
  'machine.report': () => ({ machineId, state: 'attention' }),
  'machine.planMaintenance': () => ({ machineId, fromAt: soon(), untilAt: soon() + 60_000 }),
  'machine.cancelMaintenance': () => ({ machineId, maintenanceId: 'none' }),
  'machine.replenish': () => ({ machineId, loadedFen: 0, countedFen: 0, expectedFen: 0 }),
  'machine.confirmReplenishment': () => ({ machineId, replenishmentId: 'none' }),
  'machine.withdrawReplenishment': () => ({ machineId, replenishmentId: 'none', reason: SECRET }),
  'machine.settleDifference': () => ({ machineId, replenishmentId: 'none', explanation: SECRET }),
  'card.register': () => ({ machineId }),
  'card.collect': () => ({ cardId: 'none' }),
  'card.handBack': () => ({ cardId: 'none', identityChecked: true }),
  'card.destroy': () => ({ cardId: 'none', reason: SECRET }),
};

const ofTellers = [
  'machine.report',
  'machine.replenish',
  'machine.confirmReplenishment',
  'machine.withdrawReplenishment',
  'card.register',
  'card.collect',
];
const ladder: readonly Who[] = ['uninvolved', 'involved', 'manager', 'head', 'regional', 'headOffice'];
const leads: readonly Who[] = ['manager', 'head'];

/** Who comes as far as the rules; everybody else is turned away at the door. */
function allowed(type: string): readonly Who[] {
  if (type === 'case.log' || type.startsWith('shift.')) return ladder;
  if (type.startsWith('case.')) return ladder.filter((one) => one !== 'uninvolved');
  if (type === 'award.give') return ['head'];
  return ofTellers.includes(type) ? ['uninvolved', 'involved', ...leads] : leads;
}

const types = (schema: {
  readonly options?: readonly unknown[];
  readonly shape?: { readonly type?: { readonly value: string } };
}): string[] => schema.options?.flatMap((one) => types(one as typeof schema)) ?? [schema.shape?.type?.value ?? ''];
const ours = types(commandSchema as Parameters<typeof types>[0]).filter((type) => /^(case|machine|card|award|shift)\./.test(type));

const seers: readonly Who[] = ladder.filter((one) => one !== 'uninvolved');
/** Expected answer by who asks; whoever is not named gets the last. */
type Expected = (actor: Who) => number;
const expecting =
  (ok: readonly Who[], hidden: readonly Who[]): Expected =>
  (actor) => {
    if (actor === 'stranger') return 401;
    if (ok.includes(actor)) return 200;
    return hidden.includes(actor) ? 404 : 403;
  };
const ofCase = expecting(seers, ['uninvolved', 'outsider']);

it.each(who)('a file sent by %s', async (actor) => {
  expect((await upload(actor)).statusCode).toBe(ofCase(actor));
});

it('every command about cases and machines is tried here', () => expect(Object.keys(bodies).sort()).toEqual([...ours].sort()));

describe.each(ours)('%s', (type) => {
  const command = (): object => ({ type, ...(type.startsWith('case.') && type !== 'case.log' ? { caseId } : {}), ...bodies[type]?.() });

  it.each(who)('by %s', async (actor) => {
    const before = edge.deeds;
    const { statusCode, body } = await edge.command(as[actor], command());
    if (allowed(type).includes(actor)) expect([200, 409]).toContain(statusCode);
    else {
      expect(statusCode).toBe(actor === 'stranger' ? 401 : 403);
      expect(edge.deeds).toBe(before);
    }
    expect(body).not.toMatch(new RegExp(`${SECRET}|13900001234`));
  });

  it('in a branch that is not theirs, for nobody', async () => {
    const near = who.filter((actor) => !['regional', 'headOffice', 'admin', 'outsider'].includes(actor));
    for (const actor of near) {
      const { statusCode } = await edge.command(as[actor], command(), 'hq-02');
      expect([actor, statusCode]).toEqual([actor, actor === 'stranger' ? 401 : 403]);
    }
  });
});

const staffOfBranch = expecting([...ladder, 'admin'], []);

describe.each<[string, 'GET' | 'POST', () => string, Expected]>([
  ['the list', 'GET', () => '/api/cases', expecting([...ladder, 'outsider'], [])],
  ['the list of a branch', 'GET', () => '/api/cases?branch=hq-01', expecting(ladder, [])],
  ['a search', 'GET', () => `/api/cases?q=${encodeURIComponent(SECRET)}`, expecting([...ladder, 'outsider'], [])],
  ['a case', 'GET', () => `/api/cases/${caseId}`, ofCase],
  ['its record', 'GET', () => `/api/cases/${caseId}/export`, ofCase],
  ['its file', 'GET', () => `/api/cases/${caseId}/attachments/${fileId}`, ofCase],
  ['its text', 'GET', () => `/api/branches/hq-01/texts/${textRef}`, expecting(seers, ['uninvolved', 'admin'])],
  // By now the lobby manager or somebody above owns it; whoever logged it is on the record, not in charge.
  [
    'its contact',
    'POST',
    () => `/api/cases/${caseId}/contact`,
    expecting(['manager', 'head', 'regional', 'headOffice'], ['uninvolved', 'outsider']),
  ],
  ['retained cards', 'GET', () => '/api/branches/hq-01/cards', staffOfBranch],
  ['cash added', 'GET', () => '/api/branches/hq-01/replenishments', staffOfBranch],
  ['telemetry', 'POST', () => '/api/machines/m1/telemetry', (actor) => (actor === 'stranger' ? 401 : actor === 'machine' ? 400 : 403)],
  ['telemetry of many', 'POST', () => '/api/machines/telemetry', (actor) => (actor === 'stranger' ? 401 : actor === 'machine' ? 400 : 403)],
  ['webhooks', 'GET', () => '/api/webhooks', expecting(['admin'], [])],
])('%s', (name, method, path, expected) => {
  it.each(who)('asked for by %s', async (actor) => {
    const { statusCode, body } = await edge.ask(method, path(), as[actor]);
    if (name === 'its contact' && actor === 'involved') expect([200, 403]).toContain(statusCode);
    else expect(statusCode).toBe(expected(actor));
    const told = statusCode === 200 && seers.includes(actor);
    if (!told) expect(body).not.toMatch(new RegExp(`${SECRET}|13900001234`));
  });
});

it('the floor and the log of the branch tell of the case only to those who may see it', async () => {
  for (const actor of who) {
    if (actor === 'stranger') continue;
    const floor = await edge.ask('GET', '/api/branches/hq-01/floor', as[actor]);
    const events = await edge.ask('GET', '/api/branches/hq-01/events?after=0&limit=1000', as[actor]);
    expect([actor, floor.body.includes(caseId) || events.body.includes(caseId)]).toEqual([actor, seers.includes(actor)]);
    expect(floor.body + events.body).not.toMatch(new RegExp(`${SECRET}|13900001234`));
  }
});

it('an answer to one’s own command tells nothing that came along and is not theirs', async () => {
  await edge.command(as.involved, {
    type: 'case.log',
    kind: 'emergency',
    channel: 'counter',
    severity: 1,
    subject: SECRET,
    playbookId: 'robbery',
  });
  const id = uuid();
  const { body } = await edge.ask('POST', '/api/branches/hq-01/commands', {
    ...as.manager,
    body: { id, type: 'ticket.issue', serviceId: 'deposit' },
  });
  expect(JSON.parse(body)).toMatchObject({ events: expect.arrayContaining([expect.objectContaining({ type: 'ticket.issued' })]) });
  expect(body).not.toContain('case.');
});
