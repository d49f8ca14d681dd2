import { useState } from 'react';
import { commonTexts } from '../../i18n/common.ts';
import { dateTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { useStaffActing } from '../acting.ts';
import type { StaffLive } from '../branch.ts';
import { FreeText } from '../free-text.tsx';
import { useNames } from '../names.ts';
import { instantOf, localOf } from './local-time.ts';

const HOUR = 3_600_000;

/** Times are the branch's own, whatever the zone of the one who plans. */
export function MaintenanceForm({ live, machineId, onDone }: { live: StaffLive; machineId: string; onDone: () => void }) {
  const t = useTexts(machineTexts);
  const common = useTexts(commonTexts);
  const { send } = useStaffActing(live);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone) ?? 'UTC';
  const [from, setFrom] = useState(() => localOf(live.clock.now(), zone));
  const [until, setUntil] = useState(() => localOf(live.clock.now() + 2 * HOUR, zone));
  const [reason, setReason] = useState('');
  const [fromAt, untilAt] = [instantOf(from, zone), instantOf(until, zone)];
  const wrong = fromAt !== undefined && untilAt !== undefined && untilAt <= fromAt;
  const plan = async (): Promise<void> => {
    if (fromAt === undefined || untilAt === undefined || wrong) return;
    const why = reason.trim();
    const answer = await send({ type: 'machine.planMaintenance', machineId, fromAt, untilAt, ...(why === '' ? {} : { reason: why }) });
    if (answer.ok) onDone();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void plan();
      }}
    >
      <h3>{t('maintenance.title')}</h3>
      <p className="muted">{t('maintenance.hint')}</p>
      <div className="yuan-fields">
        <label className="field">
          <span>{t('maintenance.from')}</span>
          <input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('maintenance.until')}</span>
          <input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
        </label>
      </div>
      {wrong ? (
        <p className="form-problem" role="alert">
          {t('maintenance.wrong')}
        </p>
      ) : null}
      <label className="field">
        <span>{t('maintenance.reason')}</span>
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" disabled={fromAt === undefined || untilAt === undefined || wrong}>
          {t('maintenance.go')}
        </Button>
      </div>
    </form>
  );
}

/** What is planned and not yet over. */
export function MaintenanceList({ live, machineId }: { live: StaffLive; machineId: string }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const { send, may } = useStaffActing(live);
  const planned = useFloor(live, (state) => state?.machines[machineId]?.maintenance);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const ahead = (planned ?? []).filter(({ untilAt }) => untilAt > live.clock.now());
  if (ahead.length === 0) return null;
  return (
    <section className="machine-section" aria-label={t('maintenance.title')}>
      <h3>{t('maintenance.title')}</h3>
      <ul className="machine-cards">
        {ahead.map((one) => {
          const cancel = { type: 'machine.cancelMaintenance', machineId, maintenanceId: one.id } as const;
          return (
            <li key={one.id} className="machine-card machine-line">
              <span>
                <b>{t('maintenance.span', { from: dateTime(one.fromAt, zone, language), until: dateTime(one.untilAt, zone, language) })}</b>
                <small className="muted">
                  {t('maintenance.by', { name: nameOf(one.plannedBy) })}
                  {one.reasonRef === undefined ? null : <FreeText branchId={live.branchId} refId={one.reasonRef} />}
                </small>
              </span>
              {may(cancel) ? <Button onPress={() => send(cancel)}>{t('do.cancelMaintenance')}</Button> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
