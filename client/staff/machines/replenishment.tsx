import { useState } from 'react';
import type { Replenishment } from '../../../shared/branch/machines/machine.state.ts';
import type { MachineConfig } from '../../../shared/contract/machines.ts';
import { commonTexts } from '../../i18n/common.ts';
import { shortTime, yuan } from '../../i18n/format.ts';
import { type Language, useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { useStaffActing } from '../acting.ts';
import type { MachineWords } from './ages.ts';
import type { StaffLive } from '../branch.ts';
import { useNames } from '../names.ts';
import { fenOf, YuanField } from './yuan-field.tsx';

/** Counted less expected, in words: over, short, or agreeing. */
export function differenceWords(fen: number, t: MachineWords, language: Language): string {
  if (fen === 0) return t('replenish.even');
  return t(fen > 0 ? 'replenish.long' : 'replenish.short', { amount: yuan(Math.abs(fen), language) });
}

/** The first of two people: what was found, what should have been there, what was put in. */
export function ReplenishForm({ live, config, onDone }: { live: StaffLive; config: MachineConfig; onDone: () => void }) {
  const t = useTexts(machineTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { send } = useStaffActing(live);
  const [counted, setCounted] = useState('');
  const [expected, setExpected] = useState('');
  const [loaded, setLoaded] = useState('');
  const [countedFen, expectedFen, loadedFen] = [fenOf(counted), fenOf(expected), fenOf(loaded)];
  const ready = countedFen !== undefined && expectedFen !== undefined && loadedFen !== undefined;
  const difference = countedFen === undefined || expectedFen === undefined ? undefined : countedFen - expectedFen;
  const give = async (): Promise<void> => {
    if (!ready) return;
    const answer = await send({ type: 'machine.replenish', machineId: config.id, loadedFen, countedFen, expectedFen });
    if (answer.ok) onDone();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <h3>
        {t('replenish.title')} · {named(config.name, language)}
      </h3>
      <p className="muted">{t('replenish.hint')}</p>
      <div className="yuan-fields">
        <YuanField label={t('replenish.counted')} value={counted} onChange={setCounted} />
        <YuanField label={t('replenish.expected')} value={expected} onChange={setExpected} />
        <YuanField label={t('replenish.loaded')} value={loaded} onChange={setLoaded} />
      </div>
      <p className={`cash-difference ${difference === undefined ? 'muted' : difference === 0 ? 's-serving' : 's-over'}`} role="status">
        {difference === undefined ? ' ' : differenceWords(difference, t, language)}
      </p>
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" disabled={!ready}>
          {t('replenish.go')}
        </Button>
      </div>
    </form>
  );
}

function Open({ live, one, onExplain }: { live: StaffLive; one: Replenishment; onExplain: () => void }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const { send, may, staffId } = useStaffActing(live);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const pending = one.confirmedBy === undefined;
  const confirm = { type: 'machine.confirmReplenishment', machineId: one.machineId, replenishmentId: one.id } as const;
  const settle = { type: 'machine.settleDifference', machineId: one.machineId, replenishmentId: one.id, explanation: '-' } as const;
  const withdraw = { type: 'machine.withdrawReplenishment', machineId: one.machineId, replenishmentId: one.id, reason: '-' } as const;
  const overdue = one.settleBy !== undefined && one.settleBy < live.clock.now();
  const shape = pending ? 'near' : 'over';
  return (
    <li className={`machine-card s-${shape}`} data-replenishment={pending ? 'pending' : 'unsettled'}>
      <p className="machine-card-title">
        <StateShape state={shape} size={16} />
        <b>{t(pending ? 'replenish.pending' : 'replenish.unsettled')}</b>
        <span className={one.differenceFen === 0 ? 'chip' : 'chip chip-over'}>{differenceWords(one.differenceFen, t, language)}</span>
      </p>
      <p>
        {t('replenish.first', { name: nameOf(one.by), time: shortTime(one.at, zone, language) })}
        {one.confirmedBy === undefined ? '' : ` · ${t('replenish.second', { name: nameOf(one.confirmedBy) })}`}
      </p>
      <dl className="facts">
        <div>
          <dt>{t('amount.counted')}</dt>
          <dd>{yuan(one.countedFen, language)}</dd>
        </div>
        <div>
          <dt>{t('amount.expected')}</dt>
          <dd>{yuan(one.expectedFen, language)}</dd>
        </div>
        <div>
          <dt>{t('amount.loaded')}</dt>
          <dd>{yuan(one.loadedFen, language)}</dd>
        </div>
      </dl>
      {one.settleBy === undefined ? null : (
        <p className={overdue ? 'late-words' : 'muted'}>
          {t('replenish.settleBy', { time: shortTime(one.settleBy, zone, language) })}
          {overdue ? ` · ${t('replenish.overdue')}` : ''}
        </p>
      )}
      {pending ? (
        one.by === staffId ? (
          <p className="muted">{t('replenish.notYou')}</p>
        ) : may(confirm) ? (
          <Button variant="primary" onPress={() => send(confirm)}>
            {t('do.confirmReplenishment')}
          </Button>
        ) : null
      ) : may(settle) ? (
        <Button variant="primary" onPress={onExplain}>
          {t('do.settle')}
        </Button>
      ) : null}
      {pending && may(withdraw) ? <Button onPress={onExplain}>{t('do.withdrawReplenishment')}</Button> : null}
    </li>
  );
}

/** What waits: for the second person, or for an explanation. Of one machine, or of all. */
export function ReplenishmentList({ live, machineId }: { live: StaffLive; machineId: string }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const { send } = useStaffActing(live);
  const [explaining, setExplaining] = useState<string>();
  const replenishments = useFloor(live, (state) => state?.replenishments);
  const name = useFloor(live, (state) => state?.config?.machines?.find(({ id }) => id === machineId)?.name);
  const open = Object.values(replenishments ?? {})
    .filter((one) => one.machineId === machineId && one.settledAt === undefined)
    .filter((one) => one.confirmedBy === undefined || one.differenceFen !== 0)
    .sort((a, b) => a.at - b.at);
  if (open.length === 0) return null;
  return (
    <ul className="machine-cards">
      {open.map((one) =>
        one.id === explaining && one.confirmedBy === undefined ? (
          <li key={one.id} className="machine-card">
            <ReasonForm
              title={t('withdrawReplenishment.title', { name: name?.[language] ?? machineId })}
              usual={[t('why.miscount'), t('why.countsOtherwise')]}
              confirm={t('withdrawReplenishment.go')}
              onBack={() => setExplaining(undefined)}
              onGive={(reason) => send({ type: 'machine.withdrawReplenishment', machineId, replenishmentId: one.id, reason })}
            />
          </li>
        ) : one.id === explaining ? (
          <li key={one.id} className="machine-card">
            <ReasonForm
              title={t('settle.title', {
                name: name?.[language] ?? machineId,
                difference: differenceWords(one.differenceFen, t, language),
              })}
              usual={[t('why.miscount'), t('why.journal'), t('why.jammedNotes')]}
              confirm={t('settle.go')}
              onBack={() => setExplaining(undefined)}
              onGive={(explanation) => send({ type: 'machine.settleDifference', machineId, replenishmentId: one.id, explanation })}
            />
          </li>
        ) : (
          <Open key={one.id} live={live} one={one} onExplain={() => setExplaining(one.id)} />
        ),
      )}
    </ul>
  );
}
