/** Asks the database, outside of a transaction. */
type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** The last migration of the graphile-worker that is pinned; a medium test holds it to that. */
export const neededMigration = 19;

const tablesSql = `select to_regclass('graphile_worker.migrations') is not null as found`;
const newestSql = `select max(migrations.id)::int as newest from graphile_worker.migrations`;

/** What keeps this version from working with the queue's tables; nothing when they are as they should be, or newer. */
export async function queueSchemaProblem(ask: Ask): Promise<string | undefined> {
  const [tables] = await ask(tablesSql);
  if (tables?.['found'] !== true) return 'the tables of the queue are not there';
  const [row] = await ask(newestSql);
  const newest = Number(row?.['newest'] ?? 0);
  return newest >= neededMigration
    ? undefined
    : `the tables of the queue are at migration ${newest}, and this version needs ${neededMigration}`;
}
