import { describe, expect, it } from '@jest/globals';
import { migrations } from '@spillway/migrations';
import { Health, type HealthParts } from './health.js';

type Rows = readonly Readonly<Record<string, unknown>>[];

const done: Rows = migrations.map(({ name }) => ({ name }));

/** A database that answers by what is asked of it; each part may be another one. */
const answering =
  ({ readOnly = false, standby = false, migrated = done, queue = [{ newest: 19 }] as Rows } = {}) =>
  (sql: string): Promise<Rows> => {
    if (sql.includes('transaction_read_only')) {
      return Promise.resolve([{ isReadOnly: readOnly, isStandby: standby }]);
    }
    if (sql.includes('to_regclass')) return Promise.resolve([{ exists: true, found: true }]);
    return Promise.resolve(sql.includes('graphile_worker') ? queue : migrated);
  };

const health = (parts: Partial<HealthParts> = {}): Health =>
  new Health({ ask: answering(), isOpen: () => true, ...parts });

describe('ready', () => {
  it('is a process whose database, schema and queue are as it needs them', async () => {
    expect(await health().ready()).toEqual({
      ok: true,
      checks: ['database', 'schema', 'queue'].map((name) => ({ name, ok: true })),
    });
  });

  it.each([
    [
      'a database that does not answer',
      { ask: () => Promise.reject(new Error('refused')) },
      ['database'],
    ],
    ['a standby', { ask: answering({ standby: true, readOnly: true }) }, ['database']],
    [
      'a database that is set to be read only',
      { ask: answering({ readOnly: true }) },
      ['database'],
    ],
    ['a process that has not opened it yet', { isOpen: () => false }, ['database']],
    ['a schema that is behind', { ask: answering({ migrated: done.slice(1) }) }, ['schema']],
    ['a queue that is behind', { ask: answering({ queue: [{ newest: 18 }] }) }, ['queue']],
    ['a worker that takes no jobs', { idleLanes: () => ['apply', 'measure'] }, ['worker']],
  ])('is not %s', async (_, parts, wrong) => {
    const { ok, checks } = await health(parts).ready();
    expect(ok).toBe(false);
    expect(checks.filter((check) => !check.ok).map(({ name }) => name)).toEqual(wrong);
    for (const check of checks.filter((one) => !one.ok)) expect(check.detail).toMatch(/\w/);
  });

  it('says nothing of what is in a database that does not answer', async () => {
    const ask = (): Promise<Rows> => Promise.reject(new Error('refused'));
    expect(await health({ ask }).ready()).toMatchObject({
      checks: [{ name: 'database', ok: false, detail: 'refused' }],
    });
  });

  it('is a process beside a newer one: what that has added is no matter', async () => {
    const ask = answering({ migrated: [...done, { name: 'Later1' }], queue: [{ newest: 25 }] });
    expect((await health({ ask }).ready()).ok).toBe(true);
  });

  it('is not one that is stopping, without asking anybody', async () => {
    let asked = 0;
    const one = health({ ask: (sql) => ((asked += 1), answering()(sql)) });
    one.stop();
    expect(await one.ready()).toEqual({
      ok: false,
      checks: [{ name: 'process', ok: false, detail: 'it is stopping' }],
    });
    expect(asked).toBe(0);
  });

  it('costs the database the same, by however many it is asked at once', async () => {
    let asked = 0;
    const one = health({ ask: (sql) => ((asked += 1), answering()(sql)) });
    await Promise.all(Array.from({ length: 50 }, () => one.ready()));
    expect(asked).toBeLessThanOrEqual(5);
  });

  it('is answered before a probe gives up, however long the database hangs', async () => {
    const began = performance.now();
    const { checks } = await health({ ask: () => new Promise(() => undefined) }).ready();
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(checks).toMatchObject([{ name: 'database', ok: false }]);
  });
});

it('a process is alive whatever else is down, also while it stops', () => {
  const one = health({ ask: () => Promise.reject(new Error('refused')) });
  one.stop();
  expect(one.live()).toEqual({ ok: true, checks: [] });
});
