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

/** The audience's rule as a condition: what one had a part in, and what one's place lets one see. */
function visible(branchId: string, actor: Actor, { ordinary, emergencies, silent }: CaseReach): SQL | undefined {
  if (ordinary && emergencies && silent) return undefined;
  const own = sql`SELECT case_id FROM case_people WHERE branch = ${branchId} AND staff_id = ${actor.id}`;
  if (ordinary && emergencies) return sql`(silent = 0 OR case_id IN (${own}))`;
  const parts = [own];
  if (emergencies) parts.push(sql`SELECT case_id FROM cases WHERE branch = ${branchId} AND kind = 'emergency' AND silent = 0`);
  if (silent) parts.push(sql`SELECT case_id FROM cases WHERE branch = ${branchId} AND silent = 1`);
  return sql`case_id IN (${sql.join(parts, sql` UNION ALL `)})`;
}

function conditions({ branchId, reach }: CaseScope, actor: Actor, filter: CaseFilter, before: Cursor | undefined): SQL {
  const { state, kind, severity, owner, mine, from, to } = filter;
  const all = [
    sql`branch = ${branchId}`,
    visible(branchId, actor, reach),
    // Written out: the index of open cases is only used where the text says so.
    state === 'open' ? sql`open = 1` : state && sql`state = ${state}`,
    kind && sql`kind = ${kind}`,
    severity && sql`severity = ${severity}`,
    owner && sql`owner_id = ${owner}`,
    mine && sql`case_id IN (SELECT case_id FROM case_people WHERE branch = ${branchId} AND staff_id = ${actor.id})`,
    from === undefined ? undefined : sql`logged_at >= ${from}`,
    to === undefined ? undefined : sql`logged_at < ${to}`,
    before && sql`(logged_at, case_id) < (${before.at}, ${before.caseId})`,
  ];
  return sql.join(
    all.filter((part): part is SQL => typeof part === 'object'),
    sql` AND `,
  );
}

const page = (where: SQL, limit: number): SQL =>
  sql`SELECT branch, case_id, logged_at, no, about_staff_id, logged_by, kind, subject_ref, details_ref FROM cases
    WHERE ${where} ORDER BY logged_at DESC, case_id DESC LIMIT ${limit}`;

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
        FROM (${page(conditions(scope, actor, filter, before), SEARCH_CHUNK)}) c
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
      q === undefined
        ? store.read.all<Row>(page(conditions(scope, actor, filter, cursor), limit + 1))
        : await search(store, scope, actor, filter, q);
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
