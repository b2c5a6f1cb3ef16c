import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '@spillway/application/testing';
import { QueueBench } from './testing/queue-bench.js';
import { WorkerSession } from './worker-session.js';

let bench: QueueBench;
let session: WorkerSession;
beforeEach(async () => {
  bench = await QueueBench.open();
  const { url: connectionString, logger } = bench;
  session = await WorkerSession.open({ connectionString, workerName: 'test', logger });
});
afterEach(async () => {
  await session.close();
  await bench.close();
});

const breakConnection = () =>
  bench.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'spillway worker test'`,
  );
const isLost = () => bench.warnings.some((line) => line.includes('lost its session'));

/** Whether anybody else can have it; looks without taking it, for a session that comes back may ask in that moment. */
async function isFree(name: string): Promise<boolean> {
  const { rows } = await bench.pool.query<{ free: boolean }>(
    `select not exists (
      select from pg_locks
      where locktype = 'advisory' and granted and objid = hashtext($1)::oid
        and database = (select oid from pg_database where datname = current_database())
    ) as free`,
    [name],
  );
  return rows[0]?.free === true;
}

it('takes a lock once, and gives it back', async () => {
  expect(await session.take('job', 'a')).toBe(true);
  expect(await session.take('job', 'a')).toBe(false);
  expect(await isFree('a')).toBe(false);
  await session.release('job', 'a');
  expect(await isFree('a')).toBe(true);
});

it('takes it once also for two who ask in the same moment', async () => {
  const answers = await Promise.all([session.take('job', 'a'), session.take('job', 'a')]);
  expect(answers).toEqual([true, false]);
  await session.release('job', 'a');
  expect(await isFree('a')).toBe(true);
});

it('holds what several want held at once', async () => {
  await Promise.all([session.hold('worker', 'a'), session.hold('worker', 'a')]);
  await session.hold('worker', 'a');
  await session.release('worker', 'a');
  expect(await session.take('worker', 'a')).toBe(true);
});

it('holds it over a lost connection', async () => {
  await session.take('job', 'a');
  await breakConnection();
  await until(isLost);
  await until(async () => !(await isFree('a')));
});

it('does not hold for ever what was asked for without a connection', async () => {
  await breakConnection();
  await until(isLost);
  expect(await session.take('job', 'a')).toBe(true);
  await session.release('job', 'a');
  expect(await isFree('a')).toBe(true);
});

it('does not hold for ever what was asked for when the connection broke', async () => {
  const asked = session.take('job', 'a').catch(() => false);
  const blocked = session.query('select pg_sleep(10)').catch(() => undefined);
  const behind = session.take('job', 'b').catch(() => false);
  await breakConnection();
  await blocked;
  for (const [name, answer] of [['a', asked] as const, ['b', behind] as const]) {
    if (await answer) await session.release('job', name);
    expect(await isFree(name)).toBe(true);
  }
});

it('has its locks when the server did not know yet that the connection was gone', async () => {
  await session.take('job', 'a');
  await session.hold('worker', 'w');
  // No answer within the time that a session gives: it connects again, and this one goes on.
  await expect(session.query('select pg_sleep(30)')).rejects.toThrow();
  await until(isLost);
  expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
  expect([await isFree('a'), await isFree('w')]).toEqual([false, false]);
  await session.release('job', 'a');
  expect(await isFree('a')).toBe(true);
}, 20_000);

it('minds nothing when what it lets go of went with the connection', async () => {
  await session.take('job', 'a');
  await breakConnection();
  await session.release('job', 'a');
  expect(await isFree('a')).toBe(true);
});
