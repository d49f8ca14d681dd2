import { useState } from 'react';
import { canServe, counterConfig } from '../../../../shared/branch/queue/eligible.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { named, useTexts } from '../../../i18n/texts.ts';
import { useBranch, useMyCounter, useTeller } from '../teller-context.ts';
import { Choice, FormDialog } from './form-dialog.tsx';

const ANY = '';

/** To another service, another counter, or both; only open counters that do it are offered. The place is kept. */
export function TransferDialog() {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { counterId } = useTeller();
  const { ticket } = useMyCounter();
  const state = useBranch((floor) => floor);
  const [toServiceId, setService] = useState(ticket?.serviceId ?? ANY);
  const [toCounterId, setCounter] = useState(ANY);
  const able = (state.config?.counters ?? []).filter(({ id }) => {
    const config = counterConfig(state, id);
    const counter = state.counters[id];
    return (
      id !== counterId &&
      config !== undefined &&
      counter !== undefined &&
      counter.state !== 'closed' &&
      canServe(state, config, counter.staffId, toServiceId)
    );
  });
  const chosen = able.some(({ id }) => id === toCounterId) ? toCounterId : ANY;
  const changed = toServiceId !== ticket?.serviceId;
  return (
    <FormDialog
      title={t('dialog.transferTitle')}
      command={() =>
        !changed && chosen === ANY
          ? undefined
          : { type: 'ticket.transfer', counterId, ...(changed ? { toServiceId } : {}), ...(chosen === ANY ? {} : { toCounterId: chosen }) }
      }
    >
      <Choice
        legend={t('dialog.toService')}
        options={(state.config?.services ?? []).map(({ id, name }) => ({ value: id, label: named(name, language) }))}
        value={toServiceId}
        onChange={setService}
        focus
      />
      <Choice
        legend={t('dialog.toCounter')}
        options={[
          { value: ANY, label: t('dialog.anyCounter') },
          ...able.map(({ id, number, kind }) => ({ value: id, label: String(number), note: common(`kind.${kind}`) })),
        ]}
        value={chosen}
        onChange={setCounter}
      />
    </FormDialog>
  );
}
