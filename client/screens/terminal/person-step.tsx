/** What one person would like to do: the natural next step largest, free counters by number. */
import type { TerminalPerson } from '../../../shared/contract/terminal.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { terminalTexts } from '../../i18n/terminal.ts';
import { useTexts } from '../../i18n/texts.ts';
import { type Act, actsOf } from './acts.ts';
import type { Words } from './words.ts';

export function PersonStep({ one, words, zone, onAct }: { one: TerminalPerson; words: Words; zone: string; onAct: (act: Act) => void }) {
  const t = useTexts(terminalTexts);
  const language = useLanguage();
  const { here, shift } = one;
  const { main, counters } = actsOf(one);
  const time = (at: number): string => shortTime(at, zone, language);
  const asked =
    here === undefined
      ? t('ask.notHere')
      : here.break !== undefined
        ? t('ask.onBreak', { time: time(here.break.since) })
        : here.post === undefined
          ? t('ask.free', { time: time(here.since) })
          : t('ask.here', { post: words.post(here.post), time: time(here.since) });
  const keyOf = (act: Act): string => (act.do === 'take' ? `take:${act.post.counterId ?? act.post.kind}` : act.do);
  return (
    <section className="terminal-step">
      <header>
        <h1>{one.name}</h1>
        <p>{asked}</p>
        <p className="muted">
          {shift === undefined
            ? t('noShift')
            : t('shift', { times: `${time(shift.startsAt)}–${time(shift.endsAt)} · ${words.post(shift.post)}` })}
        </p>
      </header>
      {here === undefined && one.posts.length === 0 ? <p className="terminal-hint">{t('nothing')}</p> : null}
      <div className="terminal-acts">
        {main.map((act, index) => (
          <button
            key={keyOf(act)}
            type="button"
            className={index === 0 ? 'terminal-act is-next' : 'terminal-act'}
            data-do={keyOf(act)}
            onClick={() => onAct(act)}
          >
            {words.act(act, here !== undefined)}
          </button>
        ))}
      </div>
      {counters.length === 0 ? null : (
        <>
          <h2>{t('do.otherCounters')}</h2>
          <div className="terminal-counters">
            {counters.map((act) => (
              <button
                key={keyOf(act)}
                type="button"
                className="terminal-act"
                data-do={keyOf(act)}
                aria-label={words.act(act, here !== undefined)}
                onClick={() => onAct(act)}
              >
                {words.post(act.post)}
              </button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}
