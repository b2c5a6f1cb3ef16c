import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorCode, StrategyDocument } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { readyStage, type Stage } from './stage.js';

let database: FreshDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
});
afterAll(async () => {
  await stage.stop();
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

const { service, clusters } = documents;
const start = { service: service.name, candidate: 'v2', strategy: 'quick' };

/** A no is of use when it has a code, the wrong value, and what to do. */
async function expectNo(
  call: Promise<unknown>,
  no: { readonly status: number; readonly code: ErrorCode; readonly says?: string },
): Promise<void> {
  const { says = '', ...rest } = no;
  await expect(call).rejects.toMatchObject({
    ...rest,
    detail: expect.stringContaining(says),
    next: expect.stringMatching(/\w/),
  });
}

/** Until the service is free for the next one. */
async function takeBack(id: string): Promise<void> {
  await stage.client.releases.abort(id);
  await stage.client.releases.waitFor(id);
}

describe('a release', () => {
  it.each([
    [{ service: 'shop/nothing' }, 404, 'UNKNOWN_SERVICE', 'shop/nothing'],
    [{ strategy: 'nothing' }, 404, 'UNKNOWN_STRATEGY', 'nothing'],
    [{ candidate: 'v1' }, 422, 'SAME_VERSION', 'v1'],
    [{ candidate: 'v2 beta' }, 400, 'INVALID_INPUT', ''],
    [{ candidate: 'ü' }, 400, 'INVALID_INPUT', ''],
    [{ service: 'catalog' }, 400, 'INVALID_INPUT', ''],
    [{ description: 'x'.repeat(10_000) }, 400, 'INVALID_INPUT', ''],
  ] as const)('with %j is refused', async (change, status, code, says) => {
    await expectNo(stage.client.releases.start({ ...start, ...change }), { status, code, says });
  });

  it('of a version without pods holds before any traffic, and says for what it waits', async () => {
    const { id } = await stage.client.releases.start({ ...start, candidate: 'v9' });
    for await (const release of stage.client.releases.watch(id)) {
      if (release.phase !== 'held') continue;
      expect(release.held).toMatchObject({ kind: 'noReadyEndpoints' });
      expect(release.rollouts.every(({ weight }) => weight === 0)).toBe(true);
      break;
    }
    await takeBack(id);
  });
});

describe('a strategy', () => {
  const withWeights = (...weights: readonly number[]): StrategyDocument => ({
    name: 'odd',
    steps: weights.map((setWeight) => ({ setWeight })),
  });

  it.each([
    [withWeights(50, 10), 422, 'INVALID_WEIGHTS', '10'],
    [withWeights(101), 400, 'INVALID_INPUT', '100 percent'],
    [withWeights(-1), 400, 'INVALID_INPUT', '100 percent'],
    [withWeights(0.001), 400, 'INVALID_INPUT', 'two decimals'],
    [withWeights(), 400, 'INVALID_INPUT', ''],
  ] as const)('%j is refused', async (strategy, status, code, says) => {
    await expectNo(stage.client.strategies.put(strategy), { status, code, says });
  });

  it('whose waves leave a cluster out is refused at the release', async () => {
    const waves = [{ clusters: ['eu-west'] }];
    await stage.client.strategies.put({ name: 'half', waves, steps: [{ setWeight: 10 }] });
    await expectNo(stage.client.releases.start({ ...start, strategy: 'half' }), {
      status: 422,
      code: 'NO_CLUSTER_SELECTED',
      says: 'us-east',
    });
  });
});

describe('topology', () => {
  it('has no service in a cluster that does not exist', async () => {
    const wrong = { ...service, name: 'shop/cart', clusters: ['eu-west', 'mars'] };
    await expectNo(stage.client.services.put(wrong), {
      status: 404,
      code: 'UNKNOWN_CLUSTER',
      says: 'mars',
    });
  });

  it('keeps a cluster that a service is in', async () => {
    await expectNo(stage.client.clusters.remove('eu-west'), {
      status: 409,
      code: 'CLUSTER_IN_USE',
      says: 'eu-west',
    });
    await expectNo(stage.client.clusters.remove('mars'), { status: 404, code: 'UNKNOWN_CLUSTER' });
  });

  it('lets a cluster and a strategy be applied again while a release runs, which keeps its plan', async () => {
    const release = await stage.client.releases.start({ ...start, strategy: 'waiting' });
    for (const cluster of clusters) await stage.client.clusters.put(cluster);
    const changed = await stage.client.strategies.put({
      name: 'waiting',
      steps: [{ setWeight: 77 }],
    });
    expect(changed.version).toBe(2);
    for await (const seen of stage.client.releases.watch(release.id)) {
      if (seen.phase !== 'paused') continue;
      expect(seen.plan).toEqual(release.plan);
      expect(seen.rollouts.map(({ weight }) => weight)).toEqual([30, 30]);
      break;
    }
    await expectNo(stage.client.services.put({ ...service, port: 9_090 }), {
      status: 409,
      code: 'SERVICE_BUSY',
      says: release.id,
    });
    await takeBack(release.id);
  });
});
