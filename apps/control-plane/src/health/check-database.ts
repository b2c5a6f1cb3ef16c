import { missingMigrations, type Probe } from '@spillway/adapter-persistence';
import { queueSchemaProblem } from '@spillway/adapter-queue';
import type { HealthView } from '@spillway/interface-contract';

export type Check = HealthView['checks'][number];

export interface DatabaseParts {
  readonly ask: Probe['ask'];
  /** Whether work has its way to the database by now. */
  readonly isOpen: () => boolean;
}

const readOnlySql = `
  select current_setting('transaction_read_only') = 'on' as "isReadOnly",
    pg_is_in_recovery() as "isStandby"`;

/** What the database says. Where it does not answer, nothing is said of what would be in it. */
export async function checkDatabase(parts: DatabaseParts): Promise<readonly Check[]> {
  const database = await checked('database', () => writable(parts));
  if (!database.ok) return [database];
  return [
    database,
    await checked('schema', () => schemaProblem(parts.ask)),
    await checked('queue', () => queueSchemaProblem(parts.ask)),
  ];
}

/** `problem` gives what is wrong, or throws it. */
async function checked(name: string, problem: () => Promise<string | undefined>): Promise<Check> {
  try {
    const detail = await problem();
    return detail === undefined ? { name, ok: true } : { name, ok: false, detail };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** One that can only be read would take no abort. */
async function writable({ ask, isOpen }: DatabaseParts): Promise<string | undefined> {
  const [row] = await ask(readOnlySql);
  if (row?.['isStandby'] === true) return 'is a standby: it can be read and not written';
  if (row?.['isReadOnly'] === true) return 'can be read and not written';
  return isOpen() ? undefined : 'has not been opened for work yet';
}

/** What a later version has added is no matter. */
async function schemaProblem(ask: Probe['ask']): Promise<string | undefined> {
  const missing = await missingMigrations(ask);
  if (missing.length === 0) return undefined;
  return `lacks ${missing.length} of this version's migrations: ${missing.join(', ')}`;
}
