/** Rows and columns of an integer programme, collected one by one and handed over in the solver's sparse form. */
import type { ModelData } from 'highs';

const CONTINUOUS = 0;
const INTEGER = 1;

export type Term = readonly [column: number, value: number];

export interface Column {
  /** Cost of one; absent = 0. */
  readonly main?: number;
  /** Costs that a part of a longer roster causes elsewhere: they decide like the main cost and are no part of it. */
  readonly dearer?: number;
  /** A cost that only decides among solutions of equal main cost. */
  readonly small?: number;
  /** Whole numbers only; from 0. */
  readonly whole?: boolean;
  /** Absent = none. */
  readonly most?: number;
}

export class Programme {
  private readonly main: number[] = [];
  private readonly dearer: number[] = [];
  private readonly small: number[] = [];
  private readonly upper: number[] = [];
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [0];
  private readonly indices: number[] = [];
  private readonly values: number[] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];

  get columns(): number {
    return this.main.length;
  }

  column({ main = 0, dearer = 0, small = 0, whole = false, most = Number.POSITIVE_INFINITY }: Column): number {
    this.upper.push(most);
    this.kinds.push(whole ? INTEGER : CONTINUOUS);
    this.small.push(small);
    this.dearer.push(dearer);
    return this.main.push(main) - 1;
  }

  /** least ≤ Σ value·column ≤ most; absent = none. Without terms there is no row. Returns the row's place. */
  row(terms: readonly Term[], { least, most }: { least?: number; most?: number }): number | undefined {
    if (terms.length === 0) return undefined;
    for (const [column, value] of terms) {
      this.indices.push(column);
      this.values.push(value);
    }
    this.starts.push(this.values.length);
    this.rowLower.push(least ?? Number.NEGATIVE_INFINITY);
    return this.rowUpper.push(most ?? Number.POSITIVE_INFINITY) - 1;
  }

  toModel(): ModelData {
    const numCols = this.columns;
    const numRows = this.rowLower.length;
    return {
      numCols,
      numRows,
      colCost: Float64Array.from(this.main, (cost, column) => cost + (this.dearer[column] ?? 0) + (this.small[column] ?? 0)),
      colLower: new Float64Array(numCols),
      colUpper: Float64Array.from(this.upper),
      rowLower: Float64Array.from(this.rowLower),
      rowUpper: Float64Array.from(this.rowUpper),
      integrality: Int32Array.from(this.kinds),
      matrix: {
        format: 'csr',
        numRows,
        numCols,
        starts: Int32Array.from(this.starts),
        indices: Int32Array.from(this.indices),
        values: Float64Array.from(this.values),
      },
    };
  }
}
