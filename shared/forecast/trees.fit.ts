/**
 * Gradient boosting of quantile trees over histograms (Friedman 2001; leaf-wise growth and histogram subtraction as in LightGBM, Ke et
 * al. 2017). Each tree is grown on the sign of the residual and its leaves are then set to the wanted quantile of the residuals in
 * them, so that the sum minimises the pinball loss: at ½, the absolute error.
 */
import type { Draws } from './draws.ts';
import { Trees } from './trees.ts';

const MOST_BINS = 64;
/** A cell of a histogram counts rows in its lower and rows above in its upper half: one addition a row instead of two. */
const ABOVE = 65_536;
const MOST_ROWS = ABOVE - 1;

export interface TreesOptions {
  readonly quantile: number;
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  readonly smallestLeaf: number;
  /** Shares of rows and of features each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
}

/** Rows × features, each value replaced by the number of its bin: made once, shared by all quantiles. */
export interface BinnedRows {
  readonly rows: number;
  readonly features: number;
  /** Feature after feature. */
  readonly bins: Uint8Array;
  /** Of each feature: the upper end of each bin but the last. */
  readonly edges: readonly Float64Array[];
}

export function binRows(values: Float32Array, features: number): BinnedRows {
  const rows = values.length / features;
  const bins = new Uint8Array(rows * features);
  const edges: Float64Array[] = [];
  const column = new Float32Array(rows);
  for (let feature = 0; feature < features; feature += 1) {
    for (let row = 0; row < rows; row += 1) column[row] = values[row * features + feature] as number;
    const ends = edgesOf(column.toSorted());
    edges.push(ends);
    for (let row = 0; row < rows; row += 1) bins[feature * rows + row] = binOf(ends, column[row] as number);
  }
  return { rows, features, bins, edges };
}

function edgesOf(sorted: Float32Array): Float64Array {
  const ends: number[] = [];
  for (let bin = 1; bin < MOST_BINS; bin += 1) {
    const index = Math.floor((bin * sorted.length) / MOST_BINS);
    const below = sorted[index - 1];
    if (below === undefined) continue;
    let above = index;
    while (above < sorted.length && sorted[above] === below) above += 1;
    if (above === sorted.length) break;
    const end = (below + (sorted[above] as number)) / 2;
    if (ends.length === 0 || end > (ends.at(-1) as number)) ends.push(end);
  }
  return Float64Array.from(ends);
}

function binOf(ends: Float64Array, value: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (ends[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
}

interface Leaf {
  from: number;
  to: number;
  histogram: Uint32Array;
  split: Split | undefined;
  /** Where to write its number: the parent's node and side; the root has none. */
  readonly parent: number;
  readonly side: 'left' | 'right';
}

/** Grows one tree at each `step`, so that whoever trains may do other things in between. */
export class TreesFit {
  private readonly predicted: Float64Array;
  private readonly order: Int32Array;
  private readonly spare: Int32Array;
  /** Of each row what it adds to a cell: 1, and ABOVE if its target lies above what is predicted so far. */
  private readonly counts: Uint32Array;
  private readonly json = {
    base: 0,
    nodeStarts: [] as number[],
    leafStarts: [] as number[],
    feature: [] as number[],
    threshold: [] as number[],
    left: [] as number[],
    right: [] as number[],
    value: [] as number[],
  };

  constructor(
    private readonly data: BinnedRows,
    private readonly target: Float64Array,
    private readonly options: TreesOptions,
    private readonly draws: Draws,
  ) {
    this.json.base = quantileOf(Array.from(target), options.quantile);
    this.predicted = new Float64Array(data.rows).fill(this.json.base);
    this.order = new Int32Array(data.rows);
    this.spare = new Int32Array(data.rows);
    this.counts = new Uint32Array(data.rows);
    if (data.rows > MOST_ROWS) throw new Error(`at most ${MOST_ROWS} rows can be learnt from, not ${data.rows}`);
  }

  /** False when all trees are grown. */
  step(): boolean {
    if (this.json.nodeStarts.length >= this.options.trees) return false;
    const { rows } = this.data;
    const { rowShare, featureShare } = this.options;
    let taken = 0;
    for (let row = 0; row < rows; row += 1) {
      this.counts[row] = (this.target[row] as number) > (this.predicted[row] as number) ? ABOVE + 1 : 1;
      if (rowShare >= 1 || this.draws.next() < rowShare) this.order[taken++] = row;
    }
    const features = Array.from({ length: this.data.features }, (_, feature) => feature).filter(
      (feature) => (this.data.edges[feature] as Float64Array).length > 0 && (featureShare >= 1 || this.draws.next() < featureShare),
    );
    this.grow(taken, features);
    return this.json.nodeStarts.length < this.options.trees;
  }

  finish(): Trees {
    while (this.step());
    return new Trees(this.json);
  }

  private grow(taken: number, features: readonly number[]): void {
    const { json, options } = this;
    const firstNode = json.feature.length;
    json.nodeStarts.push(firstNode);
    json.leafStarts.push(json.value.length);
    const root: Leaf = { from: 0, to: taken, histogram: this.histogramOf(0, taken, features), split: undefined, parent: -1, side: 'left' };
    root.split = this.bestSplit(root, features);
    const leaves = [root];
    while (leaves.length < options.leaves) {
      let best: Leaf | undefined;
      for (const leaf of leaves) if (leaf.split !== undefined && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
      if (best === undefined) break;
      leaves.splice(leaves.indexOf(best), 1, ...this.divide(best, features, firstNode));
    }
    for (const [index, leaf] of leaves.entries()) {
      if (leaf.parent >= 0) json[leaf.side][leaf.parent] = ~index;
      const residuals: number[] = [];
      for (let place = leaf.from; place < leaf.to; place += 1) {
        const row = this.order[place] as number;
        residuals.push((this.target[row] as number) - (this.predicted[row] as number));
      }
      json.value.push(residuals.length === 0 ? 0 : options.rate * quantileOf(residuals, options.quantile));
    }
    this.addLastTree(firstNode);
  }

  private divide(leaf: Leaf, features: readonly number[], firstNode: number): Leaf[] {
    const { json, data } = this;
    const { feature, bin } = leaf.split as Split;
    const node = json.feature.length;
    json.feature.push(feature);
    json.threshold.push((data.edges[feature] as Float64Array)[bin] as number);
    json.left.push(0);
    json.right.push(0);
    if (leaf.parent >= 0) json[leaf.side][leaf.parent] = node - firstNode;
    let middle = leaf.from;
    let kept = 0;
    for (let place = leaf.from; place < leaf.to; place += 1) {
      const row = this.order[place] as number;
      if ((data.bins[feature * data.rows + row] as number) <= bin) this.order[middle++] = row;
      else this.spare[kept++] = row;
    }
    this.order.set(this.spare.subarray(0, kept), middle);
    const leftSmaller = middle - leaf.from <= leaf.to - middle;
    const small = leftSmaller ? this.histogramOf(leaf.from, middle, features) : this.histogramOf(middle, leaf.to, features);
    const large = leaf.histogram;
    for (let index = 0; index < large.length; index += 1) large[index] = (large[index] as number) - (small[index] as number);
    const left: Leaf = {
      from: leaf.from,
      to: middle,
      histogram: leftSmaller ? small : large,
      split: undefined,
      parent: node,
      side: 'left',
    };
    const right: Leaf = {
      from: middle,
      to: leaf.to,
      histogram: leftSmaller ? large : small,
      split: undefined,
      parent: node,
      side: 'right',
    };
    left.split = this.bestSplit(left, features);
    right.split = this.bestSplit(right, features);
    return [left, right];
  }

  /** Of each listed feature and bin: how many rows, and how many of them above. */
  private histogramOf(from: number, to: number, features: readonly number[]): Uint32Array {
    const { data, order, counts } = this;
    const histogram = new Uint32Array(features.length * MOST_BINS);
    for (const [index, feature] of features.entries()) {
      const column = feature * data.rows;
      const start = index * MOST_BINS;
      for (let place = from; place < to; place += 1) {
        const row = order[place] as number;
        const cell = start + (data.bins[column + row] as number);
        histogram[cell] = (histogram[cell] as number) + (counts[row] as number);
      }
    }
    return histogram;
  }

  private bestSplit({ histogram, from, to }: Leaf, features: readonly number[]): Split | undefined {
    const count = to - from;
    const { smallestLeaf, quantile } = this.options;
    if (count < 2 * smallestLeaf) return undefined;
    /** The gradient of the pinball loss is `quantile` above and `quantile` − 1 below. */
    const gradient = (above: number, rows: number): number => above - (1 - quantile) * rows;
    let aboveAll = 0;
    for (let cell = 0; cell < MOST_BINS; cell += 1) aboveAll += (histogram[cell] as number) >>> 16;
    const total = gradient(aboveAll, count);
    let best: Split | undefined;
    let bestGain = 1e-9;
    for (const [index, feature] of features.entries()) {
      const ends = (this.data.edges[feature] as Float64Array).length;
      let [above, rows] = [0, 0];
      for (let bin = 0; bin < ends; bin += 1) {
        const cell = histogram[index * MOST_BINS + bin] as number;
        above += cell >>> 16;
        rows += cell & MOST_ROWS;
        if (rows < smallestLeaf) continue;
        if (count - rows < smallestLeaf) break;
        const sum = gradient(above, rows);
        const gain = (sum * sum) / rows + ((total - sum) * (total - sum)) / (count - rows) - (total * total) / count;
        if (gain > bestGain) {
          bestGain = gain;
          best = { gain, feature, bin };
        }
      }
    }
    return best;
  }

  /** Adds the tree to what is predicted of every row, those it did not see too. */
  private addLastTree(firstNode: number): void {
    const { json, data, predicted } = this;
    const firstLeaf = json.leafStarts.at(-1) as number;
    const nodes = json.feature.length - firstNode;
    const bins = new Uint8Array(nodes);
    for (let node = 0; node < nodes; node += 1) {
      const ends = data.edges[json.feature[firstNode + node] as number] as Float64Array;
      bins[node] = binOf(ends, json.threshold[firstNode + node] as number);
    }
    for (let row = 0; row < data.rows; row += 1) {
      let node = nodes === 0 ? ~0 : 0;
      while (node >= 0) {
        const index = firstNode + node;
        const below = (data.bins[(json.feature[index] as number) * data.rows + row] as number) <= (bins[node] as number);
        node = (below ? json.left[index] : json.right[index]) as number;
      }
      predicted[row] = (predicted[row] as number) + (json.value[firstLeaf + ~node] as number);
    }
  }
}

/** The value below which `share` of the values lie; reorders them. */
export function quantileOf(values: number[], share: number): number {
  if (values.length === 0) return 0;
  values.sort((a, b) => a - b);
  const place = share * (values.length - 1);
  const below = Math.floor(place);
  const low = values[below] as number;
  const high = values[Math.min(values.length - 1, below + 1)] as number;
  return low + (place - below) * (high - low);
}
