/** Seeded randomness (xorshift32): the same seed gives the same draws. */
export class Draws {
  private x: number;

  constructor(seed: number) {
    // Seeds that lie close together must not give streams that do; zero would give nothing but zeros.
    this.x = Math.imul(seed | 0, 0x9e3779b1) ^ 0x85ebca6b || 1;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.x ^= this.x << 13;
    this.x ^= this.x >>> 17;
    this.x ^= this.x << 5;
    return (this.x >>> 0) / 4_294_967_296;
  }

  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}
