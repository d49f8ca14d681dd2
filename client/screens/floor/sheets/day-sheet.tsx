import { useState } from 'react';
import { type DayType, dayTypes, type Phase, phases } from './day-options.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ReasonForm } from '../../../ui/reason-form.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { useActing, useBranchState, useFloorContext } from '../floor-context.ts';

/** Steps that end something for customers ask once. */
const ending: readonly Phase[] = ['lastNumber', 'clearing', 'balancing', 'closed'];

export function DaySheet() {
  const { close } = useFloorContext();
  const { send, may } = useActing();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const day = useBranchState((state) => state.day);
  const waiting = useBranchState((state) => state.waiting);
  const [phase, setPhase] = useState<Phase>();
  const [dayType, setDayType] = useState<DayType>();

  const setTo = async (to: Phase, reason?: string): Promise<void> => {
    const answer = await send({ type: 'branch.setPhase', phase: to, ...(reason === undefined ? {} : { reason }) });
    if (answer.ok) setPhase(undefined);
  };
  const setTypeTo = async (to: DayType): Promise<void> => {
    const answer = await send({ type: 'branch.setDayType', dayType: to });
    if (answer.ok) setDayType(undefined);
  };

  return (
    <Sheet title={t('day.title')} onClose={close}>
      {phase !== undefined ? (
        <ReasonForm
          title={t('day.sure', { phase: common(`phase.${phase}`), n: waiting })}
          usual={[t('why.closing'), t('why.early'), t('why.emergency')]}
          confirm={common(`phase.${phase}`)}
          danger
          onBack={() => setPhase(undefined)}
          onGive={(reason) => setTo(phase, reason)}
        />
      ) : dayType !== undefined ? (
        <div className="stack">
          <h3>{t('day.sureType', { type: common(`dayType.${dayType}`) })}</h3>
          <p className="muted">{t(`dayType.hint.${dayType}`)}</p>
          <div className="form-actions">
            <Button onPress={() => setDayType(undefined)}>{common('action.cancel')}</Button>
            <Button variant="primary" onPress={() => setTypeTo(dayType)}>
              {common('action.confirm')}
            </Button>
          </div>
        </div>
      ) : (
        <>
          <section className="stack">
            <h3>{t('day.phase')}</h3>
            <div className="choices">
              {phases.map((one) => (
                <button
                  key={one}
                  type="button"
                  className="choice"
                  aria-pressed={one === day?.phase}
                  disabled={!may({ type: 'branch.setPhase', phase: one })}
                  onClick={() => (one === day?.phase ? undefined : ending.includes(one) ? setPhase(one) : void setTo(one))}
                >
                  {common(`phase.${one}`)}
                </button>
              ))}
            </div>
            {day?.lastNumber === undefined ? null : <p className="muted">{t('day.last', { number: day.lastNumber })}</p>}
          </section>
          <section className="stack">
            <h3>{t('day.type')}</h3>
            <div className="choices">
              {dayTypes.map((one) => (
                <button
                  key={one}
                  type="button"
                  className="choice"
                  aria-pressed={one === day?.dayType}
                  disabled={!may({ type: 'branch.setDayType', dayType: one })}
                  onClick={() => (one === day?.dayType ? undefined : setDayType(one))}
                >
                  {common(`dayType.${one}`)}
                </button>
              ))}
            </div>
          </section>
        </>
      )}
    </Sheet>
  );
}
