import { createRequire } from 'node:module';
import type { RunningPostgres, startPostgres as StartPostgres } from './start-postgres.js';

declare global {
  // Jest hands nothing from set-up to tear-down but the process.
  var spillwayTestPostgres: RunningPostgres | undefined;
}

// Jest runs this file outside its module system: it compiles `.ts` that is
// required by that name, but maps no `.js` to it and no package to its source.
const { startPostgres } = createRequire(import.meta.url)('./start-postgres.ts') as {
  startPostgres: typeof StartPostgres;
};

/** One server for the run. Test files get a database each, see `freshDatabase`. */
// oxlint-disable-next-line import/no-default-export -- Jest asks for it
export default async function setUp(): Promise<void> {
  const postgres = await startPostgres();
  globalThis.spillwayTestPostgres = postgres;
  process.env['SPILLWAY_TEST_POSTGRES'] = postgres.url;
}
