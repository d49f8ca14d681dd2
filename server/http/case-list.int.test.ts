/** How the lists of cases are read: in the order of an index, page by page, never found and then sorted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor } from '../../shared/branch/testing/scenario.ts';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/store.types.ts';
import { type CaseFilter, type CaseScope, listCases, listSchema, page } from './case-list.ts';

const everything = { ordinary: true, emergencies: true, silent: true };
const floor = { ordinary: true, emergencies: true, silent: false };
const own = { ordinary: false, emergencies: true, silent: false };
const scope = (reach: CaseScope['reach']): CaseScope => ({ branchId: 'b', reach });
const asking = (filter: object): CaseFilter => listSchema.parse(filter);
const kim = actor('kim', 'teller');

let dir: string;
let store: Store;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'counterflow-'));
  store = openStore({ dataDir: dir, at: 1 });
});
afterAll(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

function planOf(reach: CaseScope['reach'], filter: object): string {
  const query = page(scope(reach), kim, asking(filter), { at: 5, caseId: 'x' }, 51);
  const steps = store.read.all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${query}`);
  return steps.map(({ detail }) => detail).join('\n');
}

describe.each([
  ['all', {}, 'cases_by_time'],
  ['the open ones', { state: 'open' }, 'cases_open'],
  ['the open ones of a kind', { state: 'open', kind: 'complaint' }, 'cases_open_by_kind'],
  ['those of a kind', { kind: 'complaint' }, 'cases_by_kind'],
  ['those in a state', { state: 'resolved' }, 'cases_by_state'],
  ['those of a severity', { severity: '1' }, 'cases_by_severity'],
  ['those of an owner', { owner: 'lee' }, 'cases_by_owner'],
])('%s', (_name, filter, index) => {
  it.each([
    ['head', everything],
    ['lobby manager', floor],
  ])('for a %s are read in the order of their index', (_role, reach) => {
    const plan = planOf(reach, filter);
    expect(plan).toContain(`SEARCH c USING INDEX ${index} `);
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
  });
});

it('one’s own are read in the order one had a part in them', () => {
  const asked: [object, string][] = [
    [{}, 'cases_by_time'],
    [{ state: 'open' }, 'cases_open'],
    [{ state: 'open', kind: 'incident', severity: '1' }, 'cases_open_by_kind'],
    [{ kind: 'incident', owner: 'lee' }, 'cases_by_kind'],
    [{ state: 'closed' }, 'cases_by_state'],
    [{ severity: '2' }, 'cases_by_severity'],
    [{ owner: 'lee' }, 'cases_by_owner'],
  ];
  for (const [filter, index] of asked) {
    const plan = planOf(everything, { mine: 'true', ...filter });
    expect(plan).toContain(`SEARCH c USING INDEX ${index} (`);
    expect(plan).toMatch(/^SEARCH p USING PRIMARY KEY \(branch=\? AND staff_id=\?/);
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
  }
});

it('what a teller may see is put together from pages, each read in its order', () => {
  const plan = planOf(own, {});
  expect(plan).toContain('SEARCH p USING PRIMARY KEY (branch=? AND staff_id=?');
  expect(plan).toContain('SEARCH c USING INDEX cases_by_kind ');
  // Sorted are the pages alone, once they are put together.
  expect(plan).not.toMatch(/SCAN [cp]\b/);
});

it('pages follow each other without a gap or a repeat, whoever asks, over instants that several cases share', async () => {
  const put = store.db.prepare(
    `INSERT INTO cases (branch, case_id, no, kind, severity, state, open, owner_id, logged_at, logged_by, silent, body)
     VALUES ('b', ?, ?, ?, 4, 'logged', ?, 'lee', ?, 'lee', ?, ?)`,
  );
  const involve = store.db.prepare("INSERT INTO case_people VALUES ('b', 'kim', ?, ?)");
  const kinds = ['complaint', 'incident', 'emergency'];
  const made = Array.from({ length: 120 }, (_none, n) => {
    const one = { id: `k${n}`, kind: kinds[n % 3] ?? '', at: Math.floor(n / 4), silent: n % 6 === 2, open: n % 5 !== 0, part: n % 7 === 0 };
    put.run(one.id, String(n), one.kind, one.open ? 1 : 0, one.at, one.silent ? 1 : 0, JSON.stringify({ id: one.id }));
    if (one.part) involve.run(one.at, one.id);
    return one;
  });
  type Made = (typeof made)[number];
  const lists: [CaseScope['reach'], object, (one: Made) => boolean][] = [
    [everything, {}, () => true],
    [floor, { state: 'open' }, (one) => one.open && (!one.silent || one.part)],
    [own, {}, (one) => one.part || (one.kind === 'emergency' && !one.silent)],
    [own, { kind: 'emergency' }, (one) => one.kind === 'emergency' && (one.part || !one.silent)],
    [{ ...own, silent: true }, {}, (one) => one.part || one.silent || one.kind === 'emergency'],
    [everything, { mine: 'true', state: 'open' }, (one) => one.part && one.open],
    [floor, { from: '10', to: '20' }, (one) => one.at >= 10 && one.at < 20 && (!one.silent || one.part)],
  ];
  for (const [reach, filter, wanted] of lists) {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const told = await listCases(store, [scope(reach)], kim, asking({ ...filter, limit: '7', ...(cursor && { cursor }) }));
      seen.push(...told.cases.map(({ one }) => one.id));
      cursor = told.next;
      if (cursor === undefined) break;
    }
    const expected = made.filter(wanted).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    expect(seen).toEqual(expected.map(({ id }) => id));
  }
});
