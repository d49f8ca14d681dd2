import { useEffect, useRef, useState } from 'react';
import { type Brought, useBrought } from '../../staff/advice/brought.ts';
import { AdvicePanel } from './advice-panel.tsx';
import { arrange } from './advice.rules.ts';
import { AttentionList } from './attention-list.tsx';
import { useBranchState, useFloorContext } from './floor-context.ts';
import { useSteady } from './use-steady.ts';

/** Hub ms: so long what the last advice brought is told. */
const TOLD_FOR_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 5_000;

/** The last one measured, for a while. */
function useTold(): Brought | undefined {
  const { live, branchId } = useFloorContext();
  const brought = useBrought(branchId);
  const [now, setNow] = useState(() => live.clock.now());
  useEffect(() => {
    setNow(live.clock.now());
    const timer = setInterval(() => setNow(live.clock.now()), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [live, brought]);
  return brought !== undefined && now - brought.at < TOLD_FOR_MS ? brought : undefined;
}

/** What to do: advice first, then what needs a person. Advice that comes or goes moves nothing under a finger. */
export function BoardSide() {
  const advice = useBranchState((state) => state.advice);
  const brought = useTold();
  const ids = useRef<readonly string[]>([]);
  const next = arrange(ids.current, advice);
  const standing = [...next.cards, ...next.done].map(({ id, state }) => `${id} ${state}`);
  const key = [...standing, next.more > 0, brought?.advice.id].join();
  const { shown, settling, onPointerDown } = useSteady({ ...next, brought }, key);
  const { cards } = shown;
  useEffect(() => {
    ids.current = cards.map(({ id }) => id);
  }, [cards]);
  return (
    <div className="board-side" data-settling={settling || undefined} onPointerDown={onPointerDown}>
      <AdvicePanel board={shown} brought={shown.brought} />
      <AttentionList />
    </div>
  );
}
