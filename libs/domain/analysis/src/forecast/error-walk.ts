/** How the candidate's errors grow from step to step. */
export interface Strides {
  /** Errors of both versions in a step. */
  readonly errorsPerStep: number;
  /** Errors of the candidate that every error of either version brings beside the places. */
  readonly drift: number;
  /** Errors of the candidate from place to place. */
  readonly spacing: number;
  readonly up: number;
  readonly down: number;
}

/** A step is one error: it is the candidate's, or not. */
export const oneByOne = (share: number): Strides => ({
  errorsPerStep: 1,
  drift: 0,
  spacing: 1,
  up: share,
  down: 0,
});

/**
 * A step is many errors, of which the candidate has its share, or a place more, or a place less,
 * with the variance that they have. For thousands of errors nobody sees the difference.
 */
export const manyAtOnce = (share: number, errorsPerStep: number): Strides => ({
  errorsPerStep,
  drift: share,
  spacing: Math.sqrt(1.5 * share * (1 - share) * errorsPerStep),
  up: 1 / 3,
  down: 1 / 3,
});

/** Chances below this are not carried along. */
const negligible = 1e-9;

/**
 * The candidate's errors among all, as chances of the cases in which it was not found yet: a case at
 * a place has had drift · errors + spacing · place errors of the candidate.
 */
export class ErrorWalk {
  private chances = new Float64Array(512);
  /** Index of place 0. */
  private origin = 256;
  private lowest = this.origin;
  private highest = this.origin;
  private errors = 0;

  constructor(private readonly strides: Strides) {
    this.chances[this.origin] = 1;
  }

  step(): void {
    this.makeRoom();
    const { up, down, errorsPerStep } = this.strides;
    const { chances } = this;
    const stay = 1 - up - down;
    let below = 0;
    let here = 0;
    for (let i = this.lowest - 1; i <= this.highest + 1; i += 1) {
      const above = chances[i + 1] ?? 0;
      chances[i] = up * below + stay * here + down * above;
      below = here;
      here = above;
    }
    this.lowest -= 1;
    this.highest += 1;
    this.errors += errorsPerStep;
    this.trim();
  }

  /** Takes out the cases with at least so many errors of the candidate, and says how many they are. */
  takeFrom(candidateErrors: number): number {
    const { drift, spacing } = this.strides;
    const place = Math.ceil((candidateErrors - drift * this.errors) / spacing - 1e-3);
    let taken = 0;
    while (this.highest >= this.lowest && this.highest - this.origin >= place) {
      taken += this.chances[this.highest] ?? 0;
      this.chances[this.highest] = 0;
      this.highest -= 1;
    }
    return taken;
  }

  get isEmpty(): boolean {
    return this.lowest > this.highest;
  }

  private trim(): void {
    const { chances } = this;
    while (this.lowest <= this.highest && (chances[this.lowest] ?? 0) < negligible) {
      chances[this.lowest] = 0;
      this.lowest += 1;
    }
    while (this.lowest <= this.highest && (chances[this.highest] ?? 0) < negligible) {
      chances[this.highest] = 0;
      this.highest -= 1;
    }
  }

  /** A place is needed on either side, and one beside it to read from. */
  private makeRoom(): void {
    const { chances, lowest, highest } = this;
    if (lowest >= 2 && highest + 2 < chances.length) return;
    const larger = new Float64Array(2 * chances.length);
    const shift = Math.floor((larger.length - lowest - highest) / 2);
    larger.set(chances.subarray(lowest, highest + 1), lowest + shift);
    this.chances = larger;
    this.origin += shift;
    this.lowest += shift;
    this.highest += shift;
  }
}
