import type { Advice } from '../../../shared/branch/advice/advice.state.ts';
import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Named } from './advice-words.ts';

const known = [
  'breakNow',
  'breakDue',
  'lobbyUnattended',
  'mayTakeLobby',
  'fewestWindows',
  'waitSoon',
  'lineNow',
  'coming',
  'freeAndAble',
  'spareWindow',
  'machineFree',
] as const;

/** The grounds in full, with their figures. */
export function ReasonList({ advice, named }: { advice: Advice; named: Named }) {
  const t = useTexts(adviceSheetTexts);
  const told = advice.reasons.flatMap(({ code, params }) => {
    const key = known.find((one) => one === code);
    return key === undefined ? [] : [t(`reason.${key}`, { ...params, name: named.name, machine: named.machine })];
  });
  return told.length === 0 ? null : (
    <section className="stack">
      <h3>{t('reasons.title')}</h3>
      <ul className="advice-reasons">
        {told.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  );
}
