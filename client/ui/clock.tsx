import { useLayoutEffect, useRef } from 'react';
import { clockTime, elapsed, shortTime } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import type { HubClock } from '../live/hub-clock.ts';
import { onTick } from '../live/ticker.ts';

/** Writes `text()` into its node on every tick, and only when it changed: no render. */
export function Ticking({ text, className }: { text: () => string; className?: string }) {
  const node = useRef<HTMLSpanElement>(null);
  const ask = useRef(text);
  ask.current = text;
  const write = useRef(() => {
    const now = ask.current();
    // The text node itself: replacing the content would make a new one every second, for every clock.
    const shown = node.current?.firstChild;
    if (shown === null && node.current !== null) node.current.textContent = now;
    else if (shown !== null && shown !== undefined && shown.nodeValue !== now) shown.nodeValue = now;
  });
  useLayoutEffect(() => onTick(write.current), []);
  // A clock that starts anew must not show the old time until the next tick.
  useLayoutEffect(() => write.current());
  return <span ref={node} className={className === undefined ? 'clock' : `clock ${className}`} />;
}

/** Time since `since` (hub ms). */
export function Since({ clock, since, className }: { clock: HubClock; since: number; className?: string }) {
  return <Ticking text={() => elapsed(clock.now() - since)} {...(className === undefined ? {} : { className })} />;
}

/** The hub's wall clock in the branch's zone. */
export function WallClock({
  clock,
  zone,
  seconds = true,
  className,
}: {
  clock: HubClock;
  zone?: string | undefined;
  seconds?: boolean;
  className?: string;
}) {
  const language = useLanguage();
  return (
    <Ticking
      text={() => (seconds ? clockTime(clock.now(), zone, language) : shortTime(clock.now(), zone, language))}
      {...(className === undefined ? {} : { className })}
    />
  );
}
