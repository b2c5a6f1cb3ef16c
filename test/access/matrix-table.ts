import { askers, type Asker } from './guarded-app.js';

/** What was found of a route or field: who was let through. */
export interface MatrixRow {
  readonly name: string;
  readonly allowed: ReadonlySet<Asker>;
}

/** A table for people, one row for each route or field, as wide as its longest cells. */
export function matrixTable(head: string, rows: readonly MatrixRow[]): string {
  const lines = [
    [head, ...askers],
    ...rows.map(({ name, allowed }) => [
      `\`${name}\``,
      ...askers.map((asker) => (allowed.has(asker) ? 'yes' : '–')),
    ]),
  ];
  const widths = [head, ...askers].map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const toLine = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = lines;
  const rule = widths.map((width) => '-'.repeat(width));
  return [first, rule, ...rest].map(toLine).join('\n');
}
