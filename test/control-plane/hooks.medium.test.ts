import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@spillway/application/testing';
import { verifyWebhook, waitForRelease, type Release } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { serveLoadTester, type ServedLoadTester } from '../hooks/serve-load-tester.js';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { readyStage, type Stage } from './stage.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const service = documents.service.name;
const about = JSON.stringify({ name: 'catalog', namespace: 'shop' });

let database: FreshDatabase;
let stage: Stage;
let served: ServedLoadTester;
beforeAll(async () => {
  database = await freshDatabase();
  served = await serveLoadTester();
  stage = await readyStage({ databaseUrl: database.url });
  await stage.client.secrets.put('hook-key', secret);
});
afterAll(async () => {
  await stage.stop();
  await served.close();
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

type Hooks = NonNullable<Parameters<Stage['client']['strategies']['put']>[0]['hooks']>;

async function start(name: string, hooks: Hooks, candidate = 'v2'): Promise<Release> {
  await stage.client.strategies.put({ name, hooks, steps: [{ setWeight: 10 }, { bake: '2s' }] });
  return stage.client.releases.start({ service, candidate, strategy: name });
}

const callsOf = async (id: string, hook?: string) =>
  (await stage.client.releases.hookCalls(id, { hook })).items;

describe('a load tester that was written for Flagger', () => {
  it('opens a release with its gate, is signed for, and hears the end', async () => {
    const { id } = await start('gated', [
      {
        name: 'approval',
        point: 'confirm-rollout',
        url: `${served.url}/gate/check`,
        interval: '1s',
        secret: 'hook-key',
      },
      { name: 'done', point: 'post-rollout', url: `${served.url}/` },
    ]);
    await until(async () => (await stage.client.releases.get(id)).phase === 'held');
    expect((await stage.client.releases.get(id)).held).toMatchObject({
      kind: 'hookClosed',
      detail: 'hook "approval" (confirm-rollout): it answered 403: Forbidden',
    });
    const [asked] = served.seen;
    if (asked === undefined) throw new Error('nobody was asked');
    const { headers, body } = asked;
    const { payload } = await verifyWebhook({ headers, body }, { secrets: secret });
    expect(payload).toMatchObject({ name: 'catalog', namespace: 'shop', phase: 'Waiting' });
    served.tester.handle('/gate/open', about);
    const release = await waitForRelease(stage.client, id, { timeoutMs: 30_000 });
    expect(release.phase).toBe('succeeded');
    await until(async () => (await callsOf(id, 'done'))[0]?.state === 'open');
    expect(served.tester.calls.at(-1)).toEqual({ path: '/', phase: 'Succeeded' });
    const [last, first] = await callsOf(id, 'approval');
    expect(last).toMatchObject({ state: 'open', status: 200, times: 1 });
    expect(first).toMatchObject({ state: 'closed', status: 403 });
    expect(JSON.stringify(await callsOf(id))).not.toContain(secret);
    await expectSoundHistory(stage.controlPlane, id);
  });

  it('takes a release back with its rollback gate', async () => {
    const { id } = await start(
      'stoppable',
      [
        { name: 'stop', point: 'rollback', url: `${served.url}/rollback/check`, interval: '1s' },
        { name: 'gate', point: 'confirm-promotion', url: `${served.url}/gate/halt` },
      ],
      'v3',
    );
    await until(async () => (await callsOf(id, 'gate'))[0]?.state === 'closed');
    served.tester.handle('/rollback/open', about);
    const release = await waitForRelease(stage.client, id, { timeoutMs: 30_000 });
    served.tester.handle('/rollback/close', about);
    expect(release).toMatchObject({
      phase: 'rolledBack',
      because: expect.stringContaining('all traffic is on'),
    });
  });

  it('is called only where the server may call', async () => {
    const { id } = await start(
      'elsewhere',
      [{ name: 'gate', point: 'confirm-rollout', url: 'http://169.254.169.254/latest/meta-data/' }],
      'v3',
    );
    await until(async () => (await callsOf(id))[0]?.state === 'unanswered');
    expect((await callsOf(id))[0]).toMatchObject({
      detail: expect.stringContaining('where machines keep credentials'),
    });
    await stage.client.releases.abort(id);
    await waitForRelease(stage.client, id, { timeoutMs: 30_000 });
  });
});
