import { useState } from 'react';
import { ticketIdOf } from '../../../../shared/branch/tickets/issue.rules.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { myReturnable } from '../side/returnable.ts';
import { useBranch, useMyCounter, useTeller } from '../teller-context.ts';
import { Choice, FormDialog, useReason } from './form-dialog.tsx';

/** "Came back to sign": one I served or parked returns to me without queueing; by list, or by the number on the slip. */
export function BringBackDialog() {
  const t = useTexts(tellerTexts);
  const { counterId, staffId } = useTeller();
  const state = useBranch((floor) => floor);
  const mine = myReturnable(state, counterId, staffId);
  const [chosen, setChosen] = useState(mine[0]?.id);
  const [typed, setTyped] = useState('');
  const date = state.day?.date;
  const ticketId = typed.trim() !== '' && date !== undefined ? ticketIdOf(date, typed.trim().toUpperCase()) : chosen;
  return (
    <FormDialog
      title={t('dialog.returnTitle')}
      command={() => (ticketId === undefined ? undefined : { type: 'ticket.return', counterId, ticketId })}
    >
      <Choice
        legend={t('side.parked')}
        options={mine.map(({ id, number }) => ({ value: id, label: number }))}
        value={typed.trim() === '' ? chosen : undefined}
        onChange={setChosen}
        focus
      />
      <label className="field">
        <span>{t('dialog.number')}</span>
        <input
          value={typed}
          autoComplete="off"
          data-focus={mine.length === 0 || undefined}
          maxLength={8}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
    </FormDialog>
  );
}

export function CloseDialog() {
  const t = useTexts(tellerTexts);
  const { counterId } = useTeller();
  const { config } = useMyCounter();
  return (
    <FormDialog title={t('dialog.closeTitle')} confirm={t('dialog.closeYes')} danger command={() => ({ type: 'counter.close', counterId })}>
      <p>{t('dialog.closeAsk', { n: config?.number ?? '' })}</p>
    </FormDialog>
  );
}

export function AppealDialog({ overrunId }: { overrunId: string }) {
  const t = useTexts(tellerTexts);
  const usual = (['customer', 'system', 'control'] as const).map((one) => t(`dialog.appealReasons.${one}`));
  const { field, reason } = useReason(usual, t('dialog.reason'), t('dialog.appealReasons.other'), true);
  return (
    <FormDialog
      title={t('dialog.appealTitle')}
      command={() => (reason === undefined ? undefined : { type: 'limit.appeal', overrunId, reason })}
    >
      {field}
    </FormDialog>
  );
}
