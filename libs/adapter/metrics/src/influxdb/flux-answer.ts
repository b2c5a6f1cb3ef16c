import type { SourceAnswer } from '@spillway/application';
import { failure, incomplete, numberAnswer } from '../backend-call/index.js';
import { parseCsv } from './csv.js';

type Record = ReadonlyMap<string, string>;

const howToReduce =
  'End the query with a function that makes one row, such as mean() or sum(), with group() before it.';

/** Reads the CSV that a Flux query gives: one row whose `_value` is the number. */
export function readFlux(csv: string): SourceAnswer {
  if (csv !== '' && !csv.endsWith('\n')) {
    return failure(`CSV that breaks off after ${csv.length} characters`);
  }
  const records = recordsOf(csv);
  const broken = records.find((record) => record.has('error') && record.has('reference'));
  // It comes behind the rows that were sent before, with HTTP 200.
  if (broken !== undefined) return incomplete(`the query failed: ${broken.get('error') ?? ''}`);
  const [only, ...others] = records;
  if (only === undefined) return { kind: 'empty' };
  if (others.length > 0) {
    return failure(`${records.length} rows came where one number is needed. ${howToReduce}`);
  }
  return readValue(only);
}

function readValue(record: Record): SourceAnswer {
  const text = record.get('_value');
  if (text === undefined) {
    const columns = [...record.keys()].filter((name) => name !== '');
    return failure(
      `the row has no column "_value", only ${columns.join(', ')}. Name it with rename().`,
    );
  }
  if (text === '') return { kind: 'empty' };
  if (/^(?:NaN|[+-]?Inf)$/.test(text)) return { kind: 'notANumber' };
  const value = Number(text);
  return Number.isNaN(value)
    ? failure(`"_value" is "${text}", which is no number. Convert it with toFloat().`)
    : numberAnswer(value);
}

/** The rows of all tables by the names of their columns. Tables are apart by an empty line. */
function recordsOf(csv: string): readonly Record[] {
  const records: Record[] = [];
  let header: readonly string[] | undefined;
  for (const row of parseCsv(csv)) {
    if (row.length === 1 && row[0] === '') header = undefined;
    else if (row[0]?.startsWith('#') === true) continue;
    else if (header === undefined) header = row;
    else records.push(new Map(header.map((name, index) => [name, row[index] ?? ''])));
  }
  return records;
}
