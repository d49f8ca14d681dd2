/** The list of cases: newest first, page by page, only what the caller may see. Order and cursor do not mind new cases. */
import { setImmediate as turn } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Actor } from '../../shared/aggregate.ts';
import type { Case } from '../../shared/branch/cases/case.state.ts';
import { caseKinds, caseStates } from '../../shared/contract/cases.ts';
import type { CaseReach } from '../realtime/audience.ts';
import type { Store } from '../store/store.types.ts';

/** So many cases are searched before others get a turn: some milliseconds. */
const SEARCH_CHUNK = 300;

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/, 'a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `a whole number from ${least} to ${most}`);
const id = z.string().min(1).max(64);
const instant = whole(0, 8.64e15);

const cursorSchema = z
  .string()
  .max(200)
  .transform((text, context) => {
    const [at = '', caseId = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
    if (/^\d{1,16}$/.test(at) && caseId !== '') return { at: Number(at), caseId };
    context.addIssue({ code: 'custom', message: 'the `next` of the page before' });
    return z.NEVER;
  });

export const listSchema = z.strictObject({
  branch: id.optional(),
  state: z.enum([...caseStates, 'open']).optional(),
  kind: z.enum(caseKinds).optional(),
  severity: whole(1, 4).optional(),
  owner: id.optional(),
  /** Cases the caller ever had to do with. */
  mine: z.enum(['true', '1']).optional(),
  /** In number, subject or details. */
  q: z.string().trim().min(1).max(100).optional(),
  /** Logged from here on, before there: epoch ms. */
  from: instant.optional(),
  to: instant.optional(),
  cursor: cursorSchema.optional(),
  limit: whole(1, 200).default(50),
});

/** The same asked for in a body: what is searched for may be a customer's name or number, and an address is written down everywhere. */
export const searchBody = z
  .record(z.string().max(20), z.union([z.string(), z.number(), z.boolean()]).transform(String), 'a JSON object')
  .pipe(listSchema);

export type CaseFilter = z.infer<typeof listSchema>;
type Cursor = NonNullable<CaseFilter['cursor']>;

export interface ListedCase {
  readonly branchId: string;
  readonly one: Case;
}

export interface CaseScope {
  readonly branchId: string;
  readonly reach: CaseReach;
}

interface Row {
  readonly branch: string;
  readonly case_id: string;
  readonly logged_at: number;
}

const cursorOf = ({ logged_at, case_id }: Row): string => Buffer.from(`${logged_at} ${case_id}`).toString('base64url');
const newestFirst = (a: Row, b: Row): number => b.logged_at - a.logged_at || (a.case_id < b.case_id ? 1 : -1);

const columns = sql`c.branch, c.case_id, c.logged_at, c.no, c.about_staff_id, c.logged_by, c.kind, c.subject_ref, c.details_ref`;

const all = (parts: readonly (SQL | undefined | '' | 0)[]): SQL =>
  sql.join(
    parts.filter((part): part is SQL => typeof part === 'object'),
    sql` AND `,
  );

/** What was asked for, but whose: on `c`, a row of cases. */
function asked({ state, kind, severity, owner }: CaseFilter): SQL[] {
  const parts = [
    // Written out: the indexes of open cases are only used where the text says so.
    state === 'open' ? sql`c.open = 1` : state && sql`c.state = ${state}`,
    kind && sql`c.kind = ${kind}`,
    severity && sql`c.severity = ${severity}`,
    owner && sql`c.owner_id = ${owner}`,
  ];
  return parts.filter((part): part is SQL => typeof part === 'object');
}

/** `t`: the table in whose order the page is read. */
const within = (t: SQL, { from, to }: CaseFilter, before: Cursor | undefined): (SQL | undefined)[] => [
  from === undefined ? undefined : sql`${t}.logged_at >= ${from}`,
  to === undefined ? undefined : sql`${t}.logged_at < ${to}`,
  before && sql`(${t}.logged_at, ${t}.case_id) < (${before.at}, ${before.caseId})`,
];

const isTheirs = (branchId: string, { id: staffId }: Actor): SQL =>
  sql`EXISTS (SELECT 1 FROM case_people p
    WHERE p.branch = ${branchId} AND p.staff_id = ${staffId} AND p.logged_at = c.logged_at AND p.case_id = c.case_id)`;

/** Newest first, read in the order of an index of cases. */
function ofCases(branchId: string, filter: CaseFilter, before: Cursor | undefined, also: SQL | undefined, limit: number): SQL {
  const where = all([sql`c.branch = ${branchId}`, ...asked(filter), also, ...within(sql`c`, filter, before)]);
  return sql`SELECT ${columns} FROM cases c WHERE ${where} ORDER BY c.logged_at DESC, c.case_id DESC LIMIT ${limit}`;
}

/** Whether one of their own is among those asked for is looked up in the index of these: rows are read of those alone that are. */
function indexOf({ state, kind, severity, owner }: CaseFilter): SQL {
  if (state === 'open') return kind === undefined ? sql`INDEXED BY cases_open` : sql`INDEXED BY cases_open_by_kind`;
  if (kind !== undefined) return sql`INDEXED BY cases_by_kind`;
  if (state !== undefined) return sql`INDEXED BY cases_by_state`;
  if (severity !== undefined) return sql`INDEXED BY cases_by_severity`;
  return owner === undefined ? sql`` : sql`INDEXED BY cases_by_owner`;
}

/** What one had a part in, newest first. CROSS JOIN: SQLite keeps to the order told. */
function ofOwn(branchId: string, actor: Actor, filter: CaseFilter, before: Cursor | undefined, limit: number): SQL {
  const where = all([sql`p.branch = ${branchId}`, sql`p.staff_id = ${actor.id}`, ...asked(filter), ...within(sql`p`, filter, before)]);
  return sql`SELECT ${columns} FROM case_people p CROSS JOIN cases c ${indexOf(filter)}
      ON c.branch = p.branch AND c.logged_at = p.logged_at AND c.case_id = p.case_id
    WHERE ${where} ORDER BY p.logged_at DESC, p.case_id DESC LIMIT ${limit}`;
}

/** The newest of what this person may see and asked for: the audience's rule, as what one had a part in and what one's place lets one see. */
export function page({ branchId, reach }: CaseScope, actor: Actor, filter: CaseFilter, before: Cursor | undefined, limit: number): SQL {
  const { ordinary, emergencies, silent } = reach;
  // What one had a part in one may always see.
  if (filter.mine) return ofOwn(branchId, actor, filter, before, limit);
  if (ordinary && emergencies)
    return ofCases(branchId, filter, before, silent ? undefined : sql`(c.silent = 0 OR ${isTheirs(branchId, actor)})`, limit);
  const parts = [ofOwn(branchId, actor, filter, before, limit)];
  if (emergencies) parts.push(ofCases(branchId, filter, before, sql`c.kind = 'emergency' AND c.silent = 0`, limit));
  if (silent) parts.push(ofCases(branchId, filter, before, sql`c.silent = 1`, limit));
  const each = parts.map((part) => sql`SELECT * FROM (${part})`);
  return sql`${sql.join(each, sql` UNION `)} ORDER BY logged_at DESC, case_id DESC LIMIT ${limit}`;
}

/** Looked through in pieces: a search through years of cases must not keep the floor waiting. */
async function search(store: Store, scope: CaseScope, actor: Actor, filter: CaseFilter, q: string): Promise<Row[]> {
  const like = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const has = (column: SQL): SQL => sql`COALESCE(${column} LIKE ${like} ESCAPE '\\', 0)`;
  const found: Row[] = [];
  for (let before = filter.cursor; ; await turn()) {
    const rows = store.read.all<Row & { hit: number }>(
      sql`SELECT c.branch, c.case_id, c.logged_at,
          ${has(sql`c.no`)} OR (
            (c.about_staff_id IS NULL OR c.about_staff_id <> ${actor.id} OR c.logged_by = ${actor.id} OR c.kind = 'praise')
            AND (${has(sql`s.value ->> '$.text'`)} OR ${has(sql`d.value ->> '$.text'`)})
          ) AS hit
        FROM (${page(scope, actor, filter, before, SEARCH_CHUNK)}) c
        LEFT JOIN personal s ON s.branch = c.branch AND s.ref = c.subject_ref
        LEFT JOIN personal d ON d.branch = c.branch AND d.ref = c.details_ref
        ORDER BY c.logged_at DESC, c.case_id DESC`,
    );
    for (const row of rows) if (row.hit === 1 && found.push(row) > filter.limit) return found;
    const last = rows.at(-1);
    if (last === undefined || rows.length < SEARCH_CHUNK) return found;
    before = { at: last.logged_at, caseId: last.case_id };
  }
}

/** One page over the caller's branches. `next` is there when there is more. */
export async function listCases(
  store: Store,
  scopes: readonly CaseScope[],
  actor: Actor,
  filter: CaseFilter,
): Promise<{ cases: ListedCase[]; next?: string }> {
  const { q, limit, cursor } = filter;
  const rows: Row[] = [];
  for (const scope of scopes) {
    const found =
      q === undefined ? store.read.all<Row>(page(scope, actor, filter, cursor, limit + 1)) : await search(store, scope, actor, filter, q);
    rows.push(...found);
  }
  const shown = rows.sort(newestFirst).slice(0, limit);
  const last = shown.at(-1);
  const cases = shown.flatMap(({ branch, case_id }) => {
    const row = store.read.get<{ body: string } | undefined>(sql`SELECT body FROM cases WHERE branch = ${branch} AND case_id = ${case_id}`);
    return row === undefined ? [] : [{ branchId: branch, one: JSON.parse(row.body) as Case }];
  });
  return { cases, ...(rows.length > limit && last !== undefined ? { next: cursorOf(last) } : {}) };
}
