/** The candidate that one most likely meant, if any is near: a typing error or two, or another case. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const most = text.length < 5 ? 1 : 2;
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distance(text, candidate) }))
    .filter((near) => near.distance <= most)
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** Levenshtein's, on lower case, with a swap of neighbours as one error. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return Infinity;
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  const table: number[][] = [];
  const at = (row: number, column: number): number => table[row]?.[column] ?? Infinity;
  const cost = (row: number, column: number): number => {
    if (row === 0 || column === 0) return row + column;
    const isSame = a[row - 1] === b[column - 1];
    const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    const [insert, remove] = [at(row, column - 1) + 1, at(row - 1, column) + 1];
    const replace = at(row - 1, column - 1) + (isSame ? 0 : 1);
    return Math.min(insert, remove, replace, isSwap ? at(row - 2, column - 2) + 1 : Infinity);
  };
  for (let row = 0; row <= a.length; row += 1) {
    const cells: number[] = [];
    table.push(cells);
    for (let column = 0; column <= b.length; column += 1) cells.push(cost(row, column));
  }
  return at(a.length, b.length);
}
