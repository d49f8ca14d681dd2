/** How a case is told to people: its title, its gravity by shape, word and colour, its clock. */
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { playbooksOf } from '../../../shared/branch/cases/policy.ts';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { CaseKind } from '../../../shared/contract/cases.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { elapsed } from '../../i18n/format.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { type Language, useLanguage } from '../../i18n/language.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import type { HubClock } from '../../live/hub-clock.ts';
import { useFloor } from '../../live/live.ts';
import { Ticking } from '../../ui/clock.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { StateName } from '../../ui/state-shape.tsx';
import type { StaffLive } from '../branch.ts';
import { useCaseText } from './case-texts.ts';

const DAY_MS = 24 * 3_600_000;

const toneOf: Readonly<Record<number, StateName>> = { 1: 'over', 2: 'near', 3: 'idle', 4: 'closed' };
export const severityTone = (severity: number): StateName => toneOf[severity] ?? 'closed';

type Told = Pick<Case, 'kind' | 'playbookId' | 'machineId' | 'fault'>;

/** What the rules and the registry already say of it; empty where only the person's own words do. */
export function ruledTitle(state: Pick<BranchState, 'config'>, one: Told, of: Language): string {
  if (one.kind === 'emergency') return playbooksOf(state).find(({ id }) => id === one.playbookId)?.name[of] ?? '';
  if (one.kind !== 'machineFault') return '';
  const machine = state.config?.machines?.find(({ id }) => id === one.machineId)?.name[of] ?? one.machineId ?? '';
  const fault = one.fault === undefined ? '' : translator(machineTexts, of)(`fault.${one.fault}`);
  return [machine, fault].filter((part) => part !== '').join(' · ');
}

export function SeverityBadge({ severity }: { severity: number }) {
  const t = useTexts(casesTexts);
  return <StateBadge state={severityTone(severity)} word={t(`severity.${rank(severity)}`)} />;
}

export const ranks = [1, 2, 3, 4] as const;
export const rank = (severity: number): (typeof ranks)[number] => ranks.find((one) => one === severity) ?? 4;

const iconPaths: Readonly<Record<CaseKind, string>> = {
  complaint: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  incident: 'M12 4 21 20H3zM12 10v5M12 17.5v.5',
  machineFault: 'M5 4h14v16H5zM8 8h8M8 12h8M10 16h4',
  emergency: 'M12 3a6 6 0 0 1 6 6v6l2 3H4l2-3V9a6 6 0 0 1 6-6M10 21h4',
  suggestion: 'M9 18h6M10 21h4M12 3a6 6 0 0 1 3.5 10.9V15h-7v-1.1A6 6 0 0 1 12 3',
  praise: 'm12 4 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z',
};

export function KindIcon({ kind, size = 20 }: { kind: CaseKind; size?: number }) {
  return (
    <svg className="kind-icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={iconPaths[kind]} fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}

/** In the words of whoever logged it, or of the registry; `subject` where the hub's list has told it already. */
export function CaseTitle({ live, one, subject }: { live: StaffLive; one: Case; subject?: string | undefined }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const config = useFloor(live, (state) => state?.config);
  const ruled = ruledTitle(config === undefined ? {} : { config }, one, language);
  const read = useCaseText(live.branchId, subject === undefined && ruled === '' ? one.subjectRef : undefined);
  if (ruled !== '') return <>{ruled}</>;
  const own = subject ?? read;
  return <>{own === undefined && one.subjectRef !== undefined ? '…' : own === undefined || own === '' ? t('subject.none') : own}</>;
}

/** `12:07`, `3:04:11`, from a day on `2 d 4 h`. */
export function span(ms: number, of?: Language): string {
  const rest = Math.abs(ms);
  if (rest < DAY_MS) return elapsed(rest);
  return translator(casesTexts, of)('span.days', { d: Math.floor(rest / DAY_MS), h: Math.floor((rest % DAY_MS) / 3_600_000) });
}

/** The time left until an instant; once past it, how long it has been. */
export function Toward({ clock, at }: { clock: HubClock; at: number }) {
  const language = useLanguage();
  return <Ticking text={() => span(at - clock.now(), language)} />;
}
