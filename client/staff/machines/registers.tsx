/** The registers an auditor asks for: cash added (加钞登记) and retained cards (吞卡登记), newest first. */
import type { Replenishment, RetainedCard } from '../../../shared/branch/machines/machine.state.ts';
import { dateTime, yuan } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../branch.ts';
import { FreeText } from '../free-text.tsx';
import { useNames } from '../names.ts';
import { differenceWords } from './replenishment.tsx';
import { useRegister } from './use-register.ts';

/** A read model's row: what is absent in the state is null here. */
type Row<T> = { readonly [K in keyof T]: T[K] | null };

export function Unread({ value }: { value: 'failed' | undefined }) {
  const t = useTexts(machineTexts);
  return <p className="muted">{value === 'failed' ? t('register.failed') : '…'}</p>;
}

function Nothing({ hint }: { hint: string }) {
  const t = useTexts(machineTexts);
  return (
    <div className="stack">
      <p>{t('register.empty')}</p>
      <p className="muted">{hint}</p>
    </div>
  );
}

function useMachineName(live: StaffLive): (machineId: string) => string {
  const language = useLanguage();
  const configs = useFloor(live, (state) => state?.config?.machines);
  return (machineId) => configs?.find(({ id }) => id === machineId)?.name[language] ?? machineId;
}

const branchPath = (live: StaffLive): string => `/api/branches/${encodeURIComponent(live.branchId)}`;

export function ReplenishmentRegister({ live }: { live: StaffLive }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const machineName = useMachineName(live);
  const changed = useFloor(live, (state) => state?.replenishments);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const read = useRegister<{ replenishments: readonly (Row<Replenishment> & Pick<Replenishment, 'id' | 'at' | 'machineId' | 'by'>)[] }>(
    `${branchPath(live)}/replenishments`,
    changed,
  );
  if (read === undefined || read === 'failed') return <Unread value={read} />;
  const rows = read.replenishments;
  if (rows.length === 0) return <Nothing hint={t('replenish.emptyHint')} />;
  return (
    <table className="register">
      <thead>
        <tr>
          <th scope="col">{t('register.when')}</th>
          <th scope="col">{t('register.machine')}</th>
          <th scope="col">{t('register.people')}</th>
          <th scope="col" className="num">
            {t('amount.loaded')}
          </th>
          <th scope="col">{t('register.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{dateTime(row.at, zone, language)}</td>
            <th scope="row">{machineName(row.machineId)}</th>
            <td>{[row.by, row.confirmedBy].map((who) => (who === null || who === undefined ? '–' : nameOf(who))).join(' · ')}</td>
            <td className="num">{yuan(row.loadedFen ?? 0, language)}</td>
            <td>
              {differenceWords(row.differenceFen ?? 0, t, language)}
              <small className="muted">
                {row.confirmedBy !== null ? null : t(row.settledBy === null ? 'replenish.pending' : 'replenish.withdrawn')}
                {row.explanationRef === null || row.explanationRef === undefined ? null : (
                  <FreeText branchId={live.branchId} refId={row.explanationRef} />
                )}
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type CardRow = Row<RetainedCard> & Pick<RetainedCard, 'id' | 'machineId' | 'retainedAt' | 'state'> & { readonly lastDigits?: string };

export function CardRegister({ live }: { live: StaffLive }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const machineName = useMachineName(live);
  const changed = useFloor(live, (state) => state?.cards);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const read = useRegister<{ cards: readonly CardRow[] }>(`${branchPath(live)}/cards`, changed);
  if (read === undefined || read === 'failed') return <Unread value={read} />;
  const ended = read.cards.filter(({ state }) => state === 'handedBack' || state === 'destroyed');
  if (read.cards.length === 0) return <Nothing hint={t('card.emptyHint')} />;
  if (ended.length === 0) return null;
  return (
    <table className="register">
      <thead>
        <tr>
          <th scope="col">{t('register.when')}</th>
          <th scope="col">{t('register.machine')}</th>
          <th scope="col">{t('card.digits')}</th>
          <th scope="col">{t('register.outcome')}</th>
          <th scope="col">{t('register.people')}</th>
        </tr>
      </thead>
      <tbody>
        {ended.map((card) => (
          <tr key={card.id}>
            <td>{dateTime(card.retainedAt, zone, language)}</td>
            <th scope="row">{machineName(card.machineId)}</th>
            <td>{card.lastDigits ?? '–'}</td>
            <td>
              {t(`card.state.${card.state}`)}
              <small className="muted">
                {card.endedAt === null || card.endedAt === undefined ? null : dateTime(card.endedAt, zone, language)}
                {card.reasonRef === null || card.reasonRef === undefined ? null : (
                  <FreeText branchId={live.branchId} refId={card.reasonRef} />
                )}
              </small>
            </td>
            <td>{[card.collectedBy, card.endedBy].map((who) => (who === null || who === undefined ? '–' : nameOf(who))).join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
