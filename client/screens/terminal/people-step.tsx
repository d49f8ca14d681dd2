/** Everybody of the roster by name: those not signed on first, whose shift runs before the others. */
import type { TerminalPerson } from '../../../shared/contract/terminal.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { terminalTexts } from '../../i18n/terminal.ts';
import { useTexts } from '../../i18n/texts.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { Words } from './words.ts';

interface Props {
  people: readonly TerminalPerson[];
  words: Words;
  zone: string;
  onChoose: (staffId: string) => void;
}

export function PeopleStep({ people, words, zone, onChoose }: Props) {
  const t = useTexts(terminalTexts);
  if (people.length === 0)
    return (
      <section className="terminal-notice" data-notice="nobody">
        <h1>{t('nobody.title')}</h1>
        <p>{t('nobody.body')}</p>
      </section>
    );
  const here = people.filter((one) => one.here !== undefined);
  const startOf = ({ shift }: TerminalPerson): number => shift?.startsAt ?? Number.POSITIVE_INFINITY;
  const away = people
    .filter((one) => one.here === undefined)
    .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : Number(startOf(a) > startOf(b))));
  const group = (name: 'notHere' | 'here', some: readonly TerminalPerson[], empty: string) => (
    <section aria-labelledby={`terminal-${name}`}>
      <h2 id={`terminal-${name}`}>
        {t(name)} <span className="muted">{some.length}</span>
      </h2>
      {some.length === 0 ? (
        <p className="muted">{empty}</p>
      ) : (
        <ul className="terminal-people">
          {some.map((one) => (
            <li key={one.staffId}>
              <Tile one={one} words={words} zone={zone} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
  return (
    <div className="terminal-list">
      <h1>{t('choose')}</h1>
      {group('notHere', away, t('everybodyHere'))}
      {group('here', here, t('nobodyHere'))}
    </div>
  );
}

function Tile({ one, words, zone, onChoose }: { one: TerminalPerson } & Omit<Props, 'people'>) {
  const t = useTexts(terminalTexts);
  const language = useLanguage();
  const { staffId, name, role, here, shift } = one;
  const time = (at: number): string => shortTime(at, zone, language);
  return (
    <button type="button" className="terminal-person" data-staff={staffId} data-here={here !== undefined} onClick={() => onChoose(staffId)}>
      <strong>{name}</strong>
      <small>{t(`kind.${role}`)}</small>
      {here === undefined ? (
        <small>{shift === undefined ? t('noShift') : `${time(shift.startsAt)}–${time(shift.endsAt)} · ${words.post(shift.post)}`}</small>
      ) : (
        <StateBadge
          state={here.break !== undefined ? 'paused' : here.post === undefined ? 'idle' : 'serving'}
          word={here.break !== undefined ? t('look.onBreak') : here.post === undefined ? t('look.free') : words.post(here.post)}
        >
          <small>{t('since', { time: time(here.break?.since ?? here.since) })}</small>
        </StateBadge>
      )}
    </button>
  );
}
