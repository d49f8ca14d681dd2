import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { commonTexts } from '../../i18n/common.ts';
import { floorTexts } from '../../i18n/floor.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor, useLink } from '../../live/live.ts';
import { useStaffBranch } from '../../staff/branch.ts';
import { openCaseSheet } from '../../staff/cases/open-sheet.ts';
import { StaffMenu } from '../../staff/menu.tsx';
import { useNames } from '../../staff/names.ts';
import { useSession } from '../../staff/session.ts';
import { ConnectionBadge } from '../../ui/connection-badge.tsx';
import { BoardSide } from './board-side.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { CounterGrid } from './counter-grid.tsx';
import { type Floor, FloorContext, type OpenSheet } from './floor-context.ts';
import { MachinesStrip } from './machines-strip.tsx';
import { counterConfigs } from './names-on-board.ts';
import { QueueList } from './queue-list.tsx';
import { TopStrip } from './top-strip.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import './floor.css';

const route = getRouteApi('/floor/$branch');
const loadSheets = () => import('./sheets/sheets.tsx');
const Sheets = lazy(loadSheets);

/** The lobby manager's board: the branch understood in five seconds, everything a tap away. */
export function FloorScreen() {
  const { branch } = route.useParams();
  return <Board key={branch} branchId={branch} />;
}

function Board({ branchId }: { branchId: string }) {
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const live = useStaffBranch(branchId);
  const session = useSession();
  const nameOf = useNames(branchId);
  const link = useLink(live);
  const ready = useFloor(live, (state) => state?.config !== undefined);
  const known = useFloor(live, (state) => state !== undefined);
  const [sheet, setSheet] = useState<OpenSheet>();
  const close = useCallback(() => setSheet(undefined), []);
  const counters = useCallback(() => {
    const state = live.store.getState().floor;
    return state === undefined ? [] : counterConfigs(state);
  }, [live]);
  const openCase = useCallback((kind: 'log' | 'emergency') => openCaseSheet({ kind, branchId }), [branchId]);
  useShortcuts(sheet === undefined && ready, counters, setSheet, openCase);
  // Sheets are fetched once the board stands, so that the first tap does not wait for them.
  useEffect(() => {
    if (ready) void loadSheets();
  }, [ready]);
  const floor = useMemo<Floor | undefined>(
    () => (session === null || session === undefined ? undefined : { live, branchId, session, nameOf, open: setSheet, close }),
    [live, branchId, session, nameOf, close],
  );
  if (floor === undefined) return null;
  if (!ready) {
    return (
      <main className="centred">
        <ConnectionBadge link={link} />
        {known ? <p>{t('notConfigured')}</p> : null}
        {link.state === 'refused' ? <p className="muted">{t('refusedHint')}</p> : null}
        {link.state === 'connecting' ? <p className="muted">{common('link.connecting')}…</p> : null}
        <StaffMenu />
      </main>
    );
  }
  return (
    <FloorContext value={floor}>
      <main className="board" data-stale={link.state === 'stale'} data-link={link.state}>
        <TopStrip />
        <QueueList />
        <CounterGrid />
        <BoardSide />
        <MachinesStrip />
        <BottomBar />
      </main>
      {sheet === undefined ? null : (
        <Suspense fallback={null}>
          <Sheets sheet={sheet} />
        </Suspense>
      )}
    </FloorContext>
  );
}
