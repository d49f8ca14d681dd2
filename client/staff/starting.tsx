import { Link } from '@tanstack/react-router';
import { staffTexts } from '../i18n/staff.ts';
import { useTexts } from '../i18n/texts.ts';

/** While the page asks the hub who we are; stays when the hub cannot be reached, and goes by itself when it can. */
export function Starting() {
  const t = useTexts(staffTexts);
  return (
    <main className="centred" aria-busy="true">
      <p className="muted">{t('starting')}</p>
    </main>
  );
}

export function Lost() {
  const t = useTexts(staffTexts);
  return (
    <main className="centred">
      <h1>{t('lost')}</h1>
      <Link className="button b-primary" to="/">
        {t('lost.home')}
      </Link>
    </main>
  );
}
