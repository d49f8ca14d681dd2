import { useState } from 'react';
import type { Advice } from '../../../../shared/branch/advice/advice.state.ts';
import { adviceSheetTexts } from '../../../i18n/advice-sheets.ts';
import { adviceTexts } from '../../../i18n/advice.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { differing, peopleFor, times, windowsFor } from '../change.rules.ts';
import { useActing, useBranchState, useFloorContext } from '../floor-context.ts';

const MINUTE = 60_000;

function Choices<T extends string | number>({
  label,
  options,
  value,
  text,
  onChoose,
}: {
  label: string;
  options: readonly T[];
  value: T | undefined;
  text: (option: T) => string;
  onChoose: (option: T) => void;
}) {
  return (
    <section className="stack">
      <h3>{label}</h3>
      <div className="choices" role="group" aria-label={label}>
        {options.map((one) => (
          <button key={one} type="button" className="choice" aria-pressed={one === value} onClick={() => onChoose(one)}>
            {text(one)}
          </button>
        ))}
      </div>
    </section>
  );
}

/** Another window, another person, another time: what the rules would refuse is not offered. */
export function ChangeForm({ advice, onBack }: { advice: Advice; onBack: () => void }) {
  const { live, nameOf, close } = useFloorContext();
  const { send } = useActing();
  const t = useTexts(adviceSheetTexts);
  const words = useTexts(adviceTexts);
  const common = useTexts(commonTexts);
  const state = useBranchState((whole) => whole);
  const now = live.clock.now();
  const [counterId, setCounterId] = useState(advice.counterId);
  const [staffId, setStaffId] = useState(advice.staffId);
  const [inMinutes, setInMinutes] = useState<(typeof times)[number]>();
  const doAt = inMinutes === undefined ? undefined : Math.round(now + inMinutes * MINUTE);
  const at = doAt ?? Math.max(now, advice.doAt);
  const windows = windowsFor(state, { ...advice, staffId }, at, now);
  const people = peopleFor(state, advice, counterId, at, now);
  const numberOf = (id: string): number => state.config?.counters.find((one) => one.id === id)?.number ?? 0;
  const go = async (): Promise<void> => {
    const change = differing(advice, {
      ...(counterId === undefined ? {} : { counterId }),
      ...(staffId === undefined || advice.kind !== 'openWindow' ? {} : { staffId }),
      ...(doAt === undefined ? {} : { doAt }),
    });
    const answer = await send({ type: 'advice.accept', adviceId: advice.id, ...(change === undefined ? {} : { change }) });
    if (answer.ok) close();
  };
  return (
    <div className="stack">
      {windows.length === 0 ? null : (
        <Choices
          label={t('change.window')}
          options={windows.map(({ id }) => id)}
          value={counterId}
          text={(id) => common('counterNumber', { n: numberOf(id) })}
          onChoose={setCounterId}
        />
      )}
      {advice.kind === 'openWindow' ? (
        people.length === 0 ? (
          <p className="muted">{t('change.nobody')}</p>
        ) : (
          <Choices label={t('change.person')} options={people} value={staffId} text={nameOf} onChoose={setStaffId} />
        )
      ) : null}
      <Choices
        label={t('change.time')}
        options={times}
        value={inMinutes}
        text={(n) => (n === 0 ? words('when.now') : t('change.inMinutes', { n }))}
        onChoose={setInMinutes}
      />
      <div className="form-actions">
        <Button onPress={onBack}>{common('action.cancel')}</Button>
        <Button variant="primary" data-do="change-go" onPress={go}>
          {t('change.go')}
        </Button>
      </div>
    </div>
  );
}
