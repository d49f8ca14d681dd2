/** The teller's counter: one customer fills the screen, one key is always the natural next step. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ownCounter } from '../../../shared/branch/access.ts';
import { lineFor } from '../../../shared/branch/queue/order.ts';
import { commonTexts } from '../../i18n/common.ts';
import { tellerTexts } from '../../i18n/teller.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor, useLink } from '../../live/live.ts';
import { type StaffLive, useStaffBranch } from '../../staff/branch.ts';
import { openCaseSheet, useCaseSheet } from '../../staff/cases/open-sheet.ts';
import { StaffMenu } from '../../staff/menu.tsx';
import { useNames } from '../../staff/names.ts';
import { commands, type Session, useSession } from '../../staff/session.ts';
import { Since, WallClock } from '../../ui/clock.tsx';
import { ConnectionBadge } from '../../ui/connection-badge.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { ActionGrid } from './action-grid.tsx';
import { available } from './available.ts';
import { CurrentCard } from './current-card.tsx';
import { TellerDialogs } from './dialogs/teller-dialogs.tsx';
import { directCommand } from './direct-command.ts';
import { EmptyCard } from './empty-card.tsx';
import { keyMap, type TellerAction } from './key-map.ts';
import type { NextStep } from './next-step.ts';
import { AskedTo } from './side/asked-to.tsx';
import { CallsForHelp } from './side/calls-for-help.tsx';
import { MyCases } from './side/my-cases.tsx';
import { MyDay } from './side/my-day.tsx';
import { NextUp } from './side/next-up.tsx';
import { Overruns } from './side/overruns.tsx';
import { Parked } from './side/parked.tsx';
import { type Teller, TellerContext, type TellerDialog, useBranch, useMyCounter, useTeller } from './teller-context.ts';
import { useNextStep } from './use-next-step.ts';
import { useTellerKeys } from './use-teller-keys.ts';
import './teller.css';

/** How long figures stay once asked for: long enough to read, too short to be read over a shoulder all day. */
const FIGURES_MS = 5_000;

export function TellerScreen() {
  const session = useSession();
  const branchId = session === null || session === undefined || session.branchIds === '*' ? undefined : session.branchIds[0];
  return session === null || session === undefined || branchId === undefined ? (
    <NoCounter />
  ) : (
    <AtBranch key={branchId} branchId={branchId} session={session} />
  );
}

function AtBranch({ branchId, session }: { branchId: string; session: Session }) {
  const common = useTexts(commonTexts);
  const live = useStaffBranch(branchId);
  const link = useLink(live);
  const known = useFloor(live, (state) => state !== undefined);
  const counterId = useFloor(live, (state) => (state === undefined ? undefined : ownCounter(state, session.staffId)));
  if (!known) {
    return (
      <main className="centred">
        <ConnectionBadge link={link} />
        {link.state === 'connecting' ? <p className="muted">{common('link.connecting')}…</p> : null}
        <StaffMenu />
      </main>
    );
  }
  return counterId === undefined ? (
    <NoCounter />
  ) : (
    <AtCounter live={live} branchId={branchId} staffId={session.staffId} counterId={counterId} />
  );
}

function NoCounter() {
  const t = useTexts(tellerTexts);
  return (
    <main className="centred">
      <h1>{t('noCounter')}</h1>
      <p className="muted">{t('noCounterHint')}</p>
      <StaffMenu />
    </main>
  );
}

function AtCounter({ live, branchId, staffId, counterId }: { live: StaffLive; branchId: string; staffId: string; counterId: string }) {
  const nameOf = useNames(branchId);
  const [dialog, open] = useState<TellerDialog>();
  const close = useCallback(() => open(undefined), []);
  const teller = useMemo<Teller>(
    () => ({ live, branchId, counterId, staffId, nameOf, open, close }),
    [live, branchId, counterId, staffId, nameOf, close],
  );
  return (
    <TellerContext value={teller}>
      <Desk teller={teller} dialog={dialog} />
      {dialog === undefined ? null : <TellerDialogs dialog={dialog} />}
    </TellerContext>
  );
}

