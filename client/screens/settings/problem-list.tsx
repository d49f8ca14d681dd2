import { explain } from '../../i18n/errors.ts';
import { useLanguage } from '../../i18n/language.ts';
import { settingsTexts } from '../../i18n/settings.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';

/** What the hub said, each fault at its place. */
export function ProblemList({ problem }: { problem: Problem | undefined }) {
  const t = useTexts(settingsTexts);
  const language = useLanguage();
  if (problem === undefined) return null;
  return (
    <div className="settings-errors" role="alert">
      <strong>{problem.errors === undefined ? explain(problem, language) : t('errors.title')}</strong>
      <ul>
        {(problem.errors ?? []).map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <code>{path.replace(/^config\./, '')}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
