import { useState } from 'react';
import type { FaultCode, MachineConfig, MachineStateName } from '../../../shared/contract/machines.ts';
import { commonTexts } from '../../i18n/common.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { useStaffActing } from '../acting.ts';
import type { StaffLive } from '../branch.ts';
import { shapeOf } from './machine-looks.ts';

const states: readonly MachineStateName[] = ['inService', 'attention', 'outOfService'];
/** What a person sees standing before the machine. */
const seen: readonly FaultCode[] = [
  'cardJam',
  'cardRetained',
  'dispenserStopped',
  'acceptorStopped',
  'cashOut',
  'cashLow',
  'paperOut',
  'paperJam',
  'shutterJam',
  'readerBroken',
  'hardwareError',
  'offline',
  'doorTampered',
  'fraudAttempt',
  'other',
];

/** A state told by a person: for a machine without telemetry, or for what telemetry does not see. */
export function ReportForm({ live, config, onDone }: { live: StaffLive; config: MachineConfig; onDone: () => void }) {
  const t = useTexts(machineTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { send } = useStaffActing(live);
  const [state, setState] = useState<MachineStateName>();
  const [fault, setFault] = useState<FaultCode>();
  const [note, setNote] = useState('');
  const reported = useFloor(live, (floor) => floor?.machines[config.id]?.handReport !== undefined);
  const faulty = state === 'attention' || state === 'outOfService';
  const report = async (): Promise<void> => {
    if (state === undefined) return;
    const answer = await send({
      type: 'machine.report',
      machineId: config.id,
      state,
      ...(faulty && fault !== undefined ? { fault } : {}),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
    if (answer.ok) onDone();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void report();
      }}
    >
      <h3>{t('report.title', { name: named(config.name, language) })}</h3>
      <div className="choices" role="group" aria-label={t('report.state')}>
        {(reported ? [...states, 'unknown' as const] : states).map((one) => (
          <button
            key={one}
            type="button"
            className={`choice machine-choice s-${shapeOf[one]}`}
            aria-pressed={one === state}
            onClick={() => setState(one)}
          >
            <StateShape state={shapeOf[one]} /> {one === 'unknown' ? t('report.withdraw') : t(`state.${one}`)}
          </button>
        ))}
      </div>
      {faulty ? (
        <>
          <p className="form-label">{t('report.fault')}</p>
          <div className="choices" role="group" aria-label={t('report.fault')}>
            {seen.map((one) => (
              <button
                key={one}
                type="button"
                className="choice"
                aria-pressed={one === fault}
                onClick={() => setFault(one === fault ? undefined : one)}
              >
                {t(`fault.${one}`)}
              </button>
            ))}
          </div>
        </>
      ) : null}
      <label className="field">
        <span>{t('report.note')}</span>
        <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </label>
      <p className="muted">{t('report.hint')}</p>
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
        <Button variant="primary" disabled={state === undefined} onPress={report}>
          {t('report.go')}
        </Button>
      </div>
    </form>
  );
}