function Desk({ teller, dialog }: { teller: Teller; dialog: TellerDialog | undefined }) {
  const t = useTexts(tellerTexts);
  const { live, branchId, counterId, open } = teller;
  const { counter, ticket } = useMyCounter();
  const waiting = useBranch((state) => lineFor(state, counterId).waiting);
  const link = useLink(live);
  const next = useNextStep();
  const [figures, showFigures] = useFigures();
  const actions = available(counter, ticket);
  const { settle } = next;
  const caseSheet = useCaseSheet();
  useEffect(() => {
    if (dialog === undefined && caseSheet === undefined) settle();
  }, [dialog, caseSheet, settle]);

  const act = (action: TellerAction): void => {
    if (!actions.has(action)) return;
    if (action === 'next') return void next.press();
    if (action === 'figures') return showFigures();
    if (action === 'complaint') return openCaseSheet({ kind: 'log', branchId, ...(ticket === undefined ? {} : { ticketId: ticket.id }) });
    if (action === 'emergency') return openCaseSheet({ kind: 'emergency', branchId });
    const command = directCommand(action, counterId, ticket);
    if (command !== undefined) return void commands.send(branchId, command);
    if (isDialog(action)) open({ kind: action });
  };
  useTellerKeys(act);

  return (
    <main className="teller" data-stale={link.state !== 'live'} data-state={counter.state}>
      <Strip onKeys={() => act('keys')} onEmergency={() => act('emergency')} />
      <div className="teller-desk">
        <div className="dimmable teller-card">
          {ticket !== undefined && (counter.state === 'calling' || counter.state === 'serving') ? (
            <CurrentCard counter={counter} ticket={ticket} figures={figures} onFigures={showFigures} />
          ) : (
            <EmptyCard counter={counter} waiting={waiting} />
          )}
        </div>
        <button
          type="button"
          className={`teller-primary${next.step?.kind === 'noShow' ? ' is-no-show' : ''}`}
          data-step={next.step?.kind}
          aria-disabled={next.busy || next.step === undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void next.press()}
        >
          <span>{next.busy ? t('next.sending') : next.step === undefined ? ' ' : t(labelOf(next.step))}</span>
          <kbd>{keyMap.next.cap}</kbd>
        </button>
        <ActionGrid actions={actions} onAction={act} />
      </div>
      <aside className="teller-side dimmable">
        <AskedTo />
        <NextUp />
        <CallsForHelp />
        <MyCases />
        <MyDay />
        <Parked />
        <Overruns />
      </aside>
    </main>
  );
}

function Strip({ onKeys, onEmergency }: { onKeys: () => void; onEmergency: () => void }) {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
  const { counter, config } = useMyCounter();
  const teller = useTellerFacts();
  return (
    <header className="strip teller-strip">
      <StaffMenu branchId={teller.branchId} />
      <h1>
        {t('myCounter', { n: config?.number ?? '' })} <small>{config === undefined ? '' : common(`kind.${config.kind}`)}</small>
      </h1>
      <StateBadge state={counter.state} word={common(`counter.${counter.state}`)}>
        {counter.state === 'closed' || counter.state === 'serving' ? null : <Since clock={teller.live.clock} since={counter.since} />}
      </StateBadge>
      <span className="teller-who">{teller.name}</span>
      <button type="button" className="teller-emergency" onMouseDown={(event) => event.preventDefault()} onClick={onEmergency}>
        {t('action.emergency')} <kbd>{keyMap.emergency.cap}</kbd>
      </button>
      <button type="button" className="teller-help" onMouseDown={(event) => event.preventDefault()} onClick={onKeys}>
        <kbd>{keyMap.keys.cap}</kbd> {t('action.keys')}
      </button>
      <ConnectionBadge link={teller.link} zone={teller.zone} />
      <WallClock clock={teller.live.clock} zone={teller.zone} className="teller-clock" />
    </header>
  );
}

function useTellerFacts() {
  const teller = useTeller();
  const link = useLink(teller.live);
  const zone = useBranch((state) => state.config?.hours.timeZone);
  return { ...teller, link, zone, name: teller.nameOf(teller.staffId) };
}

const dialogActions = [
  'pause',
  'pauseAfter',
  'transfer',
  'addItem',
  'startWith',
  'segment',
  'walkUp',
  'extendExplained',
  'park',
  'bringBack',
  'close',
  'keys',
] as const;
const isDialog = (action: TellerAction): action is (typeof dialogActions)[number] => dialogActions.some((one) => one === action);

function labelOf(step: NextStep) {
  if (step.kind === 'noShow') return step.thenCall ? 'next.noShow' : 'next.noShowOnly';
  if (step.kind === 'finish') return step.thenPause ? 'next.finishPause' : 'next.finish';
  return `next.${step.kind}` as const;
}

function useFigures(): readonly [boolean, () => void] {
  const [shown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (): void => {
    setShown(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(false), FIGURES_MS);
  };
  return [shown, show];
}
