/** Advice for the record: what was said, what became of it, what it brought. */
import type { Advice } from '../../../shared/branch/advice/advice.state.ts';
import type { Projection } from './projection.ts';

interface Of {
  readonly branchId: string;
  readonly adviceId: string;
  readonly at: number;
  readonly actor: string;
}

export const adviceProjection: Projection = {
  tables: ['advice'],
  prepare: (db) => {
    const give = db.prepare(
      `INSERT OR REPLACE INTO advice (branch, advice_id, kind, given_at, state, body, by_itself, late) VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
    );
    const become = db.prepare('UPDATE advice SET state = ?, body = ?, by_itself = ? WHERE branch = ? AND advice_id = ?');
    const mark = db.prepare('UPDATE advice SET state = ?, late = ? WHERE branch = ? AND advice_id = ?');
    const end = db.prepare(
      'UPDATE advice SET state = ?, ended_at = ?, ended_by = ?, reason_ref = ?, why = ? WHERE branch = ? AND advice_id = ?',
    );
    const measured = db.prepare('UPDATE advice SET before = ?, after = ? WHERE branch = ? AND advice_id = ?');

    const put = (branchId: string, one: Advice, byItself: boolean): void =>
      void give.run(branchId, one.id, one.kind, one.givenAt, one.state, JSON.stringify(one), byItself ? 1 : 0);
    const over = ({ at, actor, branchId, adviceId }: Of, state: string, reasonRef: string | null, why: string | null): void =>
      void end.run(state, at, actor, reasonRef, why, branchId, adviceId);

    return {
      'advice.given': ({ branchId, advice }) => put(branchId, advice, false),
      'advice.accepted': ({ branchId, adviceId, card, byItself }) => {
        const changed = become.run(card.state, JSON.stringify(card), byItself === true ? 1 : 0, branchId, adviceId);
        if (changed.changes === 0) put(branchId, card, byItself === true);
      },
      'advice.carriedOut': ({ branchId, adviceId, late }) => void mark.run('carriedOut', late === true ? 1 : 0, branchId, adviceId),
      'advice.notInTime': ({ branchId, adviceId }) => void mark.run('notInTime', 1, branchId, adviceId),
      'advice.measured': (event) => {
        over(event, 'measured', null, null);
        measured.run(JSON.stringify(event.before), JSON.stringify(event.after), event.branchId, event.adviceId);
      },
      'advice.declined': (event) => over(event, 'declined', event.reasonRef, null),
      'advice.withdrawn': (event) => over(event, 'withdrawn', null, event.why),
      'advice.expired': (event) => over(event, 'expired', null, null),
    };
  },
};
