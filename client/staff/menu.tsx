import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { Role } from '../../shared/aggregate.ts';
import { casesTexts } from '../i18n/cases.ts';
import { commonTexts } from '../i18n/common.ts';
import { staffTexts } from '../i18n/staff.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { setQuiet, useQuiet } from './cases/alerts.ts';
import { openCaseSheet } from './cases/open-sheet.ts';
import { staffRole } from './roles.ts';
import { signOut, useSession } from './session.ts';

const MachinesOfBranch = lazy(() => import('./machines/machines-of-branch.tsx'));
const SilentMark = lazy(() => import('./cases/silent-mark.tsx'));

type Place = 'floor' | 'teller' | 'head' | 'cases' | 'people' | 'settings';

const placesOf: Partial<Record<Role, readonly Place[]>> = {
  teller: ['teller', 'people', 'cases'],
  guard: ['people'],
  manager: ['floor', 'people', 'cases'],
  head: ['head', 'people', 'cases', 'settings'],
  regional: ['head', 'people', 'cases'],
  headOffice: ['head', 'people', 'cases'],
  admin: ['settings', 'head'],
};

/** Who I am, language, appearance, the other screens of my role, sign-out. Every staff screen has it in its top strip. */
export function StaffMenu({ branchId, children }: { branchId?: string; children?: React.ReactNode }) {
  const [open, setOpen] = useState(false);
  const [machines, setMachines] = useState(false);
  const t = useTexts(staffTexts);
  const common = useTexts(commonTexts);
  const cases = useTexts(casesTexts);
  const session = useSession();
  const quiet = useQuiet();
  if (session === null || session === undefined) return null;
  const places = placesOf[session.role] ?? [];
  const shiftAt = branchId ?? (session.branchIds === '*' ? undefined : session.branchIds[0]);
  return (
    <>
      <button type="button" className="icon-button menu-button" aria-label={t('menu')} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <path d="M4 7h16M4 12h16M4 17h16" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
        </svg>
      </button>
      <Suspense fallback={null}>
        <SilentMark />
      </Suspense>
      {machines && branchId !== undefined ? (
        <Suspense fallback={null}>
          <MachinesOfBranch branchId={branchId} onClose={() => setMachines(false)} />
        </Suspense>
      ) : null}
      {open ? (
        <Sheet title={t('menu')} onClose={() => setOpen(false)}>
          <p>
            <strong>{session.username}</strong> <span className="muted">{t(`role.${staffRole(session.role)}`)}</span>
          </p>
          <div className="menu-line">
            <span>{common('language.label')}</span>
            <LanguageSwitch />
          </div>
          <div className="menu-line">
            <span>{common('theme.label')}</span>
            <ThemeSwitch />
          </div>
          <label className="check">
            <input type="checkbox" checked={quiet} onChange={(event) => setQuiet(event.target.checked)} />
            <span className="two-lines">
              {cases('quiet')}
              <small className="muted">{cases('quiet.hint')}</small>
            </span>
          </label>
          <nav className="menu-places" aria-label={t('menu.places')}>
            {places.includes('floor') && branchId !== undefined ? (
              <Link className="button" to="/floor/$branch" params={{ branch: branchId }} onClick={() => setOpen(false)}>
                {t('place.floor')}
              </Link>
            ) : null}
            {places.includes('teller') ? (
              <Link className="button" to="/teller" onClick={() => setOpen(false)}>
                {t('place.teller')}
              </Link>
            ) : null}
            {places.includes('head') ? (
              <Link className="button" to="/head" onClick={() => setOpen(false)}>
                {t('place.head')}
              </Link>
            ) : null}
            {places.includes('people') ? (
              <Link
                className="button"
                to="/people"
                search={branchId === undefined ? {} : { branch: branchId }}
                onClick={() => setOpen(false)}
              >
                {t(session.role === 'teller' || session.role === 'guard' ? 'place.myDay' : 'place.people')}
              </Link>
            ) : null}
            {places.includes('cases') ? (
              <Link className="button" to="/cases" onClick={() => setOpen(false)}>
                {t('place.cases')}
              </Link>
            ) : null}
            {places.includes('settings') ? (
              <Link className="button" to="/settings" onClick={() => setOpen(false)}>
                {t('place.settings')}
              </Link>
            ) : null}
            {branchId === undefined ? null : (
              <Button
                onPress={() => {
                  setOpen(false);
                  setMachines(true);
                }}
              >
                {t('place.machines')}
              </Button>
            )}
            {children}
          </nav>
          {shiftAt === undefined || !places.includes('cases') ? null : (
            <Button
              onPress={() => {
                setOpen(false);
                openCaseSheet({ kind: 'shift', branchId: shiftAt });
              }}
            >
              {cases('shift.title')}
            </Button>
          )}
          <Button variant="danger" onPress={signOut}>
            {common('action.signOut')}
          </Button>
        </Sheet>
      ) : null}
    </>
  );
}
