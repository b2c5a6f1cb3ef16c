import { migrations, migrationsTableName } from '@spillway/migrations';

/** Asks the database, outside of a transaction. */
type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const tableExistsSql = `select to_regclass('${migrationsTableName}') is not null as exists`;
const doneSql = `select name from ${migrationsTableName}`;

/** Names of this version's migrations that the database does not have, in their order; a later version's are no matter. */
export async function missingMigrations(ask: Ask): Promise<readonly string[]> {
  const names = migrations.map(({ name }) => name);
  const [table] = await ask(tableExistsSql);
  if (table?.['exists'] !== true) return names;
  const done = new Set((await ask(doneSql)).map(({ name }) => name));
  return names.filter((name) => !done.has(name));
}
