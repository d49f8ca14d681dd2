/** One interval writes every clock of the page straight into its node: seconds pass without a single re-render. */
type Write = () => void;

const TICK_MS = 200;
const writers = new Set<Write>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  if (document.hidden) return;
  for (const write of writers) write();
}

/** Calls `write` now and on each tick until the returned function is called. */
export function onTick(write: Write): () => void {
  write();
  writers.add(write);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    writers.delete(write);
    if (writers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
