/** Arrow keys move among tiles, as they lie on the screen. */
export function moveByArrow(event: React.KeyboardEvent<HTMLElement>, selector: string): void {
  const tiles = [...event.currentTarget.querySelectorAll<HTMLButtonElement>(selector)];
  const here = tiles.indexOf(document.activeElement as HTMLButtonElement);
  if (here < 0) return;
  const first = tiles[0]?.offsetTop;
  const across = Math.max(1, tiles.filter((tile) => tile.offsetTop === first).length);
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  tiles[here + step]?.focus();
}
