import { useState } from 'react';
import { explain } from '../../i18n/errors.ts';
import { useLanguage } from '../../i18n/language.ts';
import { staffTexts } from '../../i18n/staff.ts';
import { useTexts } from '../../i18n/texts.ts';
import { api, signIn } from '../../staff/session.ts';

const SHORTEST = 10;

export function FirstAdministrator({ onMade }: { onMade: () => void }) {
  const t = useTexts(staffTexts);
  const language = useLanguage();
  const [username, setUsername] = useState('admin');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (password.length < SHORTEST) return setProblem(t('setup.short'));
    if (password !== again) return setProblem(t('setup.differ'));
    setBusy(true);
    const made = await api.send('POST', '/api/setup', { username: username.trim(), password });
    if (made.ok) {
      onMade();
      await signIn(username.trim(), password);
    } else setProblem(explain(made.problem, language));
    setBusy(false);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>{t('setup.lead')}</p>
      <label className="field">
        <span>{t('setup.username')}</span>
        <input
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <span className="hint">{t('setup.username.hint')}</span>
      </label>
      <label className="field">
        <span>{t('setup.password')}</span>
        <input
          name="password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <span className="hint">{t('setup.password.hint')}</span>
      </label>
      <label className="field">
        <span>{t('setup.again')}</span>
        <input name="again" type="password" autoComplete="new-password" value={again} onChange={(event) => setAgain(event.target.value)} />
      </label>
      <p className="form-problem" role="alert">
        {problem ?? ''}
      </p>
      <button type="submit" className="button b-primary" aria-busy={busy || undefined}>
        {t('setup.go')}
      </button>
    </form>
  );
}
