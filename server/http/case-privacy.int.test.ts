/** Names, telephone and identity numbers told about a case are in the one place they can be erased from, and nowhere else. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../platform/log.ts';
import { Viewer } from '../realtime/viewer.fixture.ts';
import { purgeOnSchedule } from '../store/purge.ts';
import { display, kiosk, TestEdge, uuid } from './edge.fixture.ts';

const DAY_MS = 24 * 3_600_000;
const canaries = ['13900001234', '110101199003078515', '欧阳金丝雀', '6222020200112233445', '金丝雀.jpg'];
const [phone = '', idNumber = '', name = '', card = '', fileName = ''] = canaries;
const told = `客户${name}，电话${phone}，证件${idNumber}，卡号${card}`;

let edge: TestEdge;
let viewers: Viewer[] = [];
beforeAll(async () => {
  edge = await TestEdge.start({ logLevel: 'trace' });
});
afterAll(async () => {
  for (const viewer of viewers) viewer.socket.disconnect();
  await edge.stop();
});

/** Told beside what is asked for, in fields that no command has. */
const unasked = '330106198507124417';

/** Which of the canaries are in there. */
const caught = (content: string | Buffer): string[] => canaries.filter((one) => content.includes(one));

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}
const onDisk = (): string[] => files(edge.dataDir).flatMap((path) => caught(readFileSync(path)).map((one) => `${one} in ${path}`));

/** Every table but the one made for it. */
function inTables(): string[] {
  const tables = edge.store.db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'personal'")
    .pluck()
    .all() as string[];
  return tables.flatMap((table) =>
    caught(JSON.stringify(edge.store.db.prepare(`SELECT * FROM "${table}"`).all())).map((one) => `${one} in ${table}`),
  );
}

/** Everything that can be said about a case, each with somebody's data in it; also what is refused or makes no sense. */
async function sayAll(cookie: string): Promise<string> {
  const contact = { name, phone };
  const send = (command: object) => edge.command({ cookie }, command);
  const logged = await send({
    type: 'case.log',
    kind: 'complaint',
    channel: 'counter',
    severity: 3,
    subject: told,
    details: told,
    contact,
    representatives: [contact],
  });
  const { caseId } = logged.json().result as { caseId: string };
  const soon = edge.now() + 3_600_000;
  const commands: object[] = [
    { type: 'case.note', text: told },
    { type: 'case.promise', what: told, byAt: soon },
    { type: 'case.addTask', kind: 'other', what: told, dueAt: soon },
    { type: 'case.correct', subject: told, contact: { name, phone }, reason: told },
    { type: 'case.countPeople', onSite: 3 },
    { type: 'case.escalate', reason: told },
    { type: 'case.judge', justified: true, reason: told },
    { type: 'case.revealContact' },
    { type: 'case.resolve', outcome: told, granted: 'refused', refusalReason: told },
    { type: 'case.reply', satisfied: true, text: told },
    { type: 'case.close' },
    { type: 'case.note', text: told },
  ];
  for (const command of commands) expect((await send({ ...command, caseId })).json()).toMatchObject({ seq: expect.any(Number) });
  await edge.app.http.inject({
    method: 'POST',
    url: `/api/cases/${caseId}/attachments`,
    headers: { cookie, 'content-type': 'image/jpeg', 'x-file-name': encodeURIComponent(fileName) },
    payload: Buffer.from('ffd8ffe0000102030405060708', 'hex'),
  });
  const refused = [
    { type: 'case.note', caseId: uuid(), text: told },
    { type: 'case.log', kind: 'complaint', channel: 'nowhere', severity: 3, subject: told, contact },
    { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: told, contact, machineId: 'none' },
    { type: 'case.handOver', caseId, toStaffId: name },
  ];
  for (const command of refused) {
    const response = await send(command);
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(caught(response.body)).toEqual([]);
  }
  await edge.ask('POST', '/api/branches/hq-01/commands', { cookie, body: `{"type":"case.note","text":"${told}` });
  await edge.ask('POST', `/api/cases/${caseId}/contact`, { cookie });
  await edge.ask('GET', `/api/cases?q=${encodeURIComponent(phone)}`, { cookie });
  return caseId;
}

