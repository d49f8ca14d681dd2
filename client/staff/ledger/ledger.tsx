import { useState } from 'react';
import { mayDo } from '../../../shared/branch/access.ts';
import type { BranchState, Overrun } from '../../../shared/branch/branch.state.ts';
import { dateTime, elapsed } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { staffTexts } from '../../i18n/staff.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import type { StaffLive } from '../branch.ts';
import { FreeText } from '../free-text.tsx';
import { useNames } from '../names.ts';
import { commands, useSession } from '../session.ts';
import './ledger.css';

const SHOWN = 100;

/** To be decided first, then the newest. */
export function inOrder(overruns: Iterable<Overrun>): readonly Overrun[] {
  const open = (one: Overrun): boolean => one.appeal !== undefined && one.appeal.decided === undefined;
  return [...overruns].sort((a, b) => Number(open(b)) - Number(open(a)) || b.endedAt - a.endedAt);
}

function Decide({ live, overrun, onDone }: { live: StaffLive; overrun: Overrun; onDone: () => void }) {
  const t = useTexts(staffTexts);
  const [reason, setReason] = useState('');
  const decide = async (upheld: boolean): Promise<void> => {
    const answer = await commands.send(live.branchId, { type: 'limit.decideAppeal', overrunId: overrun.id, upheld, reason: reason.trim() });
    if (answer.ok) onDone();
  };
  return (
    <div className="stack decide">
      {overrun.appeal === undefined ? null : (
        <p>
          {t('ledger.appeal')}: <FreeText branchId={live.branchId} refId={overrun.appeal.reasonRef} />
        </p>
      )}
      <label className="field">
        <span>{t('ledger.reason')}</span>
        <input value={reason} maxLength={500} autoFocus onChange={(event) => setReason(event.target.value)} />
      </label>
      <div className="form-actions">
        <Button disabled={reason.trim() === ''} onPress={() => decide(false)}>
          {t('ledger.reject')}
        </Button>
        <Button variant="primary" disabled={reason.trim() === ''} onPress={() => decide(true)}>
          {t('ledger.uphold')}
        </Button>
      </div>
    </div>
  );
}

function Entry({ live, overrun, state }: { live: StaffLive; overrun: Overrun; state: BranchState }) {
  const t = useTexts(staffTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const session = useSession();
  const [deciding, setDeciding] = useState(false);
  const service = state.config?.services.find((one) => one.id === overrun.serviceId)?.name[language] ?? overrun.serviceId;
  const waits = overrun.appeal !== undefined && overrun.appeal.decided === undefined;
  const mayDecide =
    waits &&
    session !== null &&
    session !== undefined &&
    mayDo(
      state,
      { id: session.staffId, kind: 'staff', role: session.role, branches: session.branchIds },
      { type: 'limit.decideAppeal', overrunId: overrun.id, upheld: true, reason: '-' },
    ) === undefined;
  return (
    <li className="ledger-entry">
      <div className="ledger-line">
        <b>{overrun.number}</b>
        <span>
          {service}
          <small className="muted">
            {nameOf(overrun.staffId)} · {dateTime(overrun.endedAt, state.config?.hours.timeZone, language)}
          </small>
        </span>
        <span className="ledger-times">
          {elapsed(overrun.actualMs)} <small className="muted">/ {elapsed(overrun.limitMs)}</small>
        </span>
        <span className="ledger-marks">
          {overrun.stage > 0 ? <span className="chip">{t('ledger.stage', { n: overrun.stage })}</span> : null}
          {overrun.unverified ? <span className="chip">{t('ledger.unverified')}</span> : null}
          {overrun.authorisationMs > 0 ? (
            <span className="chip">{t('ledger.authorisation', { time: elapsed(overrun.authorisationMs) })}</span>
          ) : null}
          {overrun.appeal === undefined ? null : (
            <span className={`chip ${waits ? 'chip-near' : ''}`}>
              {waits ? t('ledger.appealed') : overrun.appeal.decided?.upheld === true ? t('ledger.upheld') : t('ledger.rejected')}
            </span>
          )}
          {overrun.settled === true ? <span className="chip">{t('ledger.settled')}</span> : null}
        </span>
        {mayDecide && !deciding ? <Button onPress={() => setDeciding(true)}>{t('ledger.decide')}</Button> : null}
      </div>
      {deciding ? <Decide live={live} overrun={overrun} onDone={() => setDeciding(false)} /> : null}
    </li>
  );
}

/** The ledger (台账) of the current period, live: coaching, never a league table and never a fine. */
export function Ledger({ live }: { live: StaffLive }) {
  const t = useTexts(staffTexts);
  const state = useFloor(live, (floor) => floor);
  if (state === undefined) return null;
  const entries = inOrder(state.overruns.values());
  if (entries.length === 0) {
    return (
      <div className="stack">
        <p>{t('ledger.empty')}</p>
        <p className="muted">{t('ledger.emptyHint')}</p>
      </div>
    );
  }
  return (
    <ul className="ledger">
      {entries.slice(0, SHOWN).map((overrun) => (
        <Entry key={overrun.id} live={live} overrun={overrun} state={state} />
      ))}
    </ul>
  );
}
