/**
 * A persistent ordered map (weight-balanced tree): O(log n) get, set, delete and rank, sharing all it can with the map
 * it came from. It is what lets `evolve` cost the same with ten waiting and with ten thousand, and a failed commit be
 * undone by keeping the old reference.
 */
interface Node<K, V> {
  readonly key: K;
  readonly value: V;
  readonly size: number;
  readonly left: Node<K, V> | null;
  readonly right: Node<K, V> | null;
}

type Compare<K> = (a: K, b: K) => number;

// Balance parameters proved sound in Hirai & Yamamoto, "Balancing weight-balanced trees" (2011).
const DELTA = 3;
const GAMMA = 2;

const sizeOf = (node: Node<unknown, unknown> | null): number => (node === null ? 0 : node.size);

function node<K, V>(key: K, value: V, left: Node<K, V> | null, right: Node<K, V> | null): Node<K, V> {
  return { key, value, left, right, size: sizeOf(left) + sizeOf(right) + 1 };
}

function balance<K, V>(key: K, value: V, left: Node<K, V> | null, right: Node<K, V> | null): Node<K, V> {
  const l = sizeOf(left);
  const r = sizeOf(right);
  if (l + r < 2) return node(key, value, left, right);
  if (right !== null && r > DELTA * l) {
    const inner = right.left;
    if (inner === null || sizeOf(inner) < GAMMA * sizeOf(right.right)) {
      return node(right.key, right.value, node(key, value, left, inner), right.right);
    }
    return node(inner.key, inner.value, node(key, value, left, inner.left), node(right.key, right.value, inner.right, right.right));
  }
  if (left !== null && l > DELTA * r) {
    const inner = left.right;
    if (inner === null || sizeOf(inner) < GAMMA * sizeOf(left.left)) {
      return node(left.key, left.value, left.left, node(key, value, inner, right));
    }
    return node(inner.key, inner.value, node(left.key, left.value, left.left, inner.left), node(key, value, inner.right, right));
  }
  return node(key, value, left, right);
}

function insert<K, V>(at: Node<K, V> | null, key: K, value: V, compare: Compare<K>): Node<K, V> {
  if (at === null) return { key, value, size: 1, left: null, right: null };
  const order = compare(key, at.key);
  if (order === 0) return { key, value, size: at.size, left: at.left, right: at.right };
  return order < 0
    ? balance(at.key, at.value, insert(at.left, key, value, compare), at.right)
    : balance(at.key, at.value, at.left, insert(at.right, key, value, compare));
}

function smallest<K, V>(at: Node<K, V>): Node<K, V> {
  let here = at;
  while (here.left !== null) here = here.left;
  return here;
}

function withoutSmallest<K, V>(at: Node<K, V>): Node<K, V> | null {
  return at.left === null ? at.right : balance(at.key, at.value, withoutSmallest(at.left), at.right);
}

function remove<K, V>(at: Node<K, V> | null, key: K, compare: Compare<K>): Node<K, V> | null {
  if (at === null) return null;
  const order = compare(key, at.key);
  if (order < 0) return balance(at.key, at.value, remove(at.left, key, compare), at.right);
  if (order > 0) return balance(at.key, at.value, at.left, remove(at.right, key, compare));
  if (at.left === null) return at.right;
  if (at.right === null) return at.left;
  const next = smallest(at.right);
  return balance(next.key, next.value, at.left, withoutSmallest(at.right));
}

export class OrderedMap<K, V> {
  private constructor(
    private readonly compare: Compare<K>,
    private readonly root: Node<K, V> | null,
  ) {}

  static empty<K, V>(compare: Compare<K>): OrderedMap<K, V> {
    return new OrderedMap<K, V>(compare, null);
  }

  get size(): number {
    return sizeOf(this.root);
  }

  get(key: K): V | undefined {
    let here = this.root;
    while (here !== null) {
      const order = this.compare(key, here.key);
      if (order === 0) return here.value;
      here = order < 0 ? here.left : here.right;
    }
    return undefined;
  }

  set(key: K, value: V): OrderedMap<K, V> {
    return new OrderedMap(this.compare, insert(this.root, key, value, this.compare));
  }

  delete(key: K): OrderedMap<K, V> {
    return this.get(key) === undefined ? this : new OrderedMap(this.compare, remove(this.root, key, this.compare));
  }

  first(): V | undefined {
    return this.root === null ? undefined : smallest(this.root).value;
  }

  /** How many keys are strictly smaller than `key`: O(log n). */
  countBefore(key: K): number {
    let count = 0;
    let here = this.root;
    while (here !== null) {
      if (this.compare(key, here.key) <= 0) here = here.left;
      else {
        count += sizeOf(here.left) + 1;
        here = here.right;
      }
    }
    return count;
  }

  /** Values in key order; lazy, so a caller may stop early. */
  *values(): IterableIterator<V> {
    const path: Node<K, V>[] = [];
    let here = this.root;
    while (here !== null || path.length > 0) {
      while (here !== null) {
        path.push(here);
        here = here.left;
      }
      const top = path.pop();
      if (top === undefined) return;
      yield top.value;
      here = top.right;
    }
  }
}

export const byString: Compare<string> = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
