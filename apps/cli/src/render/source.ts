import type { Source } from '@spillway/sdk';
import { age } from './moment.js';
import { facts, table } from './table.js';

type Row = readonly [label: string, value: string];

export const sourceTable = (sources: readonly Source[], now: number): string =>
  table(
    ['NAME', 'KIND', 'TIMEOUT', 'SECRETS', 'AGE'],
    sources.map((source) => [
      source.name,
      kindOf(source)[0],
      source.timeout,
      rowsOf(source)
        .filter(([, value]) => value.startsWith(mark))
        .length.toString(),
      age(source.createdAt, now),
    ]),
  );

export const sourceFacts = (source: Source, now: number): string =>
  facts([
    ['Name', source.name],
    ['Kind', kindOf(source)[0]],
    ...rowsOf(source),
    ['Timeout', source.timeout],
    ['Age', age(source.createdAt, now)],
  ]);

const kindOf = ({ connection }: Source): readonly [kind: string, fields: object] => {
  const [[kind, fields] = ['', {}]] = Object.entries(connection) as [string, object][];
  return [kind, fields];
};

const mark = 'secret ';

const rowsOf = (source: Source): readonly Row[] => fieldsOf(kindOf(source)[1], '');

/** `basic.username`, `headers.accept`; of a reference the name of its secret. */
const fieldsOf = (fields: object, path: string): readonly Row[] =>
  Object.entries(fields).flatMap(([key, value]: [string, unknown]): readonly Row[] => {
    const label = path + key;
    if (typeof value !== 'object' || value === null) return [[label, String(value)]];
    return isReference(value) && label !== 'headers'
      ? [[label, mark + value.secret]]
      : fieldsOf(value, `${label}.`);
  });

const isReference = (value: object): value is { readonly secret: string } =>
  'secret' in value && typeof value.secret === 'string' && Object.keys(value).length === 1;
