import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { endHub } from './support/ending.ts';
import { caseLog, isFine, type KnownCommand, machineAndCaseCommands, shiftEnd } from './support/case-commands.ts';
import { type Client, device, expectProblem, type Fields, type Reply, signIn } from './support/client.ts';

const id = () => randomUUID();
const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = 'x'.repeat(1_000_000);

/** A well-formed command of every type: required fields first, then optional ones. None of them can be carried out (nobody is there). */
const commands: readonly KnownCommand[] = [
  {
    type: 'ticket.issue',
    required: { serviceId: 'none' },
    optional: {
      segment: 'ordinary',
      amountFen: 1,
      notes: 1,
      coinShare: 0.5,
      partySize: 2,
      contact: { name: 'a', phone: '139000' },
      counterKind: 'cash',
    },
  },
  { type: 'ticket.callNext', required: { counterId: 'none' } },
  { type: 'ticket.finishAndCallNext', required: { counterId: 'none', ticketId: 'none' } },
  { type: 'ticket.call', required: { counterId: 'none', ticketId: 'none', reason: 'why' } },
  { type: 'ticket.recall', required: { counterId: 'none' } },
  { type: 'ticket.start', required: { counterId: 'none' }, optional: { amountFen: 1, notes: 1, coinShare: 0.5, exception: 'x' } },
  { type: 'ticket.addItem', required: { counterId: 'none', serviceId: 'none' }, optional: { amountFen: 1, notes: 1, coinShare: 0.5 } },
  { type: 'ticket.complete', required: { counterId: 'none' } },
  { type: 'ticket.noShow', required: { counterId: 'none' } },
  { type: 'ticket.requeue', required: { ticketId: 'none' } },
  { type: 'ticket.park', required: { counterId: 'none', reason: 'why' } },
  { type: 'ticket.unpark', required: { ticketId: 'none' } },
  { type: 'ticket.return', required: { counterId: 'none', ticketId: 'none' } },
  { type: 'ticket.transfer', required: { counterId: 'none' }, optional: { toServiceId: 'none', toCounterId: 'none' } },
  { type: 'ticket.cancel', required: { ticketId: 'none', reason: 'why' } },
  { type: 'ticket.divert', required: { ticketId: 'none', to: 'machine' }, optional: { machineId: 'm1' } },
  { type: 'ticket.undivert', required: { ticketId: 'none' } },
  { type: 'ticket.walkUp', required: { counterId: 'none', serviceId: 'none', reason: 'why' } },
  { type: 'ticket.setSegment', required: { ticketId: 'none', segment: 'vip', reason: 'why' } },
  { type: 'ticket.fetch', required: { ticketId: 'none' } },
  { type: 'ticket.confirmNoShow', required: { ticketId: 'none' } },
  { type: 'ticket.rate', required: { ticketId: 'none', score: 5 } },
  {
    type: 'limit.extend',
    required: { ticketId: 'none', class: 'coins' },
    optional: { addMs: 60_000, reason: 'why', customerAgreed: true },
  },
  { type: 'limit.appeal', required: { overrunId: 'none', reason: 'why' } },
  { type: 'limit.decideAppeal', required: { overrunId: 'none', upheld: true, reason: 'why' } },
  { type: 'retraining.confirm', required: { staffId: 'none' } },
  { type: 'retraining.pass', required: { staffId: 'none' } },
  { type: 'counter.open', required: { counterId: 'none' }, optional: { staffId: 'none' } },
  { type: 'counter.pause', required: { counterId: 'none', reason: 'why' }, optional: { backAt: 1 } },
  { type: 'counter.pauseAfter', required: { counterId: 'none', reason: 'why' }, optional: { backAt: 1 } },
  { type: 'counter.confirmCashCount', required: { counterId: 'none' } },
  { type: 'counter.resume', required: { counterId: 'none' } },
  { type: 'counter.close', required: { counterId: 'none' } },
  { type: 'help.call', required: { counterId: 'none', kind: 'change' } },
  { type: 'help.answer', required: { counterId: 'none', kind: 'change' } },
  { type: 'system.restored', required: { outageId: 'none' } },
  ...machineAndCaseCommands,
];
/** These would be carried out, so they are only sent with a fault in them. */
const effective: readonly KnownCommand[] = [
  caseLog,
  shiftEnd,
  { type: 'branch.setPhase', required: { phase: 'business' } },
  { type: 'branch.setDayType', required: { dayType: 'ordinary' } },
  { type: 'system.outage', required: { scope: 'branch' } },
];

