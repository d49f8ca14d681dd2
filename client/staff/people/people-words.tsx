/** Posts, looks and times of people in words. */
import { useEffect, useState } from 'react';
import type { Post, RotaShift } from '../../../shared/branch/people/people.state.ts';
import { calendarDate, shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { StaffLive } from '../branch.ts';
import { type Look, lookShape } from './people-now.ts';

/** `Counter 3`, `Lobby`. */
export function usePostWords(live: StaffLive): (post: Post) => string {
  const t = useTexts(peopleTexts);
  const counters = useFloor(live, (state) => state?.config?.counters);
  return ({ kind, counterId }) => {
    const number = counters?.find(({ id }) => id === counterId)?.number;
    return number === undefined ? t(`post.${kind}`) : t('post.counterN', { n: number });
  };
}

/** `08:30–17:00` in the branch's zone. */
export function useShiftTimes(live: StaffLive): (shift: Pick<RotaShift, 'startsAt' | 'endsAt'>) => string {
  const language = useLanguage();
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  return ({ startsAt, endsAt }) => `${shortTime(startsAt, zone, language)}–${shortTime(endsAt, zone, language)}`;
}

/** `Mon 23 Nov`. */
export function useDateWords(style: 'short' | 'long' = 'short'): (date: string) => string {
  const language = useLanguage();
  return (date) => calendarDate(date, style, language);
}

/** `1.5`: hours, to a tenth. */
export const hoursOf = (ms: number): string => String(Math.round(ms / 360_000) / 10);

export function LookBadge({ look, children }: { look: Look; children?: React.ReactNode }) {
  const t = useTexts(peopleTexts);
  return (
    <StateBadge state={lookShape[look]} word={t(`look.${look}`)}>
      {children}
    </StateBadge>
  );
}

const AGAIN_MS = 10_000;

/** Hub time, redrawn every ten seconds: how people stand changes by time alone. */
export function useNow(live: StaffLive): number {
  const [now, setNow] = useState(() => Math.round(live.clock.now()));
  useEffect(() => {
    const look = (): void => setNow(Math.round(live.clock.now()));
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => clearInterval(timer);
  }, [live]);
  return now;
}
