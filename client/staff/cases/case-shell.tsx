/** What every staff page has of cases, whatever its screen: the emergency banner, notices with sound, the sheets. */
import { lazy, Suspense, useEffect } from 'react';
import { useWatchedBranches } from '../branch.ts';
import { listenForTouch } from './alerts.ts';
import { EmergencyBanner } from './emergency-banner.tsx';
import { useNotices } from './use-notices.ts';
import { closeCaseSheet, useCaseSheet } from './open-sheet.ts';
import './cases.css';

const loadSheets = () => import('./case-sheets.tsx');
const CaseSheets = lazy(loadSheets);

function Notices({ live }: { live: ReturnType<typeof useWatchedBranches>[number] }) {
  useNotices(live);
  return null;
}

export default function CaseShell() {
  const lives = useWatchedBranches();
  const sheet = useCaseSheet();
  useEffect(() => listenForTouch(), []);
  // Fetched once a branch is on the screen, so that the first tap does not wait.
  useEffect(() => {
    if (lives.length > 0) void loadSheets();
  }, [lives]);
  return (
    <>
      <EmergencyBanner lives={lives} />
      {lives.map((live) => (
        <Notices key={live.branchId} live={live} />
      ))}
      {sheet === undefined ? null : (
        <Suspense fallback={null}>
          <CaseSheets sheet={sheet} onClose={closeCaseSheet} />
        </Suspense>
      )}
    </>
  );
}