const wrongAnywhere: readonly unknown[] = [null, {}, [], [[]], { $ne: null }, MEGABYTE];

describe('malformed input', () => {
  let hub: HubProcess;
  let head: Client;
  let kiosk: Client;
  let seq = 0;

  beforeAll(async () => {
    hub = await HubProcess.start();
    head = await signIn(hub.baseUrl, 'head');
    kiosk = device(hub.baseUrl, 'demo-kiosk');
    seq = await head.seq();
  });
  afterAll(() => endHub(hub));

  const path = '/api/branches/hq-01/commands';
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = JSON_TYPE) =>
    head.send('POST', path, body, headers);
  const unchanged = async () => expect(await head.deedsSince(seq)).toEqual([]);

  /** A 400 whose errors name the field. */
  function expectNamed(reply: Reply, field: string, what: string): void {
    const { errors } = expectProblem(reply, [400, 413], what);
    if (reply.status === 413) return;
    expect(
      errors?.map((error) => error.path.split('.')[0]),
      what,
    ).toContain(field);
    for (const error of errors ?? []) expect(error.message, what).toMatch(/\S/);
  }

  test('a well-formed command about somebody who is not there is refused by a rule, naming what is unknown', async () => {
    for (const { type, required, optional } of commands) {
      const reply = await head.command(type, { ...required, ...optional });
      expectProblem(reply, [404, 409], type);
    }
    await unchanged();
  });

  test('every missing field is named', async () => {
    for (const { type, required } of [...commands, ...effective]) {
      for (const field of Object.keys(required)) {
        const { [field]: _left, ...rest } = required;
        expectNamed(await head.command(type, rest), field, `${type} without ${field}`);
      }
    }
    await unchanged();
  });

  test('every field of a wrong type, empty or enormous is named', async () => {
    for (const { type, required, optional } of [...commands, ...effective]) {
      for (const field of Object.keys({ ...required, ...optional })) {
        const good = { ...required, ...optional }[field];
        const asString = typeof good === 'string' ? [0, 1.5, true, ''] : ['text', '', '1', 'true'];
        const wrongs = [...wrongAnywhere.filter((wrong) => !isFine(field, wrong)), ...asString];
        for (const wrong of wrongs) {
          const reply = await head.command(type, { ...required, [field]: wrong });
          expectNamed(reply, field, `${type} with ${field}=${JSON.stringify(wrong).slice(0, 40)}`);
        }
      }
    }
    await unchanged();
  });

  test('a word that is not one of the words of the contract is named', async () => {
    const wrong: readonly [string, Fields, string][] = [
      ['ticket.issue', { serviceId: 'deposit', segment: 'king' }, 'segment'],
      ['ticket.issue', { serviceId: 'deposit', segment: '__proto__' }, 'segment'],
      ['ticket.issue', { serviceId: 'deposit', counterKind: 'golden' }, 'counterKind'],
      ['ticket.divert', { ticketId: 'x', to: 'the moon' }, 'to'],
      ['limit.extend', { ticketId: 'x', class: 'friendship' }, 'class'],
      ['help.call', { counterId: 'c1', kind: 'coffee' }, 'kind'],
      ['branch.setPhase', { phase: 'party' }, 'phase'],
      ['branch.setDayType', { dayType: 'sunday' }, 'dayType'],
      ['system.outage', { scope: 'universe' }, 'scope'],
      ['case.log', { ...caseLog.required, kind: 'machineFault' }, 'kind'],
      ['case.log', { ...caseLog.required, channel: 'rumour' }, 'channel'],
      ['case.log', { ...caseLog.required, severity: 5 }, 'severity'],
      ['case.log', { ...caseLog.required, severity: 0 }, 'severity'],
      ['case.log', { ...caseLog.required, subject: ' ' }, 'subject'],
      ['case.log', { ...caseLog.required, subject: 'x'.repeat(201) }, 'subject'],
      ['case.resolve', { caseId: 'x', outcome: 'done', granted: 'perhaps' }, 'granted'],
      ['case.extend', { caseId: 'x', days: 10, approvedBy: 'region', customerNotified: false }, 'customerNotified'],
      ['case.extend', { caseId: 'x', days: 0, approvedBy: 'region', customerNotified: true }, 'days'],
      ['case.addTask', { caseId: 'x', kind: 'coffee', what: 'what' }, 'kind'],
      ['case.report', { caseId: 'x', fields: { weather: 'fine' } }, 'fields'],
      ['award.give', { staffId: 'teller1', kind: 'blamed', reason: 'why' }, 'kind'],
      ['machine.report', { machineId: 'm1', state: 'online' }, 'state'],
      ['machine.report', { machineId: 'm1', state: 'outOfService', fault: 'tired' }, 'fault'],
      ['card.register', { machineId: 'm1', lastDigits: '6222021234567890' }, 'lastDigits'],
      ['card.handBack', { cardId: 'x', identityChecked: false }, 'identityChecked'],
    ];
    for (const [type, fields, field] of wrong) expectNamed(await head.command(type, fields), field, `${type} ${JSON.stringify(fields)}`);
    await unchanged();
  });

  test('numbers out of any sense are named', async () => {
    const senseless: readonly [string, readonly unknown[]][] = [
      ['amountFen', [-1, 0.5, 1e300, -0.1, Number.MAX_SAFE_INTEGER + 2, '100']],
      ['notes', [-1, 0.5, 1e300]],
      ['coinShare', [-0.01, 1.01, 1e9, -1e-300]],
      ['partySize', [0, -1, 1.5, 1e9]],
    ];
    for (const [field, values] of senseless) {
      for (const value of values)
        expectNamed(
          await head.command('ticket.issue', { serviceId: 'deposit', [field]: value }),
          field,
          `${field}=${JSON.stringify(value)}`,
        );
    }
    for (const score of [0, 6, -1, 3.5, 1e9])
      expectNamed(await head.command('ticket.rate', { ticketId: 'x', score }), 'score', `score=${score}`);
    for (const raw of ['NaN', 'Infinity', '-Infinity', '1e999', '0x10', '01', '1_000']) {
      expectProblem(await post(`{"id":"${id()}","type":"ticket.issue","serviceId":"deposit","amountFen":${raw}}`), 400, raw);
    }
    await unchanged();
  });

  test('a contact that is no contact is named by its path', async () => {
    for (const contact of [{ phone: 13_900_001_111 }, { name: {} }, { name: 'x'.repeat(10_000) }, { phone: 'x'.repeat(10_000) }]) {
      const { errors } = expectProblem(
        await kiosk.command('ticket.issue', { serviceId: 'deposit', contact }),
        400,
        JSON.stringify(contact).slice(0, 60),
      );
      expect(errors?.[0]?.path).toBe(`contact.${Object.keys(contact)[0]}`);
    }
    await unchanged();
  });

  test('a body that is no JSON object', async () => {
    const bodies = [
      '',
      ' ',
      '{',
      '}',
      '[',
      'null',
      'true',
      '0',
      '""',
      '[]',
      '[{}]',
      '{}',
      '{"id":',
      "{'id':1}",
      'id=1&type=ticket.issue',
      '<xml/>',
      '\u0000',
      '\uFEFF',
      '{"a":"\ud800"}',
      'NaN',
      'undefined',
      '{"id":"1"}{"id":"2"}',
      '// comment\n{}',
      '{"type":"ticket.issue"',
    ];
    for (const body of bodies) expectProblem(await post(body), 400, JSON.stringify(body));
    expectProblem(await post(new Uint8Array([0xff, 0xfe, 0x00, 0x01, 0x80])), 400, 'bytes');
    expectProblem(await post(new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])), 400, 'broken UTF-8');
    expectProblem(await head.send('POST', path), [400, 415], 'no body at all');
    await unchanged();
  });

  test('a body very deep or very large', async () => {
    const deep = (n: number) => '['.repeat(n) + ']'.repeat(n);
    const command = `{"id":"${id()}","type":"ticket.issue","serviceId":`;
    for (const body of [deep(1_000), deep(100_000), `${command}${deep(50_000)}}`, '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000)]) {
      expectProblem(await post(body), [400, 413], `deep ${body.length}`);
    }
    expectProblem(await post(`${command}"${MEGABYTE}"}`), [400, 413]);
    expectProblem(await post(`${command}"${MEGABYTE.repeat(12)}"}`), 413);
    expectProblem(await post(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`), [400, 413], 'many keys');
    await unchanged();
  });

  test('a content type that is not JSON', async () => {
    const body = JSON.stringify({ id: id(), type: 'ticket.issue', serviceId: 'deposit' });
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'nonsense',
      'application/octet-stream',
      '',
      'text/html; charset=utf-8',
    ]) {
      expectProblem(await post(body, { 'content-type': type }), [400, 415], type);
    }
    await unchanged();
  });

  test('an id that is no UUID, and a type nobody knows', async () => {
    for (const wrong of [
      undefined,
      null,
      '',
      '1',
      'not-a-uuid',
      7,
      {},
      [],
      `${id()}x`,
      ` ${id()}`,
      'zzzzzzzz-zzzz-4zzz-8zzz-zzzzzzzzzzzz',
      MEGABYTE,
    ]) {
      expectNamed(
        await head.post(path, { id: wrong, type: 'ticket.callNext', counterId: 'c1' }),
        'id',
        `id ${JSON.stringify(wrong)?.slice(0, 40)}`,
      );
    }
    for (const wrong of [
      undefined,
      null,
      '',
      'ticket',
      'ticket.',
      'TICKET.ISSUE',
      'ticket.issued',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      7,
      {},
      [],
      ['ticket.issue'],
      '😀',
      MEGABYTE,
    ]) {
      expectNamed(
        await head.post(path, { id: id(), type: wrong, serviceId: 'deposit', counterId: 'c1' }),
        'type',
        `type ${JSON.stringify(wrong)?.slice(0, 40)}`,
      );
    }
    for (const [inner, fields] of [
      ['clock.tick', {}],
      ['hub.resumed', { downFrom: 0 }],
      ['machine.hear', { machineId: 'm1', reports: [{ at: 1, status: { device: 'ONLINE' } }] }],
      ['machine.lose', { machineId: 'm1', lastHeardAt: 0 }],
      ['case.attach', { caseId: 'x', attachmentId: 'y', name: 'z', mediaType: 'image/png', bytes: 1, sha256: '00' }],
    ] as const)
      expectProblem(await head.command(inner, fields), [400, 403], inner);
    await unchanged();
  });

  test('names of things that every object has are unknown like any other', async () => {
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '😀',
      '../c1',
      'C1',
      'c1 ',
      'c01',
      "c1' OR '1'='1",
      'c1\u0000',
      'ｃ１',
      'undefined',
      'null',
      '%00',
    ];
    for (const name of names) {
      for (const { type, required } of commands.filter((one) => 'counterId' in one.required)) {
        expectProblem(await head.command(type, { ...required, counterId: name }), [400, 404, 409], `${type} at ${name}`);
      }
      expectProblem(await head.command('counter.open', { counterId: 'c1', staffId: name }), [400, 404, 409], `staff ${name}`);
      expectProblem(await kiosk.command('ticket.issue', { serviceId: name }), [400, 404, 409], `service ${name}`);
      expectProblem(await head.command('ticket.cancel', { ticketId: name, reason: 'x' }), [400, 404, 409], `ticket ${name}`);
      expectProblem(await head.command('limit.appeal', { overrunId: name, reason: 'x' }), [400, 404, 409], `overrun ${name}`);
      expectProblem(await head.command('system.restored', { outageId: name }), [400, 404, 409], `outage ${name}`);
      expectProblem(await head.command('retraining.confirm', { staffId: name }), [400, 404, 409], `retraining ${name}`);
      expectProblem(await head.command('retraining.pass', { staffId: name }), [400, 404, 409], `retraining ${name}`);
      expectProblem(await head.command('system.outage', { scope: 'service', serviceId: name }), [400, 404, 409], `outage of ${name}`);
      expectProblem(await head.command('system.outage', { scope: 'counter', counterId: name }), [400, 404, 409], `outage at ${name}`);
    }
    await unchanged();
  });

  test('a body that tries to poison the prototype, or to speak as somebody else, has no such effect', async () => {
    const before = await head.seq();
    const poison = `{"id":"${id()}","type":"ticket.issue","serviceId":"deposit","__proto__":{"segment":"vip","role":"admin"},"constructor":{"prototype":{"segment":"vip"}},"actor":{"id":"admin"},"at":1,"seq":1,"branchId":"hq-02","now":1}`;
    const reply = await kiosk.send<{ seq: number }>('POST', path, poison, JSON_TYPE);
    expect([200, 400]).toContain(reply.status);
    if (reply.status === 200) {
      const [event] = await head.events(before);
      expect(event).toMatchObject({ type: 'ticket.issued', seq: before + 1, branchId: 'hq-01', segment: 'ordinary' });
      expect(JSON.stringify(event?.actor)).not.toContain('admin');
      expect(Math.abs((event?.at ?? 0) - (await head.floor()).at)).toBeLessThan(60_000);
    }
    seq = await head.seq();
    expect((await head.get('/api/branches')).status).toBe(200);
  });

  test('addresses that are broken, strange or lead nowhere', async () => {
    const ids = [
      'nope',
      '%00',
      '..%2f..%2fetc%2fpasswd',
      '__proto__',
      'constructor',
      'toString',
      '%F0%9F%98%80',
      'x'.repeat(5_000),
      "hq-01'--",
      'HQ-01',
      'hq-01%20',
      'bank',
      '%2e%2e',
      '*',
      '-',
    ];
    for (const branch of ids) {
      for (const [method, rest] of [
        ['GET', 'floor'],
        ['GET', 'events'],
        ['POST', 'commands'],
        ['GET', 'overruns'],
        ['GET', 'retraining'],
        ['GET', 'staff'],
        ['GET', 'config'],
      ] as const) {
        const body = method === 'POST' ? JSON.stringify({ id: id(), type: 'ticket.issue', serviceId: 'deposit' }) : undefined;
        const reply = await head.send(method, `/api/branches/${branch}/${rest}`, body, body === undefined ? {} : JSON_TYPE);
        expectProblem(reply, [400, 403, 404, 414], `${method} ${branch.slice(0, 30)}/${rest}`);
      }
    }
    for (const wrong of [
      '/api/branches/%E0%A4%A/floor',
      '/api/nothing',
      '/api/branches/hq-01',
      '/api/branches/hq-01/nothing',
      '/api//branches',
      '/api/branches/hq-01/texts/none',
      '/t/%E0%A4%A',
      '/api/t/none',
    ]) {
      expectProblem(await head.get(wrong), [400, 404], wrong);
    }
    for (const [method, at] of [
      ['PUT', path],
      ['DELETE', path],
      ['PATCH', path],
      ['GET', path],
      ['POST', '/api/branches/hq-01/floor'],
      ['POST', '/api/branches'],
      ['PUT', '/api/session'],
      ['OPTIONS', path],
    ] as const) {
      expectProblem(await head.send(method, at), [400, 404, 405], `${method} ${at}`);
    }
    await unchanged();
  });

  test('bad queries are clamped or told, never a fault', async () => {
    for (const query of [
      'after=x',
      'after=-5',
      'after=1e99',
      'after=1.5',
      'after=NaN',
      'after=&limit=',
      'limit=0',
      'limit=-1',
      'limit=1e9',
      'limit=x',
      'after=1&after=2',
      'after[]=1',
      'after=%00',
      'limit=1&limit=2',
    ]) {
      const reply = await head.get<{ events: unknown[] }>(`/api/branches/hq-01/events?${query}`);
      expect([200, 400], `${query} → ${reply.text.slice(0, 200)}`).toContain(reply.status);
      if (reply.status === 200) expect(reply.body.events.length).toBeLessThanOrEqual(1000);
    }
    for (const query of [
      'period=x',
      'period=',
      'period=2026Q5',
      'period=2026Q4&period=2026Q3',
      "period=' OR 1=1",
      'period=%00',
      'period[]=1',
    ]) {
      const reply = await head.get(`/api/branches/hq-01/overruns?${query}`);
      expect([200, 400], `${query} → ${reply.text.slice(0, 200)}`).toContain(reply.status);
    }
    await unchanged();
  });

  test('sign-in with anything but two strings is told which field', async () => {
    for (const body of [
      {},
      { username: 'manager' },
      { username: 'manager', password: 7 },
      { username: {}, password: 'x' },
      { username: 'manager', password: '' },
      { username: ['manager'], password: 'demo-pass-1' },
    ]) {
      const { errors } = expectProblem(await head.post('/api/session', body), 400, JSON.stringify(body));
      expect(errors?.length).toBeGreaterThan(0);
    }
    for (const body of ['', 'null', '[]', '{', 'x']) expectProblem(await head.send('POST', '/api/session', body, JSON_TYPE), 400, body);
    for (const username of ['__proto__', 'constructor', 'MANAGER', 'manager ', "manager'--", '😀', '\u0000']) {
      expectProblem(await head.post('/api/session', { username, password: 'demo-pass-1' }), [400, 401], username);
    }
    for (const password of [MEGABYTE, 'x'.repeat(100_000)])
      expectProblem(await head.post('/api/session', { username: 'manager', password }), [400, 413], 'huge password');
  });

  test("a phone's acts and an administrator's commands are read as strictly", async () => {
    const { follow } = await kiosk.issue();
    seq = await head.seq();
    const link = follow.replace('/t/', '/api/t/');
    const phone = device(hub.baseUrl, 'demo-kiosk');
    for (const score of [0, 6, '5', null, {}, 1e9, 2.5])
      expectProblem(await phone.post(`${link}/rate`, { score }), 400, `score ${JSON.stringify(score)}`);
    for (const body of ['', 'null', '[]', '{']) expectProblem(await phone.send('POST', `${link}/rate`, body, JSON_TYPE), 400, body);
    const admin = await signIn(hub.baseUrl, 'admin');
    for (const body of [
      null,
      [],
      {},
      'x',
      { id: id() },
      { id: id(), type: 'nothing' },
      { id: id(), type: 'account.create' },
      { id: id(), type: 'account.create', username: '../x', role: 'king', branches: 'all', password: 'x', name: '' },
    ]) {
      const { errors } = expectProblem(await admin.post('/api/bank/commands', body), 400, JSON.stringify(body));
      expect(errors?.length).toBeGreaterThan(0);
    }
    for (const config of [
      null,
      [],
      { services: [] },
      { counters: 'x' },
      { limits: [{}] },
      { policy: {} },
      { hours: { timeZone: 'Moon/Base' } },
      { name: { zh: '', en: '' } },
    ]) {
      expectProblem(await head.command('branch.configure', { config }), 400, `config ${JSON.stringify(config)}`);
    }
    await unchanged();
  });

  test('what is not HTTP at all is answered or cut, and the hub goes on', async () => {
    const { hostname, port } = new URL(hub.baseUrl);
    const raws = [
      '\r\n\r\n',
      'GARBAGE\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET /api/branches HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`,
      'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
      'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      '\u0000\u0001\u0002',
    ];
    for (const raw of raws) {
      const answer = await new Promise<string>((resolve) => {
        let heard = '';
        const socket = connect(Number(port), hostname, () => socket.end(raw));
        socket.setEncoding('utf8').on('data', (text: string) => {
          heard += text;
        });
        socket.on('error', () => resolve(heard)).on('close', () => resolve(heard));
      });
      expect(answer, JSON.stringify(raw.slice(0, 60))).not.toMatch(/^HTTP\/1\.1 (2|5)/);
    }
    await unchanged();
  });

  test('text in any script is kept as it is, where text belongs', async () => {
    await head.act('counter.open', { counterId: 'c1', staffId: 'teller1' });
    const words = "😀 龍 \u202E عربى <script>alert(1)</script> ' OR 1=1 -- ${7*7} %s";
    await head.act('counter.pause', { counterId: 'c1', reason: words });
    const reply = await head.floor();
    expect(JSON.stringify(reply)).not.toContain('<script>');
    const paused = (await head.events()).findLast(({ type }) => type === 'counter.paused');
    expect(JSON.stringify(paused)).not.toContain('alert');
    const text = await head.get(`/api/branches/hq-01/texts/${String(paused?.['reasonRef'])}`);
    expect(text.status).toBe(200);
    expect(JSON.stringify(text.body)).toContain(JSON.stringify(words).slice(1, -1));
    await head.act('counter.resume', { counterId: 'c1' });
    await head.act('counter.close', { counterId: 'c1' });
  });
});
