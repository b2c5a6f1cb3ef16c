/** The candidate that is at most two typing errors away from what was written. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const tolerated = written.length < 4 ? 1 : 2;
  return known
    .filter((candidate) => Math.abs(candidate.length - written.length) <= tolerated)
    .map((candidate) => ({
      candidate,
      distance: distance(written.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter((found) => found.distance <= tolerated)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Restricted Damerau–Levenshtein: insert, delete, replace, swap of neighbours cost one each. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row.push(Math.min(...edits(a, b, i, j, [...rows, row])));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

function edits(a: string, b: string, i: number, j: number, rows: number[][]): number[] {
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  const same = a[i - 1] === b[j - 1];
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return [
    at(i - 1, j) + 1,
    at(i, j - 1) + 1,
    at(i - 1, j - 1) + (same ? 0 : 1),
    swapped ? at(i - 2, j - 2) + 1 : Infinity,
  ];
}
