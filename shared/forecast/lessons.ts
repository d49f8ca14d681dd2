/** What was known when customers joined and how long they then waited: what the learner learns from. Bounded: the oldest go first. */
export interface Lessons {
  /** Row after row of features. */
  readonly features: Float32Array;
  readonly waitsS: Float32Array;
}

export class LessonBook {
  private readonly features: Float32Array;
  private readonly waits: Float32Array;
  private next = 0;
  size = 0;

  constructor(
    private readonly width: number,
    private readonly most: number,
  ) {
    this.features = new Float32Array(width * most);
    this.waits = new Float32Array(most);
  }

  add(row: ArrayLike<number>, waitS: number): void {
    this.features.set(row, this.next * this.width);
    this.waits[this.next] = waitS;
    this.next = (this.next + 1) % this.most;
    this.size = Math.min(this.most, this.size + 1);
  }

  /** A copy, oldest first. */
  all(): Lessons {
    const oldest = this.size < this.most ? 0 : this.next;
    const features = new Float32Array(this.size * this.width);
    const waitsS = new Float32Array(this.size);
    for (let index = 0; index < this.size; index += 1) {
      const from = (oldest + index) % this.most;
      features.set(this.features.subarray(from * this.width, (from + 1) * this.width), index * this.width);
      waitsS[index] = this.waits[from] as number;
    }
    return { features, waitsS };
  }
}
