import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { PulseBanner } from './pulse-banner.tsx';
import { useSession } from './session.ts';

const loadShell = () => import('./cases/case-shell.tsx');
const CaseShell = lazy(loadShell);

/** Around every staff screen: what may come up on any of them. */
export function StaffShell() {
  const session = useSession();
  // Fetched while somebody types their password, so that nothing is missed right after.
  useEffect(() => void loadShell(), []);
  const signedIn = session !== null && session !== undefined;
  return (
    <>
      {signedIn ? <PulseBanner key={session.username} /> : null}
      {signedIn ? (
        <Suspense fallback={null}>
          <CaseShell />
        </Suspense>
      ) : null}
      <Outlet />
    </>
  );
}
