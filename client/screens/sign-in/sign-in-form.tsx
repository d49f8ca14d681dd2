import { useState } from 'react';
import { explain } from '../../i18n/errors.ts';
import { useLanguage } from '../../i18n/language.ts';
import { staffTexts } from '../../i18n/staff.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { signIn } from '../../staff/session.ts';

export function SignInForm() {
  const t = useTexts(staffTexts);
  const language = useLanguage();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | 'needed'>();

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (username.trim() === '' || password === '') return setProblem('needed');
    setBusy(true);
    const answer = await signIn(username.trim(), password);
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <label className="field">
        <span>{t('signIn.username')}</span>
        <input
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t('signIn.password')}</span>
        <input
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <button type="button" className="button b-quiet show-password" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? t('signIn.hide') : t('signIn.show')}
      </button>
      <p className="form-problem" role="alert">
        {problem === undefined ? '' : problem === 'needed' ? t('signIn.needed') : explain(problem, language)}
      </p>
      <button type="submit" className="button b-primary" aria-busy={busy || undefined}>
        {t('signIn.go')}
      </button>
    </form>
  );
}
