import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { PulseBanner } from './pulse-banner.tsx';
import { useSession } from './session.ts';

const CaseShell = lazy(() => import('./cases/case-shell.tsx'));

/** Around every staff screen: what may come up on any of them. */
export function StaffShell() {
  const session = useSession();
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
