import type { ErrorsToStop } from './errors-to-stop.js';

/** Chances below this are not carried along. */
export const negligible = 1e-7;

/** Chances of `first`, `first + 1`, … units. */
export interface Counts {
  readonly first: number;
  readonly chances: Float64Array;
}

/** How many errors one place stands for. */
export interface Units {
  readonly candidate: number;
  readonly stable: number;
}

/** Room for a half-whole bound to be whole in spite of rounding. */
const rounding = 1e-3;

/**
 * The errors of both versions, as chances of the cases in which the candidate was not found yet: a
 * row for each count of stable's errors, a column for each of the candidate's.
 */
export class OpenCases {
  private constructor(
    private readonly units: Units,
    private readonly firstRow: number,
    private readonly firstColumn: number,
    private readonly columns: number,
    private readonly chances: Float64Array,
  ) {}

  static start(units: Units): OpenCases {
    return new OpenCases(units, 0, 0, 1, Float64Array.of(1));
  }

  get isEmpty(): boolean {
    return this.chances.length === 0;
  }

  /** One look later. */
  after(candidate: Counts, stable: Counts): OpenCases {
    const { columns, rows } = this;
    const wide = columns + candidate.chances.length - 1;
    const across = new Float64Array(rows * wide);
    const result = new Float64Array((rows + stable.chances.length - 1) * wide);
    for (let row = 0; row < rows; row += 1) {
      const from = this.chances.subarray(row * columns, (row + 1) * columns);
      const to = across.subarray(row * wide, (row + 1) * wide);
      candidate.chances.forEach((chance, k) => addScaled(to.subarray(k), from, chance));
      stable.chances.forEach((chance, k) =>
        addScaled(result.subarray((row + k) * wide), to, chance),
      );
    }
    const [firstRow, firstColumn] = [
      this.firstRow + stable.first,
      this.firstColumn + candidate.first,
    ];
    return new OpenCases(this.units, firstRow, firstColumn, wide, result);
  }

  /** Takes out the cases in which the test stops, and says how many they are. */
  stop(errorsToStop: ErrorsToStop): number {
    let taken = 0;
    for (let row = 0; row < this.rows; row += 1) {
      const stable = (this.firstRow + row) * this.units.stable;
      for (let column = this.columns - 1; column >= 0; column -= 1) {
        const candidate = (this.firstColumn + column) * this.units.candidate;
        if (candidate + rounding < errorsToStop(candidate + stable)) break;
        taken += this.chances[row * this.columns + column] ?? 0;
        this.chances[row * this.columns + column] = 0;
      }
    }
    return taken;
  }

  /** Without the outer rows and columns in which there is next to nothing. */
  trimmed(): OpenCases {
    const { columns } = this;
    const used = (row: number, column: number): boolean =>
      (this.chances[row * columns + column] ?? 0) >= negligible;
    const all = Array.from({ length: columns }, (_, column) => column);
    const rows = Array.from({ length: this.rows }, (_, row) => row).filter((row) =>
      all.some((column) => used(row, column)),
    );
    const [top, bottom] = [rows[0], rows.at(-1)];
    if (top === undefined || bottom === undefined) {
      return new OpenCases(this.units, 0, 0, 1, new Float64Array());
    }
    const isUsed = (column: number): boolean => rows.some((row) => used(row, column));
    const left = all.find(isUsed) ?? 0;
    const right = all.findLast(isUsed) ?? 0;
    const width = right - left + 1;
    const chances = new Float64Array((bottom - top + 1) * width);
    for (let row = top; row <= bottom; row += 1) {
      const from = row * columns + left;
      chances.set(this.chances.subarray(from, from + width), (row - top) * width);
    }
    return new OpenCases(this.units, this.firstRow + top, this.firstColumn + left, width, chances);
  }

  private get rows(): number {
    return this.chances.length / this.columns;
  }
}

function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < from.length; i += 1) to[i] = (to[i] ?? 0) + (from[i] ?? 0) * factor;
}
