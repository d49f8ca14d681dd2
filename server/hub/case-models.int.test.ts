/** The read models of cases: what the state says, from the same events, and how long their texts are kept. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { branch } from '../../shared/branch/branch.ts';
import { isOpenCase, nextDeadline } from '../../shared/branch/cases/case-book.ts';
import type { Case } from '../../shared/branch/cases/case.state.ts';
import { actor, head, manager, region, teller, testConfig, testStaff } from '../../shared/branch/testing/scenario.ts';
import type { BranchCommand } from '../../shared/contract/commands.ts';
import { Site, type Running } from './hub.fixture.ts';
import type { BranchShape } from './hub.types.ts';
import { tally, type TallyShape } from './tally.fixture.ts';
import { decode } from './track.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let site: Site;
let running: Running<BranchShape, TallyShape>;

async function boot(): Promise<void> {
  running = await site.boot<BranchShape, TallyShape>({ branch, bank: tally, hasBranch: () => true, staffOf: () => testStaff });
  await running.hub.start();
}
/** So much later, the hub having been off: what fell due meanwhile is decided when it is back. */
async function later(ms: number): Promise<void> {
  site.crash();
  site.machine.off(ms);
  await boot();
  await site.machine.pass(0);
}
beforeEach(async () => {
  site = new Site();
  await boot();
  await send({ type: 'branch.configure', config: testConfig() }, head);
  await send({ type: 'branch.setPhase', phase: 'business' }, head);
});
afterEach(() => site.clear());

async function send(command: BranchCommand, by = manager): Promise<Record<string, unknown>> {
  const outcome = await running.hub.execute('hq', command, { actor: by, commandId: randomUUID(), body: command });
  if (!outcome.ok) throw new Error(`${command.type}: ${outcome.code} ${outcome.message}`);
  return { ...outcome.result };
}
async function log(more: object = {}, by = teller(1)): Promise<string> {
  const command = {
    type: 'case.log',
    kind: 'complaint',
    channel: 'counter',
    severity: 3,
    subject: '排队太久',
    contact: { phone: '13812345678' },
    ...more,
  };
  return String((await send(command as BranchCommand, by)).caseId);
}
const all = (table: string): Record<string, unknown>[] =>
  running.store.db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all() as Record<string, unknown>[];
const tables = ['cases', 'case_people', 'case_entries', 'case_refs', 'attachments'];

/** A busy day: handed over, declined, gone up, reopened, withdrawn, solved on the spot, an emergency, a correction, a file. */
async function liveADay(): Promise<string[]> {
  const handed = await log();
  await send({ type: 'case.accept', caseId: handed });
  await send({ type: 'case.handOver', caseId: handed, toStaffId: 'teller2' });
  await send({ type: 'case.decline', caseId: handed, reason: '正在办业务' }, teller(2));
  await send({ type: 'case.correct', caseId: handed, severity: 2, details: '更正', reason: '听错了' });
  await send({
    type: 'case.attach',
    caseId: handed,
    attachmentId: 'a1',
    name: '照片',
    mediaType: 'image/png',
    bytes: 3,
    sha256: 'f'.repeat(64),
  });
  await send({ type: 'case.addTask', caseId: handed, kind: 'other', what: '回访', ownerId: 'teller5', dueAt: running.clock.now() + HOUR });
  await send({ type: 'case.resolve', caseId: handed, outcome: '已致歉' });
  await send({ type: 'case.reply', caseId: handed, satisfied: false });
  const withdrawn = await log();
  await send({ type: 'case.withdraw', caseId: withdrawn }, teller(1));
  const solved = await log({ solved: true });
  const emergency = await log({ kind: 'emergency', severity: 1, playbookId: 'illness', drill: true });
  await send({ type: 'case.note', caseId: emergency, text: '已拨打120' }, teller(4));
  const silent = await log({ kind: 'emergency', severity: 1, playbookId: 'robbery' });
  const overdue = await log({ severity: 1 }, region);
  await send({ type: 'award.give', staffId: 'teller1', kind: 'praised', caseId: solved, reason: '处理得好' }, head);
  await later(26 * HOUR);
  return [handed, withdrawn, solved, emergency, silent, overdue];
}

it('a row says of its case what the state says, after every kind of day', async () => {
  const ids = await liveADay();
  const { cases } = running.hub.state('hq') ?? branch.initial('hq');
  const rows = all('cases');
  expect(rows).toHaveLength(ids.length);
  for (const row of rows) {
    const one = cases.get(String(row['case_id'])) as Case;
    expect(JSON.parse(String(row['body']))).toEqual(JSON.parse(JSON.stringify(one)));
    expect(row).toMatchObject({
      no: one.no,
      state: one.state,
      open: isOpenCase(one) ? 1 : 0,
      owner_id: one.ownerId,
      due_at: nextDeadline(one)?.at ?? null,
      closed_at: isOpenCase(one) ? null : one.closedAt,
      silent: one.silent === true ? 1 : 0,
    });
    const people = all('case_people').filter(({ case_id }) => case_id === one.id);
    expect(people.map(({ staff_id }) => staff_id)).toEqual([...one.people].sort());
  }
  expect(rows.map(({ state }) => state)).toEqual(expect.arrayContaining(['logged', 'withdrawn', 'closed']));
});

