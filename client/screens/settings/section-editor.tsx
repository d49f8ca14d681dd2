import { useState } from 'react';
import { settingsTexts } from '../../i18n/settings.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Configuration, Loaded, Section } from './configuration.ts';
import { ProblemList } from './problem-list.tsx';

const saved = (): void => toast('done', (language) => translator(settingsTexts, language)('saved'));

function parse(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** One section as JSON; faults are told with their path inside it. */
export function SectionEditor({
  section,
  loaded,
  save,
}: {
  section: Exclude<Section, 'name' | 'advice'>;
  loaded: Loaded;
  save: Configuration['save'];
}) {
  const t = useTexts(settingsTexts);
  const value = loaded.config[section];
  // A branch that does not plan its people, or says nothing of its flow, has no such section.
  const stored = value === undefined ? '' : JSON.stringify(value, null, 2);
  const [text, setText] = useState(stored);
  const [problem, setProblem] = useState<Problem>();
  const read = parse(text);
  const submit = async (): Promise<void> => {
    if (!read.ok) return;
    const refused = await save({ [section]: read.value });
    setProblem(refused);
    if (refused === undefined) saved();
  };
  return (
    <div className="settings-section">
      <p className="muted">{t(`hint.${section}`)}</p>
      <label className="field">
        <span>{t('json.label', { section: t(`tab.${section}`) })}</span>
        <textarea className="settings-json" value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} />
      </label>
      {read.ok || (text === '' && stored === '') ? null : (
        <p className="form-problem" role="alert">
          {t('json.invalid', { message: read.message })}
        </p>
      )}
      <ProblemList problem={problem} />
      <div className="settings-actions">
        <Button disabled={text === stored} onPress={() => setText(stored)}>
          {t('revert')}
        </Button>
        <Button variant="primary" disabled={!read.ok || (text === stored && loaded.configured)} onPress={submit}>
          {t('save')}
        </Button>
      </div>
    </div>
  );
}

export function NameEditor({ loaded, save }: { loaded: Loaded; save: Configuration['save'] }) {
  const t = useTexts(settingsTexts);
  const [name, setName] = useState(loaded.config.name);
  const [problem, setProblem] = useState<Problem>();
  const submit = async (): Promise<void> => {
    const refused = await save({ name });
    setProblem(refused);
    if (refused === undefined) saved();
  };
  return (
    <form
      className="settings-section"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {(['zh', 'en'] as const).map((language) => (
        <label key={language} className="field">
          <span>{t(`name.${language}`)}</span>
          <input value={name[language]} maxLength={80} onChange={(event) => setName({ ...name, [language]: event.target.value })} />
        </label>
      ))}
      <ProblemList problem={problem} />
      <div className="settings-actions">
        <Button type="submit" variant="primary">
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
