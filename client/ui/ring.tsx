import { useLayoutEffect, useRef } from 'react';
import { onTick } from '../live/ticker.ts';
import { StateShape, type StateName } from './state-shape.tsx';

const RADIUS = 26;
const LENGTH = 2 * Math.PI * RADIUS;

/**
 * Runs toward a limit by length and colour, without a figure. `fraction()` is asked on every tick: 0…1 of the limit
 * used, undefined = no limit. `label` is what a screen reader says.
 */
export function Ring({
  state,
  fraction,
  label,
  size = 62,
}: {
  state: StateName;
  fraction: () => number | undefined;
  label: string;
  size?: number;
}) {
  const arc = useRef<SVGCircleElement>(null);
  const ask = useRef(fraction);
  ask.current = fraction;
  const none = fraction() === undefined;
  useLayoutEffect(() => {
    let drawn: string | undefined;
    return onTick(() => {
      const share = Math.min(1, Math.max(0, ask.current() ?? 0));
      const dashes = `${(LENGTH * share).toFixed(1)} ${LENGTH.toFixed(1)}`;
      if (dashes === drawn) return;
      drawn = dashes;
      arc.current?.setAttribute('stroke-dasharray', dashes);
    });
  }, []);
  return (
    <svg className={`ring s-${state}`} viewBox="0 0 62 62" width={size} height={size} role="img" aria-label={label}>
      <circle className={none ? 'ring-track ring-none' : 'ring-track'} cx="31" cy="31" r={RADIUS} />
      <circle className="ring-arc" cx="31" cy="31" r={RADIUS} ref={arc} />
      {state === 'near' || state === 'over' ? (
        <svg x="22" y="22" width="18" height="18" viewBox="0 0 18 18">
          <StateShape state={state} size={18} />
        </svg>
      ) : null}
    </svg>
  );
}
