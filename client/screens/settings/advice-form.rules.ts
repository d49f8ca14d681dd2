/** A branch's choice about advice as a form holds it: minutes as text. The hub judges again. */
import type { AdviceConfig } from '../../../shared/contract/advice.ts';
import type { AdviceKind } from '../../../shared/contract/advice-kinds.ts';
import { minutesWords } from '../../staff/advice/rule-words.ts';

const MINUTE = 60_000;

/** What each number may be, in the unit shown: minutes, or as it is. */
export const numbers = {
  openAboveMs: { least: 0.2, most: 120, minutes: true },
  closeBelowMs: { least: 0, most: 60, minutes: true },
  horizonMs: { least: 10, most: 240, minutes: true },
  timeToOpenMs: { least: 0, most: 60, minutes: true },
  minOpenMs: { least: 0, most: 480, minutes: true },
  closeWithinMs: { least: 1, most: 240, minutes: true },
  lifeMs: { least: 1, most: 240, minutes: true },
  measureMs: { least: 1, most: 240, minutes: true },
  standMs: { least: 0, most: 60, minutes: true },
  quietMs: { least: 0, most: 720, minutes: true },
  declinedMs: { least: 0, most: 720, minutes: true },
  clearlyWorse: { least: 1, most: 10, minutes: false },
  mostAnHour: { least: 1, most: 60, minutes: false },
  leastWindows: { least: 0, most: 200, minutes: false },
  mostWindows: { least: 1, most: 200, minutes: false },
} as const;
export type NumberField = keyof typeof numbers;
export const whole: readonly NumberField[] = ['mostAnHour', 'leastWindows', 'mostWindows'];

export interface AdviceForm extends Readonly<Record<NumberField, string>> {
  readonly mode: AdviceConfig['mode'];
  readonly kinds: readonly AdviceKind[];
  readonly waitForSignOn: boolean;
  readonly actKinds: readonly AdviceKind[];
  readonly limited: boolean;
  readonly from: string;
  readonly until: string;
}

export function toForm({ mode, kinds, waitForSignOn, thresholds, act, ...config }: AdviceConfig): AdviceForm {
  return {
    mode,
    kinds,
    waitForSignOn,
    openAboveMs: minutesWords(thresholds.openAboveMs),
    closeBelowMs: minutesWords(thresholds.closeBelowMs),
    horizonMs: minutesWords(config.horizonMs),
    timeToOpenMs: minutesWords(config.timeToOpenMs),
    minOpenMs: minutesWords(config.minOpenMs),
    closeWithinMs: minutesWords(config.closeWithinMs),
    lifeMs: minutesWords(config.lifeMs),
    measureMs: minutesWords(config.measureMs),
    standMs: minutesWords(config.standMs),
    quietMs: minutesWords(config.quietMs),
    declinedMs: minutesWords(config.declinedMs),
    clearlyWorse: String(config.clearlyWorse),
    mostAnHour: String(act.mostAnHour),
    leastWindows: String(act.leastWindows),
    mostWindows: String(act.mostWindows),
    actKinds: act.kinds,
    limited: act.between !== undefined,
    from: act.between?.from ?? '09:00',
    until: act.between?.until ?? '17:00',
  };
}

export type FormProblem = 'number' | 'time' | 'order' | 'windows';
export type FormProblems = Partial<Record<NumberField | 'from' | 'until', FormProblem>>;

const time = /^([01]\d|2[0-4]):[0-5]\d$/;

/** Empty: it can be saved. */
export function problemsOf(form: AdviceForm): FormProblems {
  const found: FormProblems = {};
  for (const field of Object.keys(numbers) as NumberField[]) {
    const { least, most } = numbers[field];
    const value = Number(form[field]);
    const readable = form[field].trim() !== '' && Number.isFinite(value) && (!whole.includes(field) || Number.isInteger(value));
    if (!readable || value < least || value > most) found[field] = 'number';
  }
  if (found.openAboveMs === undefined && Number(form.closeBelowMs) >= Number(form.openAboveMs)) found.closeBelowMs ??= 'order';
  if (found.mostWindows === undefined && Number(form.leastWindows) > Number(form.mostWindows)) found.leastWindows ??= 'windows';
  if (form.limited) for (const field of ['from', 'until'] as const) if (!time.test(form[field])) found[field] = 'time';
  return found;
}

/** `form` without problems. */
export function fromForm(form: AdviceForm): AdviceConfig {
  const ms = (field: NumberField): number => Math.round(Number(form[field]) * MINUTE);
  return {
    mode: form.mode,
    kinds: [...form.kinds],
    timeToOpenMs: ms('timeToOpenMs'),
    minOpenMs: ms('minOpenMs'),
    closeWithinMs: ms('closeWithinMs'),
    lifeMs: ms('lifeMs'),
    measureMs: ms('measureMs'),
    standMs: ms('standMs'),
    quietMs: ms('quietMs'),
    declinedMs: ms('declinedMs'),
    clearlyWorse: Number(form.clearlyWorse),
    waitForSignOn: form.waitForSignOn,
    thresholds: { openAboveMs: ms('openAboveMs'), closeBelowMs: ms('closeBelowMs') },
    horizonMs: ms('horizonMs'),
    act: {
      kinds: [...form.actKinds],
      mostAnHour: Number(form.mostAnHour),
      leastWindows: Number(form.leastWindows),
      mostWindows: Number(form.mostWindows),
      ...(form.limited ? { between: { from: form.from, until: form.until } } : {}),
    },
  };
}
