/** The plan of a week as the hub has it, asked for anew when something about the rota happened. */
import { useEffect, useMemo, useState } from 'react';
import { dateAfter, mondayOf, weekOf } from '../../../shared/branch/people/dates.ts';
import type { RotaDay, Swap } from '../../../shared/branch/people/people.state.ts';
import type { Problem } from '../../live/api.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { api } from '../../staff/session.ts';

export interface Week {
  readonly monday: string;
  readonly dates: readonly string[];
  /** With the day before and the day after: rest is counted over midnight. */
  readonly days: Readonly<Record<string, RotaDay>>;
  readonly swaps: readonly Swap[];
}

interface Told {
  readonly days: readonly RotaDay[];
  readonly swaps: readonly Swap[];
}

const SETTLE_MS = 150;

/** Undefined until the hub has answered. The week shown before stays until the next one is there. */
export function useWeek(
  live: StaffLive,
  date: string | undefined,
): { readonly week: Week | undefined; readonly problem: Problem | undefined } {
  const monday = date === undefined ? undefined : mondayOf(date);
  const rota = useFloor(live, (state) => state?.people.rota);
  const swaps = useFloor(live, (state) => state?.people.swaps);
  const [told, setTold] = useState<{ readonly monday: string; readonly answer: Told }>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    if (monday === undefined) return undefined;
    let gone = false;
    const ask = async (): Promise<void> => {
      const range = `from=${dateAfter(monday, -1)}&to=${dateAfter(monday, 7)}`;
      const answer = await api.get<Told>(`/api/branches/${encodeURIComponent(live.branchId)}/roster?${range}`);
      if (gone) return;
      setProblem(answer.ok ? undefined : answer.problem);
      if (answer.ok) setTold({ monday, answer: answer.value });
    };
    const timer = setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [live, monday, rota, swaps]);
  const week = useMemo(
    () =>
      told === undefined
        ? undefined
        : {
            monday: told.monday,
            dates: weekOf(told.monday),
            days: Object.fromEntries(told.answer.days.map((day) => [day.date, day])),
            swaps: told.answer.swaps,
          },
    [told],
  );
  return { week, problem };
}
