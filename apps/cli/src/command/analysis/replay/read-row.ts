import { parse } from '@spillway/interface-contract';
import type { z } from 'zod';
import { UsageError } from '../../../usage-error.js';
import type { CsvRow } from './csv.js';

/** The cells of a row, or the place of the first that is wrong. */
export function readRow<Row>(shape: z.ZodType<Row>, { line, cells }: CsvRow, file: string): Row {
  const read = parse(shape, cells);
  if (read.ok) return read.value;
  const { field = '', message } = read.error;
  const value = cells[field];
  const shown = value === undefined ? '' : ` Its value is "${value}".`;
  throw new UsageError(
    `${file}:${line}: ${message.replace(/^The document: /, 'column ')}${shown}`,
    'Correct it. "spillway analysis replay --help" lists the columns of each judge.',
  );
}
