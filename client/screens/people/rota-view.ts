/** The rota as a grid: person by date, with what stands against each shift. Pure. */
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { dateAfter } from '../../../shared/branch/people/dates.ts';
import { hoursBar, weekMsOf } from '../../../shared/branch/people/hours.ts';
import type { Absence, RotaShift } from '../../../shared/branch/people/people.state.ts';
import { absenceOf, type Bar, peopleRules, plannedShiftOf, postBar, staffOn } from '../../../shared/branch/people/roster.ts';
import type { RosterEntry } from '../../../shared/contract/config.ts';
import type { Week } from './week.ts';

export interface RotaCell {
  readonly date: string;
  readonly staffId: string;
  readonly shift?: RotaShift;
  readonly absence?: Absence;
  readonly bars: readonly Bar[];
  /** Kept as it was. */
  readonly past: boolean;
}

/** A certificate that ends soon, or has. */
export interface EndingCertificate {
  readonly kind: string;
  readonly expiresOn: string;
  readonly expired: boolean;
}

export interface RotaRow {
  readonly entry: RosterEntry;
  readonly cells: readonly RotaCell[];
  readonly weekMs: number;
  readonly contractMs: number;
  readonly ending: readonly EndingCertificate[];
}

/** Of two of a kind the newer one counts. */
export function endingCertificates({ certificates = [] }: RosterEntry, today: string, warnDays: number): readonly EndingCertificate[] {
  const soon = dateAfter(today, warnDays);
  return certificates
    .filter(({ kind, expiresOn }) => expiresOn <= soon && !certificates.some((one) => one.kind === kind && one.expiresOn > expiresOn))
    .map(({ kind, expiresOn }) => ({ kind, expiresOn, expired: expiresOn < today }));
}

/** The branch with the plan of this week in place of what its live floor has. */
const withWeek = (state: BranchState, { days }: Week): BranchState => ({ ...state, people: { ...state.people, rota: days } });

export function rotaRows(state: BranchState, week: Week): readonly RotaRow[] {
  const rules = peopleRules(state);
  const today = state.day?.date ?? '';
  if (rules === undefined) return [];
  const of = withWeek(state, week);
  const people = new Map(week.dates.flatMap((date) => staffOn(of, date).map((entry) => [entry.staffId, entry] as const)));
  return [...people.values()].map((entry) => ({
    entry,
    cells: week.dates.map((date): RotaCell => {
      const shift = plannedShiftOf(of, date, entry.staffId);
      const absence = absenceOf(of, date, entry.staffId);
      const worked = shift !== undefined && absence === undefined;
      const bars = worked ? [postBar(of, entry, shift.post, date), hoursBar(of, entry, date, shift, [date])] : [];
      return {
        date,
        staffId: entry.staffId,
        ...(shift === undefined ? {} : { shift }),
        ...(absence === undefined ? {} : { absence }),
        bars: bars.filter((bar) => bar !== undefined),
        past: date < today,
      };
    }),
    weekMs: weekMsOf(of, entry.staffId, week.monday),
    contractMs: (entry.contract ?? rules.contract).weekMs,
    ending: endingCertificates(entry, today, rules.certificateWarnDays),
  }));
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where an arrow key leads on a grid; undefined for any other key. */
export function moved({ row, column }: Place, key: string, rows: number, columns: number): Place | undefined {
  const within = (value: number, most: number): number => Math.max(0, Math.min(most - 1, value));
  switch (key) {
    case 'ArrowUp':
      return { row: within(row - 1, rows), column };
    case 'ArrowDown':
      return { row: within(row + 1, rows), column };
    case 'ArrowLeft':
      return { row, column: within(column - 1, columns) };
    case 'ArrowRight':
      return { row, column: within(column + 1, columns) };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    default:
      return undefined;
  }
}

/** What a key writes into a square: the number of a template (from 0), or nothing left of it. */
export function writtenBy(code: string, templates: number): { readonly template: number } | 'clear' | undefined {
  if (code === 'Delete' || code === 'Backspace' || code === 'Digit0' || code === 'Numpad0') return 'clear';
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  const template = digit === undefined ? -1 : Number(digit) - 1;
  return template >= 0 && template < templates ? { template } : undefined;
}
