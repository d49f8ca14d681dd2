import { useMemo } from 'react';
import { Link } from '@tanstack/react-router';
import { maySee } from '../../../shared/branch/cases/case.access.ts';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { type StaffLive, useWatchedBranches } from '../branch.ts';
import { type Session, useSession } from '../session.ts';

/** Those whose office it is to hear of it; whoever started it sees nothing on a screen that others may look at. */
function firstSilent(
  state: Pick<BranchState, 'cases' | 'openCases'> & { config: BranchState['config'] | undefined },
  { staffId, role }: Session,
): Case | undefined {
  for (const id of state.openCases.values()) {
    const one = state.cases.get(id);
    if (
      one?.silent === true &&
      maySee(state.config === undefined ? {} : { config: state.config }, { id: staffId, role }, { ...one, people: [] })
    )
      return one;
  }
  return undefined;
}

function Mark({ live, session }: { live: StaffLive; session: Session }) {
  const t = useTexts(casesTexts);
  const cases = useFloor(live, (state) => state?.cases);
  const config = useFloor(live, (state) => state?.config);
  const caseId = useMemo(() => {
    const state = live.store.getState().floor;
    return cases === undefined || state === undefined ? undefined : firstSilent({ ...state, cases, config }, session)?.id;
  }, [live, cases, config, session]);
  return caseId === undefined ? null : (
    <Link className="silent-mark" to="/cases/$caseId" params={{ caseId }} search={{ branch: live.branchId }} aria-label={t('silent.mark')}>
      <i aria-hidden="true" />
    </Link>
  );
}

/** A dot in the top strip, no more: nobody beside the screen reads anything in it. */
export default function SilentMark() {
  const lives = useWatchedBranches();
  const session = useSession();
  if (session === null || session === undefined) return null;
  return (
    <>
      {lives.map((live) => (
        <Mark key={live.branchId} live={live} session={session} />
      ))}
    </>
  );
}
