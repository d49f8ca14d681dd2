import { useState } from 'react';
import { actingKind } from '../../../../shared/branch/queue/eligible.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useBranch, useMyCounter, useTeller } from '../teller-context.ts';
import { Choice, FormDialog, useReason } from './form-dialog.tsx';

const MINUTES = [15, 30, 45, 60] as const;
const UNKNOWN = 0;

/** Now, or after this customer; why, and when one is back (shown on the display). */
export function PauseDialog({ after }: { after: boolean }) {
  const t = useTexts(tellerTexts);
  const { live, counterId } = useTeller();
  const { config } = useMyCounter();
  const counted =
    useBranch((state) => state.config?.policy.cashCountOnPause === true) && config !== undefined && actingKind(config) === 'cash';
  const usual = (['lunch', 'rest', 'count', 'errand'] as const).map((one) => t(`dialog.pauseReasons.${one}`));
  const { field, reason } = useReason(usual, t('dialog.reason'), t('dialog.pauseReasons.other'), true);
  const [minutes, setMinutes] = useState<number>(30);
  return (
    <FormDialog
      title={t(after ? 'dialog.pauseAfterTitle' : 'dialog.pauseTitle')}
      command={() =>
        reason === undefined
          ? undefined
          : {
              type: after ? 'counter.pauseAfter' : 'counter.pause',
              counterId,
              reason,
              ...(minutes === UNKNOWN ? {} : { backAt: Math.round(live.clock.now() + minutes * 60_000) }),
            }
      }
    >
      {field}
      <Choice
        legend={t('dialog.backIn')}
        options={[
          ...MINUTES.map((n) => ({ value: n as number, label: t('dialog.minutes', { n }) })),
          { value: UNKNOWN, label: t('dialog.backUnknown') },
        ]}
        value={minutes}
        onChange={setMinutes}
      />
      {counted ? <p className="muted">{t('dialog.cashNote')}</p> : null}
    </FormDialog>
  );
}
