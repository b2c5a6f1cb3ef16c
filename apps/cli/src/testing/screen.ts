const escape = '\u001b';

interface Cursor {
  lines: string[];
  row: number;
  column: number;
}

/** The control sequences that the CLI uses and that move or clear something. */
const effects: Readonly<Record<string, (cursor: Cursor, count: number) => void>> = {
  '\n': (cursor) => Object.assign(cursor, { row: cursor.row + 1, column: 0 }),
  '\r': (cursor) => Object.assign(cursor, { column: 0 }),
  '[A': (cursor, count) => Object.assign(cursor, { row: cursor.row - count }),
  '[H': (cursor) => Object.assign(cursor, { row: 0, column: 0 }),
  '[2J': ({ lines }) => lines.fill(''),
  '[J': ({ lines, row, column }) => lines.splice(row + (column === 0 ? 0 : 1)),
  '[K': ({ lines, row, column }) => (lines[row] = (lines[row] ?? '').slice(0, column)),
};

/** What a terminal shows after all that was written to it. */
export function screenOf(written: string): string {
  const cursor: Cursor = { lines: [''], row: 0, column: 0 };
  for (const part of written.split(new RegExp(`(${escape}\\[\\??\\d*[A-Za-z]|[\\n\\r])`, 'u'))) {
    const isControl = part.startsWith(escape) || part === '\n' || part === '\r';
    if (isControl) obey(cursor, part.replace(escape, ''));
    else type(cursor, part);
    while (cursor.lines.length <= cursor.row) cursor.lines.push('');
  }
  return cursor.lines.join('\n').trimEnd();
}

function obey(cursor: Cursor, sequence: string): void {
  const isUp = sequence.endsWith('A');
  effects[isUp ? '[A' : sequence]?.(cursor, isUp ? Number.parseInt(sequence.slice(1), 10) : 0);
}

function type(cursor: Cursor, text: string): void {
  const line = (cursor.lines[cursor.row] ?? '').padEnd(cursor.column);
  const end = cursor.column + text.length;
  cursor.lines[cursor.row] = line.slice(0, cursor.column) + text + line.slice(end);
  cursor.column = end;
}