it('every event of a case is an entry of its timeline, and every text of it is known to be its', async () => {
  await liveADay();
  const events = running.hub.eventsAfter('hq', 0, 10_000);
  const entries = events.filter((event) => 'caseId' in event && event.caseId !== undefined);
  expect(all('case_entries').map(({ seq }) => seq)).toEqual(expect.arrayContaining(entries.map(({ seq }) => seq)));
  expect(all('case_entries')).toHaveLength(entries.length);
  // Whatever reads like a reference in an event of a case; an award's reason is nobody's but the award's.
  const refs = entries
    .filter(({ type }) => type !== 'award.given')
    .flatMap((event) =>
      [...JSON.stringify(event).matchAll(/"\w+Refs?":(?:"([^"]+)"|\["([^"]+)"\])/g)].map((match) => match[1] ?? match[2]),
    );
  expect(refs.length).toBeGreaterThan(10);
  expect(new Set(all('case_refs').map(({ ref }) => ref))).toEqual(new Set(refs));
});

it('rebuilt from the log, and after a restart, every row is the same', async () => {
  await liveADay();
  const before = tables.map(all);
  running.store.db.exec(
    "DELETE FROM case_people; UPDATE cases SET state = 'x', body = '{}'; DELETE FROM case_refs; DELETE FROM attachments",
  );
  running.store.rebuildReadModels((row) => decode(branch, row) as StoredBranchEvent);
  expect(tables.map(all)).toEqual(before);
  site.crash();
  await boot();
  expect(tables.map(all)).toEqual(before);
});

it('a case’s contact and texts count their days from its closing, and never while it is open', async () => {
  const open = await log();
  const closed = await log();
  const reopened = await log();
  const read = (caseId: string, ref: 'contactRef' | 'subjectRef'): boolean => {
    const one = JSON.parse(String(all('cases').find(({ case_id }) => case_id === caseId)?.['body'])) as Case;
    return running.store.personal.get('hq', one[ref] ?? '') !== undefined;
  };
  const purge = (): void => {
    const now = running.clock.now();
    running.store.personal.purgeBefore('contact', { at: now - 30 * DAY, closed: now - 30 * DAY }).next();
    running.store.personal.purgeBefore('text', { at: now - 40 * DAY, closed: now - 100 * DAY }).next();
  };
  const kept = () =>
    [open, closed, reopened].map((caseId) => `${read(caseId, 'contactRef') ? 'contact' : ''} ${read(caseId, 'subjectRef') ? 'text' : ''}`);
  for (const caseId of [closed, reopened]) {
    await send({ type: 'case.accept', caseId });
    await send({ type: 'case.resolve', caseId, outcome: '已致歉' });
  }
  await send({ type: 'case.close', caseId: reopened });
  await later(20 * DAY);
  await send({ type: 'case.close', caseId: closed });
  await send({ type: 'case.reply', caseId: reopened, satisfied: false });
  await later(29 * DAY);
  purge();
  expect(kept()).toEqual(['contact text', 'contact text', 'contact text']);
  await later(2 * DAY);
  purge();
  expect(kept()).toEqual(['contact text', ' text', 'contact text']);
  await later(70 * DAY);
  purge();
  expect(kept()).toEqual(['contact text', ' ', 'contact text']);
});

it('what was resolved and never closed ends by itself, and its contact goes like any other', async () => {
  const forgotten = await log();
  await send({ type: 'case.accept', caseId: forgotten });
  await send({ type: 'case.resolve', caseId: forgotten, outcome: '已致歉' });
  const row = () => all('cases').find(({ case_id }) => case_id === forgotten);
  const contact = (JSON.parse(String(row()?.['body'])) as Case).contactRef ?? '';
  const purge = (): void => {
    const now = running.clock.now();
    running.store.personal.purgeBefore('contact', { at: now - 30 * DAY, closed: now - 30 * DAY }).next();
  };
  await later(32 * DAY);
  expect(row()).toMatchObject({ state: 'closed', open: 0 });
  purge();
  expect(running.store.personal.get('hq', contact)).toBeDefined();
  await later(31 * DAY);
  purge();
  expect(running.store.personal.get('hq', contact)).toBeUndefined();
});

it('a text two cases share is kept for the one still open', async () => {
  const mass = await log({ onSite: 25 }, actor('manager', 'manager'));
  const raised = (JSON.parse(String(all('cases').find(({ case_id }) => case_id === mass)?.['body'])) as Case).majorEventCaseId ?? '';
  await send({ type: 'case.withdraw', caseId: mass });
  await later(40 * DAY);
  const now = running.clock.now();
  running.store.personal.purgeBefore('text', { at: now, closed: now }).next();
  const shared = (JSON.parse(String(all('cases').find(({ case_id }) => case_id === raised)?.['body'])) as Case).subjectRef ?? '';
  expect(running.store.personal.get('hq', shared)).toBeDefined();
});
