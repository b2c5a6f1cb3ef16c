/**
 * Fuzzes the REST interface of a real process over a real Postgres, by its own OpenAPI document:
 * `main.js <schemathesis> <seconds> <seed> [further arguments]`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@spillway/testing/postgres';
import { callerOf, startSpillway, type Spillway } from '../../process/start-spillway.js';
import { seed } from './seed.js';

const [schemathesis = '', budget = '', dice = '', ...further] = process.argv.slice(2);
const settings = fileURLToPath(new URL('../../../schemathesis.toml', import.meta.url));

const postgres = await startPostgres();
const spillway = await startSpillway({
  databaseUrl: postgres.url,
  role: 'all',
  env: { SPILLWAY_RATE_LIMIT: '0', SPILLWAY_FAILED_LOGIN_LIMIT: '0' },
}).catch(async (error: unknown) => {
  await postgres.stop();
  throw error;
});
try {
  await seed(callerOf(spillway));
  // Apart, so that a slow machine does not spend all on the first and leave none for the second.
  const single = await fuzz(spillway, 'examples,coverage,fuzzing', Math.ceil(Number(budget) * 0.7));
  const chained = await fuzz(spillway, 'stateful', Math.ceil(Number(budget) * 0.3));
  process.exitCode = single || chained;
} finally {
  await spillway.stop();
  await postgres.stop();
}

async function fuzz({ url, token }: Spillway, phases: string, seconds: number): Promise<number> {
  const args = [
    ['--config-file', settings],
    ['run', `${url}/api/v1/openapi.json`],
    ['--header', `Authorization: Bearer ${token}`],
    ['--seed', dice],
    ['--phases', phases],
    ['--max-time', String(seconds)],
    // Few texts are names of services: of how many it takes to find one, a slow machine makes an error.
    ['--suppress-health-check', 'filter_too_much,too_slow'],
    further,
  ].flat();
  const child = spawn(schemathesis, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
