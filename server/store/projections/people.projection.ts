/** People for records: the plan of every day, and who was at which post when. */
import type { Envelope } from '../../../shared/aggregate.ts';
import type { PeopleEvent } from '../../../shared/branch/people/people.events.ts';
import type { Post, RotaDay } from '../../../shared/branch/people/people.state.ts';
import { datesOf, emptyDay, evolveDay } from '../../../shared/branch/people/rota.evolve.ts';
import type { Projection } from './projection.ts';

export const peopleProjection: Projection = {
  tables: ['rota_days', 'post_stretches'],
  prepare: (db) => {
    const read = db.prepare('SELECT body FROM rota_days WHERE branch = ? AND date = ?').pluck();
    const put = db.prepare('INSERT OR REPLACE INTO rota_days (branch, date, body) VALUES (?, ?, ?)');
    const end = db.prepare('UPDATE post_stretches SET to_at = ? WHERE branch = ? AND staff_id = ? AND to_at IS NULL');
    const endUnlessSitting = db.prepare(
      "UPDATE post_stretches SET to_at = ? WHERE branch = ? AND staff_id = ? AND to_at IS NULL AND post IS NOT 'counter'",
    );
    const begin = db.prepare(
      'INSERT OR REPLACE INTO post_stretches (branch, staff_id, from_at, to_at, post, counter_id) VALUES (?, ?, ?, NULL, ?, ?)',
    );
    const sitting = db.prepare('SELECT staff_id FROM post_stretches WHERE branch = ? AND counter_id = ? AND to_at IS NULL').pluck();
    const overnight = db.prepare(
      "UPDATE post_stretches SET to_at = ? WHERE branch = ? AND to_at IS NULL AND (post IS NULL OR (? = 'closed' AND post <> 'counter'))",
    );

    /** The branch's own fold, one day at a time: so that a row says what the state said. */
    function plan(event: Envelope & PeopleEvent): void {
      for (const date of datesOf(event)) {
        const stored = read.get(event.branchId, date) as string | undefined;
        const before = stored === undefined ? emptyDay(date) : (JSON.parse(stored) as RotaDay);
        put.run(event.branchId, date, JSON.stringify(evolveDay(before, event, event.at)));
      }
    }

    function stand(branch: string, staffId: string, at: number, post: Post | undefined): void {
      end.run(at, branch, staffId);
      begin.run(branch, staffId, at, post?.kind ?? null, post?.counterId ?? null);
    }

    return {
      'roster.dayBegan': plan,
      'roster.daySet': plan,
      'roster.shiftSet': plan,
      'roster.dutySet': plan,
      'roster.absenceSet': plan,
      'roster.absenceExplained': plan,
      'roster.absenceCancelled': plan,
      'roster.substituted': plan,
      'roster.swapped': plan,
      'break.began': plan,
      'break.ended': plan,
      'post.taken': ({ branchId, staffId, at, post }) => stand(branchId, staffId, at, post),
      'post.left': ({ branchId, staffId, at }) => void end.run(at, branchId, staffId),
      'shift.ended': ({ branchId, staffId, at }) => void endUnlessSitting.run(at, branchId, staffId),
      'counter.opened': ({ branchId, staffId, at, counterId }) => {
        if (staffId !== undefined) stand(branchId, staffId, at, { kind: 'counter', counterId });
      },
      'counter.closed': ({ branchId, counterId, at }) => {
        const staffId = sitting.get(branchId, counterId) as string | undefined;
        if (staffId !== undefined) stand(branchId, staffId, at, undefined);
      },
      'branch.dayStarted': ({ branchId, at, phase }) => void overnight.run(at, branchId, phase),
    };
  },
};