it('no table of the database but one, no line of the log, no snapshot and no public screen ever holds them', async () => {
  const cookie = await edge.signIn('head');
  viewers = [Viewer.connect(edge, kiosk), Viewer.connect(edge, display)];
  for (const viewer of viewers) await viewer.watch({ branchId: 'hq-01', audience: 'public' });
  const staff = Viewer.connect(edge, { cookie });
  viewers.push(staff);
  await staff.watch();
  const caseId = await sayAll(cookie);
  for (const viewer of viewers) await viewer.caughtUp();
  for (const viewer of viewers) expect(caught(JSON.stringify(viewer.heard))).toEqual([]);
  for (const { heard } of viewers.slice(0, 2)) expect(JSON.stringify(heard)).not.toMatch(/case\.|complaint/);
  expect(inTables()).toEqual([]);
  expect(edge.logged.filter((line) => caught(line).length > 0)).toEqual([]);
  // Where they are kept they are found: the search above is no blind one.
  const view = await edge.ask('GET', `/api/cases/${caseId}`, { cookie });
  expect(caught(view.body)).toEqual(canaries);
  expect(caught(JSON.stringify(edge.store.db.prepare('SELECT value FROM personal').all()))).toEqual(canaries);
  await edge.restart();
  expect(files(join(edge.dataDir, 'snapshots')).flatMap((path) => caught(readFileSync(path)))).toEqual([]);
  expect(onDisk().every((found) => found.includes('counterflow.db'))).toBe(true);
  expect(new Set(onDisk().map((found) => found.split(' ')[0])).size).toBe(canaries.length);
});

it('once a closed case’s time is over they are in no file at all, nor in a copy of the database; the case itself still stands', async () => {
  const cookie = await edge.signIn('head');
  const keep = { contactDays: 30, textDays: 730, caseDays: 1_825 };
  const scheduler = { after: () => () => undefined };
  const purgeAt = (days: number): void =>
    purgeOnSchedule({ store: edge.store, now: () => edge.now() + days * DAY_MS, scheduler, keep, log: createLog('silent') })();
  const [{ id: caseId = '' } = {}] = (await edge.ask('GET', '/api/cases', { cookie })).json().cases as { id?: string }[];
  const view = async () => (await edge.ask('GET', `/api/cases/${caseId}`, { cookie })).json();

  purgeAt(31);
  expect(await view()).toMatchObject({
    subject: told,
    contact: { erased: true },
    representatives: [{ erased: true }],
    attachments: [{ name: fileName }],
  });
  purgeAt(1_824);
  expect(await view()).toMatchObject({ subject: told });
  expect(files(join(edge.dataDir, 'attachments'))).toHaveLength(1);
  purgeAt(1_826);
  expect(onDisk()).toEqual([]);
  expect(files(join(edge.dataDir, 'attachments'))).toEqual([]);
  const copy = join(edge.dataDir, 'backup.db');
  await edge.store.db.backup(copy);
  expect(caught(readFileSync(copy))).toEqual([]);
  rmSync(copy);
  const after = await view();
  expect(after).toMatchObject({ id: caseId, state: 'closed', subjectErased: true, detailsErased: true, contact: { erased: true } });
  expect(after.timeline[0]).toMatchObject({ type: 'case.logged', actor: 'head', erased: true });
  expect(after.timeline.length).toBeGreaterThan(12);
  const attachmentId = String(after.attachments[0].id);
  expect((await edge.ask('GET', `/api/cases/${caseId}/attachments/${attachmentId}`, { cookie })).json()).toMatchObject({
    status: 404,
    code: 'attachment.unknown',
  });
  expect(edge.store.events.verify('hq-01').ok).toBe(true);
});

it('what nobody asked for is kept nowhere, not even for a time', async () => {
  const cookie = await edge.signIn('head');
  const contact = { name, phone, idNumber: unasked, note: { text: unasked } };
  const logging = { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: '排队', contact, [unasked]: unasked };
  const sent = await edge.command({ cookie }, { ...logging, idNumber: unasked, representatives: [contact] });
  const { caseId } = sent.json().result as { caseId: string };
  const others = [
    { type: 'case.correct', caseId, contact, subject: '等候', reason: '更正', idNumber: unasked },
    { type: 'ticket.issue', serviceId: 'deposit', contact, idNumber: unasked },
    { type: 'card.register', machineId: 'm1', lastDigits: '1234', contact, idNumber: unasked },
  ];
  for (const command of others) expect((await edge.command({ cookie }, command)).json()).toMatchObject({ seq: expect.any(Number) });
  expect(JSON.stringify((await edge.ask('GET', `/api/cases/${caseId}`, { cookie })).json())).not.toContain(unasked);
  expect(edge.logged.filter((line) => line.includes(unasked))).toEqual([]);
  await edge.restart();
  expect(files(edge.dataDir).filter((path) => readFileSync(path).includes(unasked))).toEqual([]);
});
