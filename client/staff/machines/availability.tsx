/** How much of the time they should have served the machines did; every outage with its cause. */
import { useState } from 'react';
import type { FaultCode } from '../../../shared/contract/machines.ts';
import { dateTime, elapsed } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../branch.ts';
import { percent } from './percent.ts';
import { Unread } from './registers.tsx';
import { useRegister } from './use-register.ts';

interface Shares {
  /** 0…1; null where it need not have served at all. */
  readonly availability: number | null;
  readonly downMs: number;
  readonly plannedMs: number;
}

interface Outage {
  readonly from: number;
  readonly to: number;
  readonly cause: FaultCode | 'unknown';
}

interface Answer {
  readonly to: number;
  readonly branch: Shares;
  readonly machines: readonly (Shares & {
    readonly id: string;
    readonly name: { readonly zh: string; readonly en: string };
    readonly outages: readonly Outage[];
    readonly outageCount: number;
  })[];
}

const DAY = 24 * 3_600_000;
const ranges = { today: 0, week: 7 * DAY, month: 30 * DAY } as const;
type Range = keyof typeof ranges;
/** Of one machine, in the list. */
const OUTAGES_SHOWN = 3;

export function AvailabilityRegister({ live }: { live: StaffLive }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const [range, setRange] = useState<Range>('today');
  const [now] = useState(() => Math.floor(live.clock.now()));
  const span = ranges[range] === 0 ? '' : `?from=${now - ranges[range]}`;
  const read = useRegister<Answer>(`/api/branches/${encodeURIComponent(live.branchId)}/machines/availability${span}`, undefined);
  const cause = (code: Outage['cause']): string => (code === 'unknown' ? t('state.unknown') : t(`fault.${code}`));
  return (
    <>
      <div className="choices" role="group" aria-label={t('range.label')}>
        {(Object.keys(ranges) as Range[]).map((one) => (
          <button key={one} type="button" className="choice" aria-pressed={one === range} onClick={() => setRange(one)}>
            {t(`range.${one}`)}
          </button>
        ))}
      </div>
      {read === undefined || read === 'failed' ? (
        <Unread value={read} />
      ) : (
        <table className="register">
          <thead>
            <tr>
              <th scope="col">{t('register.machine')}</th>
              <th scope="col" className="num">
                {t('availability.of')}
              </th>
              <th scope="col" className="num">
                {t('availability.down')}
              </th>
              <th scope="col" className="num">
                {t('availability.planned')}
              </th>
              <th scope="col">{t('availability.causes')}</th>
            </tr>
          </thead>
          <tbody>
            <tr className="register-sum">
              <th scope="row">{t('availability.branch')}</th>
              <td className="num" data-availability="branch">
                {percent(read.branch.availability)}
              </td>
              <td className="num">{elapsed(read.branch.downMs)}</td>
              <td className="num">{elapsed(read.branch.plannedMs)}</td>
              <td>{t('availability.outages', { n: read.machines.reduce((sum, { outageCount }) => sum + outageCount, 0) })}</td>
            </tr>
            {read.machines.map((one) => (
              <tr key={one.id} data-availability={one.id}>
                <th scope="row">{one.name[language]}</th>
                <td className="num">{percent(one.availability)}</td>
                <td className="num">{elapsed(one.downMs)}</td>
                <td className="num">{elapsed(one.plannedMs)}</td>
                <td>
                  {one.outages
                    .slice(-OUTAGES_SHOWN)
                    .reverse()
                    .map(({ from, to, cause: code }) => (
                      <small key={from}>
                        {cause(code)} · {dateTime(from, zone, language)} · {elapsed(to - from)}
                        {to >= read.to ? ` · ${t('availability.ongoing')}` : ''}
                      </small>
                    ))}
                  {one.outageCount > OUTAGES_SHOWN ? (
                    <small className="muted">{t('availability.outages', { n: one.outageCount })}</small>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
