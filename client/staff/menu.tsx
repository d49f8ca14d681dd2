import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Role } from '../../shared/aggregate.ts';
import { commonTexts } from '../i18n/common.ts';
import { staffTexts } from '../i18n/staff.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { signOut, useSession } from './session.ts';

type Place = 'floor' | 'head' | 'settings';

const placesOf: Partial<Record<Role, readonly Place[]>> = {
  manager: ['floor'],
  head: ['head', 'settings'],
  regional: ['head'],
  headOffice: ['head'],
  admin: ['settings', 'head'],
};

/** Who I am, language, appearance, the other screens of my role, sign-out. Every staff screen has it in its top strip. */
export function StaffMenu({ branchId, children }: { branchId?: string; children?: React.ReactNode }) {
  const [open, setOpen] = useState(false);
  const t = useTexts(staffTexts);
  const common = useTexts(commonTexts);
  const session = useSession();
  if (session === null || session === undefined) return null;
  const places = placesOf[session.role] ?? [];
  return (
    <>
      <button type="button" className="icon-button menu-button" aria-label={t('menu')} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <path d="M4 7h16M4 12h16M4 17h16" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
        </svg>
      </button>
      {open ? (
        <Sheet title={t('menu')} onClose={() => setOpen(false)}>
          <p>
            <strong>{session.username}</strong> <span className="muted">{t(`role.${roleKey(session.role)}`)}</span>
          </p>
          <div className="menu-line">
            <span>{common('language.label')}</span>
            <LanguageSwitch />
          </div>
          <div className="menu-line">
            <span>{common('theme.label')}</span>
            <ThemeSwitch />
          </div>
          <nav className="menu-places" aria-label={t('menu.places')}>
            {places.includes('floor') && branchId !== undefined ? (
              <Link className="button" to="/floor/$branch" params={{ branch: branchId }} onClick={() => setOpen(false)}>
                {t('place.floor')}
              </Link>
            ) : null}
            {places.includes('head') ? (
              <Link className="button" to="/head" onClick={() => setOpen(false)}>
                {t('place.head')}
              </Link>
            ) : null}
            {places.includes('settings') ? (
              <Link className="button" to="/settings" onClick={() => setOpen(false)}>
                {t('place.settings')}
              </Link>
            ) : null}
            {children}
          </nav>
          <Button variant="danger" onPress={signOut}>
            {common('action.signOut')}
          </Button>
        </Sheet>
      ) : null}
    </>
  );
}

type StaffRole = 'teller' | 'manager' | 'head' | 'regional' | 'headOffice' | 'admin';
const staffRoles: readonly StaffRole[] = ['teller', 'manager', 'head', 'regional', 'headOffice', 'admin'];
/** Accounts of people only ever have a staff role; anything else would be a device's. */
const roleKey = (role: Role): StaffRole => staffRoles.find((one) => one === role) ?? 'teller';
