import { useState } from 'react';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Since } from '../../../ui/clock.tsx';
import { ReasonForm } from '../../../ui/reason-form.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { useActing, useBranchState, useFloorContext } from '../floor-context.ts';
import { counterConfigs, serviceName } from '../names-on-board.ts';

type Scope = 'branch' | 'service' | 'counter';
const scopes: readonly Scope[] = ['branch', 'service', 'counter'];

function BeginForm({ onDone }: { onDone: () => void }) {
  const { send } = useActing();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const [scope, setScope] = useState<Scope>('branch');
  const [of, setOf] = useState<string>();
  const configs = useBranchState(counterConfigs);
  const services = useBranchState((state) => state.config?.services);
  const options =
    scope === 'counter'
      ? configs.map((one) => ({ id: one.id, label: common('counterNumber', { n: one.number }) }))
      : scope === 'service'
        ? (services ?? []).map((one) => ({ id: one.id, label: one.name[language] }))
        : [];
  const begin = async (reason: string): Promise<void> => {
    if (scope !== 'branch' && of === undefined) return;
    const answer = await send(
      scope === 'branch'
        ? { type: 'system.outage', scope, reason }
        : scope === 'service'
          ? { type: 'system.outage', scope, serviceId: of ?? '', reason }
          : { type: 'system.outage', scope, counterId: of ?? '', reason },
    );
    if (answer.ok) onDone();
  };
  return (
    <ReasonForm
      title={t('outage.begin')}
      usual={[t('why.line'), t('why.core'), t('why.power'), t('why.printer')]}
      confirm={t('outage.go')}
      danger
      onBack={onDone}
      onGive={begin}
    >
      <p className="muted">{t('outage.hint')}</p>
      <div className="choices" role="group" aria-label={t('outage.scope')}>
        {scopes.map((one) => (
          <button
            key={one}
            type="button"
            className="choice"
            aria-pressed={one === scope}
            onClick={() => {
              setScope(one);
              setOf(undefined);
            }}
          >
            {t(`outage.${one}`)}
          </button>
        ))}
      </div>
      {options.length === 0 ? null : (
        <div className="choices">
          {options.map((one) => (
            <button key={one.id} type="button" className="choice" aria-pressed={one.id === of} onClick={() => setOf(one.id)}>
              {one.label}
            </button>
          ))}
        </div>
      )}
    </ReasonForm>
  );
}

export function OutageSheet() {
  const { live, close } = useFloorContext();
  const { send, may } = useActing();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const outages = useBranchState((state) => state.outages);
  const state = useBranchState((whole) => whole);
  const running = Object.values(outages);
  const [beginning, setBeginning] = useState(running.length === 0);
  const what = (outage: (typeof running)[number]): string => {
    if (outage.serviceId !== undefined) return serviceName(state, outage.serviceId, language);
    const config = counterConfigs(state).find((one) => one.id === outage.counterId);
    return config === undefined ? t('outage.branch') : common('counterNumber', { n: config.number });
  };
  return (
    <Sheet title={t('outage.title')} onClose={close}>
      {!may({ type: 'system.outage', scope: 'branch' }) ? (
        <p className="muted">{t('readOnly')}</p>
      ) : beginning ? (
        <BeginForm onDone={running.length === 0 ? close : () => setBeginning(false)} />
      ) : (
        <>
          <ul className="stack">
            {running.map((outage) => (
              <li key={outage.id} className="outage-line s-over">
                <strong>{what(outage)}</strong>
                <Since clock={live.clock} since={outage.since} />
                <Button variant="primary" onPress={() => send({ type: 'system.restored', outageId: outage.id })}>
                  {t('outage.restored')}
                </Button>
              </li>
            ))}
          </ul>
          {running.length === 0 ? <p>{t('outage.none')}</p> : null}
          <Button onPress={() => setBeginning(true)}>{t('outage.begin')}</Button>
        </>
      )}
    </Sheet>
  );
}
