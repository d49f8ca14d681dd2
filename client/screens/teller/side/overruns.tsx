import { useEffect, useState } from 'react';
import type { Overrun } from '../../../../shared/branch/branch.state.ts';
import { dateTime, elapsed } from '../../../i18n/format.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { api } from '../../../staff/session.ts';
import { Button } from '../../../ui/button.tsx';
import { serviceName, useBranch, useTeller } from '../teller-context.ts';

/** The ledger's own answer, asked again whenever the live picture shows another entry or appeal of mine. */
function useMyOverruns(): readonly Overrun[] {
  const { branchId, staffId } = useTeller();
  const version = useBranch((state) => {
    let entries = 0;
    let appeals = 0;
    for (const one of state.overruns.values()) {
      if (one.staffId !== staffId) continue;
      entries += 1;
      appeals += one.appeal === undefined ? 0 : one.appeal.decided === undefined ? 1 : 2;
    }
    return `${entries} ${appeals}`;
  });
  const [overruns, setOverruns] = useState<readonly Overrun[]>([]);
  useEffect(() => {
    let here = true;
    void api.get<{ readonly overruns: readonly Overrun[] }>(`/api/branches/${encodeURIComponent(branchId)}/overruns`).then((answer) => {
      if (here && answer.ok) setOverruns(answer.value.overruns.filter((one) => one.staffId === staffId));
    });
    return () => {
      here = false;
    };
  }, [branchId, staffId, version]);
  return overruns;
}

export function Overruns() {
  const t = useTexts(tellerTexts);
  const language = useLanguage();
  const { open } = useTeller();
  const state = useBranch((floor) => floor);
  const overruns = useMyOverruns();
  return (
    <section className="teller-panel" data-panel="overruns">
      <h2>
        <span>{t('side.overruns')}</span>
        <span>{overruns.length === 0 ? '' : overruns.length}</span>
      </h2>
      {overruns.length === 0 ? <p className="muted">{t('side.noOverruns')}</p> : null}
      <ul className="teller-rows">
        {overruns.map((one) => (
          <li key={one.id}>
            <span>
              <b>{one.number}</b> {serviceName(state, one.serviceId, language)}
              <small>
                {dateTime(one.endedAt, state.config?.hours.timeZone, language)} ·{' '}
                {t('side.overBy', { time: elapsed(one.actualMs - one.limitMs) })}
                {one.unverified ? ` · ${t('side.unverified')}` : ''}
              </small>
            </span>
            {one.appeal === undefined ? (
              <Button variant="quiet" onPress={() => open({ kind: 'appeal', overrunId: one.id })}>
                {t('side.appeal')}
              </Button>
            ) : (
              <span className="chip">
                {t(one.appeal.decided === undefined ? 'side.appealed' : one.appeal.decided.upheld ? 'side.upheld' : 'side.rejected')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
