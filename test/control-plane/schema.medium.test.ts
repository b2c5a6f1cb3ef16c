import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type RunningPostgres } from '@spillway/testing/postgres';
import { furnish, openStage, token, type Stage } from './stage.js';

let postgres: RunningPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const open = (migrate: boolean, url = postgres.url): Promise<Stage> =>
  openStage({ databaseUrl: url, env: { SPILLWAY_MIGRATE: String(migrate) } });

describe('a database without the schema', () => {
  it('is refused, with the next step, and nothing is changed in it', async () => {
    for (const round of [1, 2]) {
      const stage = await open(false);
      await expect(stage.controlPlane.started).rejects.toMatchObject({
        code: 'SCHEMA_BEHIND',
        next: expect.stringContaining('SPILLWAY_MIGRATE=true'),
      });
      const answer = await fetch(`${stage.url}/api/v1/releases`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect({ round, status: answer.status }).toEqual({ round, status: 503 });
      await stage.stop();
    }
  });

  it('is migrated once by any number of processes that start together', async () => {
    const stages = await Promise.all([1, 2, 3].map(() => open(true)));
    await Promise.all(stages.map(({ controlPlane }) => controlPlane.started));
    const ran = stages.flatMap(({ log }) =>
      log.lines.filter(({ message }) => message === 'brought the schema up to date'),
    );
    expect(ran).toHaveLength(1);
    const [stage] = stages;
    if (stage !== undefined) await furnish(stage);
    await Promise.all(stages.map((one) => one.stop()));
  });
});

it('a wrong password is not waited for', async () => {
  const url = new URL(postgres.url);
  url.password = 'wrong';
  const stage = await open(false, url.href);
  await expect(stage.controlPlane.started).rejects.toMatchObject({
    code: 'INVALID_CONFIGURATION',
    next: expect.stringContaining('password'),
  });
  await stage.stop();
});
