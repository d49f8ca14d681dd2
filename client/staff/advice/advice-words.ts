/** Advice as people read it: what to do, what it brings, why, how sure. */
import type { Advice, BeforeAfter, Measured } from '../../../shared/branch/advice/advice.state.ts';
import type { BranchState, Ticket } from '../../../shared/branch/branch.state.ts';
import type { adviceTexts } from '../../i18n/advice.ts';
import type { Language } from '../../i18n/language.ts';
import type { Translate } from '../../i18n/texts.ts';
import type { NameOf } from '../names.ts';

type Words = Translate<Extract<keyof (typeof adviceTexts)['zh'], string>>;

export type Confidence = 'high' | 'good' | 'fair';

/** `share` of the simulated futures in which it helped, 0…1. */
export const confidenceOf = (share: number): Confidence => (share >= 0.9 ? 'high' : share >= 0.75 ? 'good' : 'fair');

/** The names a sentence needs, as the branch knows them now. */
export interface Named {
  readonly n: number | string;
  readonly name: string;
  readonly machine: string;
  readonly numbers: string;
}

interface Known {
  readonly config?: BranchState['config'];
  readonly tickets: { get(id: string): Pick<Ticket, 'number'> | undefined } | undefined;
}

type Subject = Pick<Advice, 'kind' | 'counterId' | 'staffId' | 'ticketIds' | 'machineId'>;

/** Customers who have left the line are no longer named. */
export function namedBy({ config, tickets }: Known, one: Subject, nameOf: NameOf, language: Language): Named {
  const known = (one.ticketIds ?? []).flatMap((id) => tickets?.get(id)?.number ?? []);
  return {
    n: config?.counters.find(({ id }) => id === one.counterId)?.number ?? one.counterId ?? '',
    name: nameOf(one.staffId),
    machine: config?.machines?.find(({ id }) => id === one.machineId)?.name[language] ?? one.machineId ?? '',
    numbers: known.join(language === 'zh' ? '、' : ', '),
  };
}

export function sentence(t: Words, { kind, ticketIds = [] }: Subject, { n, name, machine, numbers }: Named): string {
  if (kind === 'divertToMachine' && numbers === '') return t('do.divertSome', { n: ticketIds.length, machine });
  return t(`do.${kind}`, { n, name, machine, numbers });
}

/** What was carried out. */
export const doneWords = (t: Words, { kind }: Subject, { n, name, machine }: Named): string => t(`done.${kind}`, { n, name, machine });

/** Whole minutes; under half a minute says so. */
export const wholeMinutes = (t: Words, ms: number): string => (ms < 30_000 ? t('wait.under') : String(Math.round(ms / 60_000)));

/** `share` 0…1. */
export const wholePercent = (share: number): string => `${Math.round(share * 100)} %`;

/** "23 → 11 min", or "stays 2 min" where the difference is none that a person feels. */
export function waitChange(t: Words, { before, after }: BeforeAfter): string {
  const [was, will] = [wholeMinutes(t, before), wholeMinutes(t, after)];
  return was === will ? t('wait.stays', { after: will }) : t('wait.change', { before: was, after: will });
}

/** What is best seen from where one stands comes first. */
const shortReasons = ['lobbyUnattended', 'breakDue', 'breakNow', 'machineFree', 'spareWindow', 'lineNow', 'waitSoon'] as const;

/** Half a sentence; grounds this page does not know are left to the sheet. */
export function because(t: Words, { reasons }: Pick<Advice, 'reasons'>): string {
  for (const wanted of shortReasons) {
    const found = reasons.find(({ code }) => code === wanted);
    if (found !== undefined) return t(`why.${wanted}`, found.params);
  }
  return '';
}

/** What those sent to a machine gain, which a line's 90 % wait does not show; undefined of other advice. */
export function savesMinutes({ reasons }: Pick<Advice, 'reasons'>): number | undefined {
  const told = reasons.find(({ code }) => code === 'machineFree')?.params?.['savesMinutes'];
  return told === undefined ? undefined : Math.max(1, Math.round(Number(told)));
}

/** What it brought, of customers called before and after. */
export function broughtWords(t: Words, before: Measured | undefined, after: Measured | undefined): string {
  if (before?.wait90Ms === undefined || after?.wait90Ms === undefined) return t('brought.nobody');
  return t('brought.wait', { before: wholeMinutes(t, before.wait90Ms), after: wholeMinutes(t, after.wait90Ms) });
}
