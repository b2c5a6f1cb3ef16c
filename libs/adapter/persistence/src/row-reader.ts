import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/**
 * Makes rows of an entity out of what a statement of our own gives. A `find` builds its statement
 * anew each time and sorts joined rows apart again, which takes several times as long as Postgres does.
 */
export interface RowReader<Row> {
  /** To be selected, in any order; all but those that the statement selects in its own way. */
  columns(...others: readonly (keyof Row)[]): string;
  fromRow(raw: Raw): Row;
  /** Of `json_agg` or `to_json`, where moments are texts. */
  fromJson(raw: Raw): Row;
}

export type Raw = Readonly<Record<string, unknown>>;

const known = new WeakMap<DataSource, Map<unknown, unknown>>();

export function rowReader<Row extends ObjectLiteral>(
  { connection }: EntityManager,
  entity: EntityTarget<Row>,
): RowReader<Row> {
  const ofSource = known.get(connection) ?? new Map<unknown, unknown>();
  known.set(connection, ofSource);
  const reader = ofSource.get(entity) ?? newReader(connection, entity);
  ofSource.set(entity, reader);
  return reader as RowReader<Row>;
}

interface Column {
  readonly stored: string;
  readonly property: string;
  readonly isMoment: boolean;
  readonly from: ((value: unknown) => unknown) | undefined;
}

function newReader<Row extends ObjectLiteral>(
  source: DataSource,
  entity: EntityTarget<Row>,
): RowReader<Row> {
  const { tableName, columns: all } = source.getMetadata(entity);
  const columns = all
    .filter(({ isSelect }) => isSelect)
    .map(({ databaseName, propertyName, type, transformer }): Column => {
      const from = Array.isArray(transformer) ? undefined : transformer?.from.bind(transformer);
      return {
        stored: databaseName,
        property: propertyName,
        isMoment: type === 'timestamptz',
        from,
      };
    });
  const read = (raw: Raw, toMoment: (value: unknown) => unknown): Row => {
    const row: Record<string, unknown> = {};
    for (const { stored, property, isMoment, from } of columns) {
      const value = isMoment ? toMoment(raw[stored]) : raw[stored];
      row[property] = from === undefined ? value : from(value);
    }
    return row as Row;
  };
  return {
    columns: (...others) =>
      columns
        .filter(({ property }) => !others.includes(property))
        .map(({ stored }) => `${tableName}."${stored}"`)
        .join(', '),
    fromRow: (raw) => read(raw, (moment) => moment),
    fromJson: (raw) => read(raw, (text) => (typeof text === 'string' ? new Date(text) : text)),
  };
}
