/**
 * The wait that somebody must expect who comes a few minutes from now: customers come at the forecast pace, windows serve, so the
 * line of now becomes a spread of lines (the M/M/s chain, played forward by its transition rates). One table for each number of
 * windows and pace, made when first asked for; an answer is two look-ups. In units of the mean service throughout.
 */

/** Paces are told apart to a tenth of a window's work. */
const PER_ERLANG = 10;
/** Most customers that can leave a line within one step of the reckoning. */
const STEP = 0.4;
/** Lines longer than this are carried on in a straight line. */
const LINE_BEYOND_WINDOWS = 60;
/** Tables kept; more are only made by a branch whose pace and windows go through all their values. */
const TABLES = 2_000;

export class WaitAhead {
  private readonly tables = new Map<number, Float64Array>();

  /** `ahead`: how far ahead, in mean services. */
  constructor(private readonly ahead: number) {}

  /**
   * Expected wait, in mean services, of who comes `ahead` from now. `line`: those waiting and in service, weighed by the work each
   * still brings (an ordinary customer who has not begun counts 1). `load`: work expected to come, in windows.
   */
  expected(windows: number, load: number, line: number): number {
    const table = this.tableOf(windows, Math.round(load * PER_ERLANG));
    const last = table.length - 1;
    if (line >= last) return (table[last] as number) + (line - last) / windows;
    const below = Math.floor(line);
    const [from, to] = [table[below] as number, table[below + 1] as number];
    return from + (to - from) * (line - below);
  }

  private tableOf(windows: number, pace: number): Float64Array {
    const key = windows * 10_000 + pace;
    const known = this.tables.get(key);
    if (known !== undefined) return known;
    if (this.tables.size >= TABLES) this.tables.clear();
    const made = this.played(windows, pace / PER_ERLANG);
    this.tables.set(key, made);
    return made;
  }

  private played(windows: number, load: number): Float64Array {
    const lines = windows + LINE_BEYOND_WINDOWS;
    let now = Float64Array.from({ length: lines }, (_none, line) => Math.max(0, line - windows + 1) / windows);
    let next = new Float64Array(lines);
    const steps = Math.max(1, Math.ceil((this.ahead * (load + windows)) / STEP));
    const step = this.ahead / steps;
    for (let done = 0; done < steps; done += 1) {
      for (let line = 0; line < lines; line += 1) {
        const here = now[line] as number;
        const more = line + 1 < lines ? (now[line + 1] as number) : here + 1 / windows;
        const fewer = line > 0 ? (now[line - 1] as number) : here;
        next[line] = here + step * (load * (more - here) + Math.min(line, windows) * (fewer - here));
      }
      [now, next] = [next, now];
    }
    return now;
  }
}
