import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { commonTexts } from '../../i18n/common.ts';
import { floorTexts } from '../../i18n/floor.ts';
import { elapsed, shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useLink, useOutlook } from '../../live/live.ts';
import { expectedIn, lateCases, longestSince, openCases, rangeInMinutes, servedInTarget, windows, zones } from '../../staff/figures.ts';
import { machineConfigs, machinesDown, machinesUnknown } from '../../staff/machines/machine-looks.ts';
import { StaffMenu } from '../../staff/menu.tsx';
import { Ticking, WallClock } from '../../ui/clock.tsx';
import { ConnectionBadge } from '../../ui/connection-badge.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { clearing, hasStopped } from './clearing.ts';
import { Count } from './count.tsx';
import { useBranchState, useFloorContext } from './floor-context.ts';

function Figure({
  label,
  children,
  tone,
  wide = false,
}: {
  label: string;
  children: React.ReactNode;
  tone?: 'near' | 'over' | undefined;
  wide?: boolean;
}) {
  return (
    <div className={`figure${tone === undefined ? '' : ` f-${tone}`}${wide ? ' f-wide' : ''}`}>
      <dd>{children}</dd>
      <dt>{label}</dt>
    </div>
  );
}

/** Beside a figure, those of it that stand otherwise: by shape and, for who cannot see it, by word. */
function Aside({ state, n, word }: { state: 'over' | 'unknown'; n: number; word: string }) {
  if (n === 0) return null;
  return (
    <small className={`figure-aside s-${state}`} title={word}>
      <StateShape state={state} size={13} /> {n}
      <span className="visually-hidden"> {word}</span>
    </small>
  );
}

function Expected() {
  const { live, open } = useFloorContext();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const foretold = useOutlook(live, (outlook) => outlook);
  const text = useBranchState((state) =>
    windows(state).open === 0
      ? ''
      : zones
          .filter((zone) => state.config?.services.some((service) => service.zone === zone))
          .map((zone) => {
            const range = expectedIn(state, zone, live.clock.now(), foretold);
            return `${zone}|${range === undefined ? '–' : rangeInMinutes(range)}`;
          })
          .join(';'),
  );
  return (
    <Figure label={t('kpi.expected')} wide>
      <button type="button" className="figure-link" title={t('kpi.expectedHint')} onClick={() => open({ kind: 'forecasts' })}>
        {text === '' ? '–' : null}
        {(text === '' ? [] : text.split(';')).map((part) => {
          const [zone, words] = part.split('|');
          return (
            <span key={zone} className="figure-part">
              <small>{common(zone === 'nonCash' ? 'kind.nonCash' : 'kind.cash')}</small> {words}
            </span>
          );
        })}
      </button>
    </Figure>
  );
}

/** When the last of those who are here will be done; near closing it is a figure of its own. */
function useClear(): ({ readonly time: string } & ReturnType<typeof clearing>) | undefined {
  const { live } = useFloorContext();
  const language = useLanguage();
  const clearAt = useOutlook(live, (told) => told?.clearAt);
  const zone = useBranchState((state) => state.config?.hours.timeZone);
  const day = useBranchState((state) => state.day);
  const serving = useBranchState((state) => windows(state).open > 0);
  // To the minute, so that an event does not write the same time anew.
  const minute = clearAt === undefined ? undefined : Math.floor(clearAt / 60_000) * 60_000;
  const time = useMemo(() => (minute === undefined ? '' : shortTime(minute, zone, language)), [minute, zone, language]);
  // With no window open it would tell of nobody who waits.
  if (clearAt === undefined || day === undefined || !serving) return undefined;
  return { time, ...clearing(day, clearAt, live.clock.now()) };
}

/** What leaders look at, now. */
export const TopStrip = memo(function TopStrip() {
  const { live, branchId } = useFloorContext();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const link = useLink(live);
  const name = useBranchState((state) => state.config?.name[language] ?? branchId);
  const zone = useBranchState((state) => state.config?.hours.timeZone);
  const phase = useBranchState((state) => state.day?.phase ?? 'closed');
  const longest = useBranchState(longestSince);
  const target = useBranchState((state) => state.config?.policy.servedTargetMs ?? Number.POSITIVE_INFINITY);
  const inTarget = useBranchState(servedInTarget);
  const open = useBranchState((state) => windows(state).open);
  const of = useBranchState((state) => windows(state).of);
  const machines = useBranchState((state) => machineConfigs(state).length);
  const down = useBranchState((state) => machinesDown(state, live.clock.now()).length);
  const unknown = useBranchState((state) => machinesUnknown(state, live.clock.now()));
  const cases = useBranchState(openCases);
  const casesLate = useBranchState(lateCases);
  const caseWords = useTexts(casesTexts);
  const machineWords = useTexts(machineTexts);
  const clear = useClear();
  const late = longest !== undefined && live.clock.now() - longest > target;
  return (
    <header className="strip">
      <StaffMenu branchId={branchId} />
      <div className="strip-name">
        <h1>{name}</h1>
        <p>
          <span>{common(`phase.${phase}`)}</span>
          <WallClock clock={live.clock} zone={zone} />
          <ConnectionBadge link={link} zone={zone} />
          {clear === undefined || clear.end !== undefined ? null : (
            <span className="muted clear-line">{t('clear.line', { time: clear.time })}</span>
          )}
        </p>
      </div>
      <dl className="figures dimmable">
        <Figure label={t('kpi.waiting')}>
          <Count />
        </Figure>
        <Figure label={t('kpi.longest')} tone={late ? 'near' : undefined}>
          {longest === undefined ? '–' : <Ticking text={() => elapsed(live.clock.now() - longest)} />}
        </Figure>
        {/* Nobody can come any more: no newcomer's wait. */}
        {hasStopped(phase) ? null : <Expected />}
        {clear?.end !== undefined ? (
          <Figure label={t(clear.end === 'last' ? 'kpi.clear' : 'kpi.clearIfStopped')} tone={clear.late ? 'over' : 'near'}>
            <span data-figure="clear">{clear.time}</span>
          </Figure>
        ) : null}
        {/* The strip has room for one of the two, and now the end of the day is what is planned. */}
        {clear?.end === 'ifStopped' ? null : (
          <Figure label={t('kpi.inTarget')}>{inTarget === undefined ? '–' : `${Math.round(inTarget * 100)}%`}</Figure>
        )}
        <Figure label={t('kpi.windows')}>
          {open}
          <small>/{of}</small>
        </Figure>
        <Figure label={caseWords('kpi')} tone={casesLate > 0 ? 'over' : undefined}>
          <Link
            className="figure-link"
            to="/cases"
            search={{ branch: branchId }}
            data-figure="cases"
            aria-label={`${caseWords('kpi')} ${cases}`}
          >
            {cases}
          </Link>
          <Aside state="over" n={casesLate} word={caseWords('filter.overdue')} />
        </Figure>
        {machines === 0 ? null : (
          <Figure label={t('kpi.machinesDown')} tone={down > 0 ? 'over' : undefined}>
            {down}
            <small>/{machines}</small>
            <Aside state="unknown" n={unknown} word={machineWords('state.unknown')} />
          </Figure>
        )}
      </dl>
    </header>
  );
});
