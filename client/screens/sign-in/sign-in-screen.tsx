import { useEffect, useState } from 'react';
import { commonTexts } from '../../i18n/common.ts';
import { staffTexts } from '../../i18n/staff.ts';
import { useTexts } from '../../i18n/texts.ts';
import { api } from '../../staff/session.ts';
import { LanguageSwitch, ThemeSwitch } from '../../ui/switches.tsx';
import { FirstAdministrator } from './first-administrator.tsx';
import { SignInForm } from './sign-in-form.tsx';
import './sign-in.css';

/** Sign-in; on an empty hub, the page that makes the first administrator. */
export function SignInScreen() {
  const t = useTexts(staffTexts);
  const common = useTexts(commonTexts);
  const [empty, setEmpty] = useState(false);
  useEffect(() => {
    void api.get<{ empty: boolean }>('/api/setup').then((answer) => setEmpty(answer.ok && answer.value.empty));
  }, []);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <header>
          <h1>{common('app.name')}</h1>
          <p className="muted">{empty ? t('setup.title') : t('signIn.lead')}</p>
        </header>
        {empty ? <FirstAdministrator onMade={() => setEmpty(false)} /> : <SignInForm />}
        <footer>
          <LanguageSwitch />
          <ThemeSwitch />
        </footer>
      </div>
    </main>
  );
}
