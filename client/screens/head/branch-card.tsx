import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { SeenOutlook } from '../../../shared/contract/outlook.ts';
import { commonTexts } from '../../i18n/common.ts';
import { elapsed } from '../../i18n/format.ts';
import { headTexts } from '../../i18n/head.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor, useLink, useOutlook } from '../../live/live.ts';
import { useStaffBranch } from '../../staff/branch.ts';
import {
  expectedIn,
  lateCases,
  longestSince,
  openCases,
  rangeInMinutes,
  servedInTarget,
  waitingIn,
  windows,
  zones,
} from '../../staff/figures.ts';
import type { BranchListed } from '../../staff/home.ts';
import { machineConfigs, machinesDown, machinesUnknown } from '../../staff/machines/machine-looks.ts';
import { Button } from '../../ui/button.tsx';
import { Ticking } from '../../ui/clock.tsx';
import { ConnectionBadge } from '../../ui/connection-badge.tsx';
import { AdviceLine } from './advice-line.tsx';
import { MachinesLine } from './machines-line.tsx';
import { badness } from './worst-first.ts';

const LOOK_AGAIN_MS = 3_000;

function rangeOf(state: BranchState, now: number, foretold: SeenOutlook | undefined): string | undefined {
  if (windows(state).open === 0) return undefined;
  const told = zones.map((zone) => ({ zone, range: expectedIn(state, zone, now, foretold) }));
  // Nothing is worse than to wait where no window is open.
  if (told.some(({ zone, range }) => range === undefined && waitingIn(state, zone) > 0)) return undefined;
  const ranges = told.map(({ range }) => range).filter((range) => range !== undefined);
  const worst = ranges.reduce<(typeof ranges)[number] | undefined>(
    (most, one) => (most === undefined || one.expected > most.expected ? one : most),
    undefined,
  );
  return worst === undefined ? undefined : rangeInMinutes(worst);
}

function Fact({ label, children, tone }: { label: string; children: React.ReactNode; tone?: 'near' | 'over' | undefined }) {
  return (
    <div className={tone === undefined ? 'figure' : `figure f-${tone}`}>
      <dd>{children}</dd>
      <dt>{label}</dt>
    </div>
  );
}

/** One branch, watched live. Redraws at most once per event of its own. */
export function BranchCard({
  branch,
  onLedger,
  onMachines,
  onAdvice,
  onBadness,
}: {
  branch: BranchListed;
  onLedger: () => void;
  onMachines: () => void;
  onAdvice: (what: 'history' | 'whatIf') => void;
  onBadness: (badness: readonly [number, number, number]) => void;
}) {
  const t = useTexts(headTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const live = useStaffBranch(branch.id);
  const link = useLink(live);
  const foretold = useOutlook(live, (outlook) => outlook);
  const state = useFloor(live, (floor) => floor);
  const known = state !== undefined;
  const tell = useRef(onBadness);
  tell.current = onBadness;
  useEffect(() => {
    const look = (): void => tell.current(badness(live.store.getState().floor, live.clock.now()));
    look();
    // The list settles every few seconds: cards that jump under a finger help nobody.
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [live, known]);
  const since = state === undefined ? undefined : longestSince(state);
  const waitsLong = since !== undefined && live.clock.now() - since > (state?.config?.policy.servedTargetMs ?? Number.POSITIVE_INFINITY);
  const open = state === undefined ? undefined : windows(state);
  const inTarget = state === undefined ? undefined : servedInTarget(state);
  const range = state?.config === undefined ? undefined : rangeOf(state, live.clock.now(), foretold);
  const late = state === undefined ? 0 : lateCases(state);
  const machines = state === undefined ? 0 : machineConfigs(state).length;
  const down = state === undefined ? 0 : machinesDown(state, live.clock.now()).length;
  const unknown = state === undefined ? 0 : machinesUnknown(state, live.clock.now());
  const attention = Object.values(state?.attention ?? {});
  const appeals = attention.filter((item) => item.kind === 'appealWaiting').length;
  const training = attention.filter((item) => item.kind === 'retrainingProposed').length;
  return (
    <li className={`branch-card${waitsLong ? ' late' : ''}`} data-branch={branch.id} data-stale={link.state === 'stale'}>
      <header>
        <h2>{state?.config?.name[language] ?? branch.name[language]}</h2>
        <span className="muted">{state?.day === undefined ? t('notConfigured') : common(`phase.${state.day.phase}`)}</span>
        {link.state === 'live' ? null : <ConnectionBadge link={link} zone={state?.config?.hours.timeZone} />}
      </header>
      <dl className="figures dimmable">
        <Fact label={t('longest')} tone={waitsLong ? 'near' : undefined}>
          {since === undefined ? '–' : <Ticking text={() => elapsed(live.clock.now() - since)} />}
        </Fact>
        <Fact label={t('waiting')}>{state?.waiting ?? '–'}</Fact>
        <Fact label={t('expected')}>{range === undefined ? '–' : t('minutes', { range })}</Fact>
        <Fact label={t('windows')}>
          {open === undefined ? '–' : open.open}
          {open === undefined ? null : <small>/{open.of}</small>}
        </Fact>
        <Fact label={t('inTarget')}>{inTarget === undefined ? '–' : `${Math.round(inTarget * 100)}%`}</Fact>
        {machines === 0 ? null : (
          <Fact label={t('machinesDown')} tone={down > 0 ? 'over' : undefined}>
            <span data-figure="machines">{down}</span>
            <small>/{machines}</small>
            {unknown > 0 ? <small>{` ${t('machinesUnknown', { n: unknown })}`}</small> : null}
          </Fact>
        )}
        <Fact label={t('cases')} tone={late > 0 ? 'over' : undefined}>
          <span data-figure="cases">{state === undefined ? '–' : openCases(state)}</span>
          {late > 0 ? <small>{` ${t('casesLate', { n: late })}`}</small> : null}
        </Fact>
        <Fact label={t('attention')} tone={attention.length > 0 ? 'near' : undefined}>
          {attention.length}
        </Fact>
      </dl>
      {state !== undefined && machines > 0 ? <MachinesLine branchId={branch.id} state={state} now={live.clock.now()} /> : null}
      {state === undefined ? null : <AdviceLine branchId={branch.id} state={state} />}
      <footer>
        {appeals > 0 ? <span className="chip chip-near">{`${t('appeals')} ${appeals}`}</span> : null}
        {training > 0 ? <span className="chip chip-near">{`${t('training')} ${training}`}</span> : null}
        <Button data-open="what-if" onPress={() => onAdvice('whatIf')}>
          {t('whatIf')}
        </Button>
        <Button data-open="advice" onPress={() => onAdvice('history')}>
          {t('adviceHistory')}
        </Button>
        {machines === 0 ? null : <Button onPress={onMachines}>{t('machines')}</Button>}
        <Link className="button" to="/cases" search={{ branch: branch.id }}>
          {t('cases')}
        </Link>
        <Button onPress={onLedger}>{t('ledger')}</Button>
        <Link className="button b-primary" to="/floor/$branch" params={{ branch: branch.id }}>
          {t('openFloor')}
        </Link>
      </footer>
    </li>
  );
}
