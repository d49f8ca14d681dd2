import { lazy, Suspense, useState } from 'react';
import { commonTexts } from '../../i18n/common.ts';
import { headTexts } from '../../i18n/head.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useStaffBranch } from '../../staff/branch.ts';
import { useBranchesSeen } from '../../staff/branches-seen.ts';
import { CaseBegin } from '../../staff/cases/case-begin.tsx';
import { LedgerSheet } from '../../staff/ledger/ledger-sheet.tsx';
import { StaffMenu } from '../../staff/menu.tsx';
import { BranchCard } from './branch-card.tsx';
import { worstFirst } from './worst-first.ts';
import './head.css';

const BranchAdvice = lazy(() => import('./branch-advice.tsx'));
const MachinesOfBranch = lazy(() => import('../../staff/machines/machines-of-branch.tsx'));

type Badness = readonly [number, number, number];

function LedgerOf({ branchId, onClose }: { branchId: string; onClose: () => void }) {
  return <LedgerSheet live={useStaffBranch(branchId)} onClose={onClose} />;
}

/** The branches of a head or a region, live, worst first; one tap to any floor. */
export function HeadScreen() {
  const t = useTexts(headTexts);
  const common = useTexts(commonTexts);
  const branches = useBranchesSeen();
  const [badness, setBadness] = useState<Readonly<Record<string, Badness>>>({});
  const [ledger, setLedger] = useState<string>();
  const [machines, setMachines] = useState<string>();
  const [advice, setAdvice] = useState<{ readonly branchId: string; readonly what: 'history' | 'whatIf' }>();
  const listed = worstFirst((branches ?? []).map((branch) => ({ ...branch, badness: badness[branch.id] ?? ([-1, 0, 0] as const) })));
  return (
    <main className="head">
      <header className="strip head-strip">
        <StaffMenu />
        <div className="strip-name">
          <h1>{t('title')}</h1>
          <p className="muted">{t('lead')}</p>
        </div>
        {branches?.[0] === undefined ? null : <CaseBegin branchId={branches[0].id} />}
      </header>
      {branches === undefined ? <p className="muted">{common('link.connecting')}…</p> : null}
      {branches?.length === 0 ? (
        <div className="centred">
          <p>{t('none')}</p>
          <p className="muted">{t('noneHint')}</p>
        </div>
      ) : null}
      <ol className="branches">
        {listed.map((branch) => (
          <BranchCard
            key={branch.id}
            branch={branch}
            onLedger={() => setLedger(branch.id)}
            onMachines={() => setMachines(branch.id)}
            onAdvice={(what) => setAdvice({ branchId: branch.id, what })}
            onBadness={(next) =>
              setBadness((known) =>
                known[branch.id]?.every((value, index) => value === next[index]) === true ? known : { ...known, [branch.id]: next },
              )
            }
          />
        ))}
      </ol>
      {advice === undefined ? null : (
        <Suspense fallback={null}>
          <BranchAdvice {...advice} onClose={() => setAdvice(undefined)} />
        </Suspense>
      )}
      {machines === undefined ? null : (
        <Suspense fallback={null}>
          <MachinesOfBranch branchId={machines} onClose={() => setMachines(undefined)} />
        </Suspense>
      )}
      {ledger === undefined ? null : <LedgerOf branchId={ledger} onClose={() => setLedger(undefined)} />}
    </main>
  );
}
