import { UsageError } from '../../../usage-error.js';

/** A line of the file under its heading. */
export interface CsvRow {
  /** Of the file, from 1. */
  readonly line: number;
  /** By column; the ends are trimmed. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface Csv {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** RFC 4180 with a heading. Empty lines are passed over; a field in quotes may span lines. */
export function readCsv(text: string, file: string): Csv {
  const [head, ...rest] = records(text.replace(/^\uFEFF/, ''), file);
  if (head === undefined) {
    throw new UsageError(`${file} is empty.`, 'Begin it with a line that names the columns.');
  }
  const columns = head.fields.map((name) => name.trim());
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UsageError(`${file}:${head.line}: two columns are called "${twice}".`, 'Drop one.');
  }
  return { columns, rows: rest.map((record) => rowOf(record, columns, file)) };
}

function rowOf({ line, fields }: CsvRecord, columns: readonly string[], file: string): CsvRow {
  if (fields.length !== columns.length) {
    throw new UsageError(
      `${file}:${line} has ${fields.length} fields for ${columns.length} columns.`,
      'Give one for each column, empty where there is none.',
    );
  }
  return {
    line,
    cells: Object.fromEntries(columns.map((name, i) => [name, fields[i]?.trim() ?? ''])),
  };
}

/** One field: in quotes, with `""` for a quote, or plain; then what ends it. */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

interface Field {
  readonly value: string;
  /** Of all that was read. */
  readonly length: number;
  readonly lines: number;
  readonly endsRecord: boolean;
}

function fieldAt(text: string, at: number): Field | undefined {
  field.lastIndex = at;
  const match = field.exec(text);
  if (match === null) return undefined;
  const [whole, quoted, plain = '', end] = match;
  return {
    value: quoted === undefined ? plain : quoted.replaceAll('""', '"'),
    length: whole.length,
    lines: whole.split(/\r\n|\n|\r/).length - 1,
    endsRecord: end !== ',',
  };
}

function records(text: string, file: string): readonly CsvRecord[] {
  const found: CsvRecord[] = [];
  let [at, line, begun] = [0, 1, 1];
  let fields: string[] = [];
  while (at < text.length || fields.length > 0) {
    const read = fieldAt(text, at);
    if (read === undefined) {
      throw new UsageError(
        `${file}:${line}: a quote is not closed, or not doubled.`,
        'Write "" for a quote within quotes.',
      );
    }
    fields.push(read.value);
    [at, line] = [at + read.length, line + read.lines];
    if (!read.endsRecord) continue;
    if (!isEmptyLine(fields)) found.push({ line: begun, fields });
    [fields, begun] = [[], line];
  }
  return found;
}

const isEmptyLine = ([first = '', ...rest]: readonly string[]): boolean =>
  rest.length === 0 && first.trim() === '';
