import { plain, type Paint, type Tone } from './paint.js';
import { printable } from './printable.js';

/** Text with a meaning, where it has one. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

const toned = (cell: Cell): { readonly text: string; readonly tone: Tone | undefined } =>
  typeof cell === 'string'
    ? { text: printable(cell), tone: undefined }
    : { text: printable(cell.text), tone: cell.tone };

/** Columns as wide as their longest cell, two spaces apart. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  paint: Paint = plain,
): string {
  const lines = [head, ...rows].map((row) => row.map(toned));
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.text.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map(({ text, tone }, column) => {
          const padding = column + 1 === line.length ? 0 : (widths[column] ?? 0) - text.length;
          return (tone === undefined ? text : paint(tone, text)) + ' '.repeat(padding);
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** One thing: its fields under each other. What is not known is left out. */
export function facts(
  rows: readonly (readonly [label: string, value: string | undefined])[],
): string {
  const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined);
  const width = Math.max(...known.map(([label]) => label.length));
  return known
    .map(([label, value]) => `${`${label}:`.padEnd(width + 2)}${printable(value)}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}
