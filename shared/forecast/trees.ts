/** A sum of small decision trees: predicts one number from a row of features. Plain arrays as JSON, typed arrays to run. */

/** Node `i` asks whether row[feature[i]] <= threshold[i] (yes: left[i], no: right[i]); a negative child ~leaf ends at value[leaf]. */
export interface TreesJson {
  readonly base: number;
  /** First node and first leaf of each tree. */
  readonly nodeStarts: readonly number[];
  readonly leafStarts: readonly number[];
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
}

export class Trees {
  private readonly feature: Uint16Array;
  private readonly threshold: Float64Array;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly value: Float64Array;
  private readonly roots: Int32Array;

  constructor(readonly json: TreesJson) {
    this.feature = Uint16Array.from(json.feature);
    this.threshold = Float64Array.from(json.threshold);
    this.value = Float64Array.from(json.value);
    this.left = new Int32Array(json.left.length);
    this.right = new Int32Array(json.right.length);
    this.roots = new Int32Array(json.nodeStarts.length);
    for (const [tree, firstNode] of json.nodeStarts.entries()) {
      const firstLeaf = json.leafStarts[tree] as number;
      const lastNode = json.nodeStarts[tree + 1] ?? json.feature.length;
      // Children become positions in the one array of all trees, so that a step is a look-up.
      const placed = (child: number): number => (child < 0 ? ~(~child + firstLeaf) : child + firstNode);
      this.roots[tree] = lastNode === firstNode ? ~firstLeaf : firstNode;
      for (let node = firstNode; node < lastNode; node += 1) {
        this.left[node] = placed(json.left[node] as number);
        this.right[node] = placed(json.right[node] as number);
      }
    }
  }

  predict(row: Float64Array): number {
    const { feature, threshold, left, right, value, roots } = this;
    let sum = this.json.base;
    for (let tree = 0; tree < roots.length; tree += 1) {
      let node = roots[tree] as number;
      while (node >= 0)
        node = ((row[feature[node] as number] as number) <= (threshold[node] as number) ? left[node] : right[node]) as number;
      sum += value[~node] as number;
    }
    return sum;
  }
}
