/** What happened within the last hour, oldest first: added at the end, forgotten at the front. */
const KEPT_MS = 3_600_000;
const KEPT_AT_MOST = 2_000;

export class Recent<T extends { readonly at: number }> {
  private items: T[] = [];
  private first = 0;

  add(item: T): void {
    this.items.push(item);
    while (this.items.length - this.first > KEPT_AT_MOST || (this.items[this.first] as T).at < item.at - KEPT_MS) this.first += 1;
    if (this.first > KEPT_AT_MOST) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
  }

  /** How many at or after `from`. */
  countSince(from: number): number {
    let low = this.first;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.items[middle] as T).at >= from) high = middle;
      else low = middle + 1;
    }
    return this.items.length - low;
  }

  /** The `n`th last: 0 is the latest. */
  last(n = 0): T | undefined {
    const index = this.items.length - 1 - n;
    return index < this.first ? undefined : this.items[index];
  }

  get size(): number {
    return this.items.length - this.first;
  }
}
