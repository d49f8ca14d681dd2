import type { Policy } from '../../contract/config.ts';

type PeriodKind = Policy['retraining']['period'];

/** The ledger period a business date (`YYYY-MM-DD`) falls in: `2026-11` or `2026Q4`. */
export function periodOf(date: string, kind: PeriodKind): string {
  const [year = '', month = ''] = date.split('-');
  return kind === 'month' ? `${year}-${month}` : `${year}Q${Math.ceil(Number(month) / 3)}`;
}

/** This period and the one before: as far back as an overrun can still be appealed. */
export function keptPeriods(date: string, kind: PeriodKind): readonly string[] {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const back = year * 12 + (month - 1) - (kind === 'month' ? 1 : 3);
  const before = `${Math.floor(back / 12)}-${String((back % 12) + 1).padStart(2, '0')}-01`;
  return [periodOf(date, kind), periodOf(before, kind)];
}
