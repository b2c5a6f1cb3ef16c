import { migrationsTableName } from '@spillway/migrations';
import pg from 'pg';

/** One line for each column, constraint, index and trigger, and the text of each function. */
const linesSql = `
  with shown as (
    select class.oid, class.relname as name from pg_class as class
    where class.relnamespace = 'public'::regnamespace and class.relkind = 'r'
      and class.relname <> $1
  ), lines as (
    select shown.name, 1 as part, col.attnum as place,
      '  ' || col.attname || ' '
        || format_type(col.atttypid, col.atttypmod)
        || coalesce(' collate ' || quote_ident(nullif(sorting.collname, 'default')), '')
        || case when col.attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(preset.adbin, preset.adrelid), '') as line
    from shown
    join pg_attribute as col on col.attrelid = shown.oid
      and col.attnum > 0 and not col.attisdropped
    left join pg_collation as sorting on sorting.oid = col.attcollation
    left join pg_attrdef as preset on preset.adrelid = shown.oid and preset.adnum = col.attnum
    union all
    select shown.name, 2, 0, '  constraint ' || con.conname || ' ' || pg_get_constraintdef(con.oid)
    from shown join pg_constraint as con on con.conrelid = shown.oid and con.contype <> 'n'
    union all
    select shown.name, 3, 0, '  ' || pg_get_indexdef(idx.indexrelid)
    from shown join pg_index as idx on idx.indrelid = shown.oid
    where not exists (select from pg_constraint as con where con.conindid = idx.indexrelid
      and con.contype in ('p', 'u'))
    union all
    select shown.name, 4, 0, '  ' || pg_get_triggerdef(made.oid)
    from shown join pg_trigger as made on made.tgrelid = shown.oid and not made.tgisinternal
  )
  select lines.name, lines.line from lines
  order by lines.name collate "C", lines.part, lines.place, lines.line collate "C"`;

const functionsSql = `
  select pg_get_functiondef(proc.oid) as line from pg_proc as proc
  where proc.pronamespace = 'public'::regnamespace order by proc.proname collate "C"`;

/** The schema as text to review and compare, since the bundled Postgres has no pg_dump. */
export async function describeSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string; line: string }>(linesSql, [
      migrationsTableName,
    ]);
    const functions = await client.query<{ line: string }>(functionsSql);
    return [...byTable(tables.rows), ...functions.rows.map(({ line }) => `${line};\n`)].join('\n');
  } finally {
    await client.end();
  }
}

function byTable(rows: readonly { name: string; line: string }[]): readonly string[] {
  const names = [...new Set(rows.map(({ name }) => name))];
  return names.map((table) => {
    const lines = rows.filter(({ name }) => name === table).map(({ line }) => line);
    return `table ${table}\n${lines.join('\n')}\n`;
  });
}
