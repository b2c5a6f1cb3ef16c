import { beforeEach, describe, expect, it } from '@jest/globals';
import { aMetric } from '@spillway/domain-release/testing';
import {
  clusterName,
  releaseId,
  serviceName,
  sourceName,
  strategyName,
  version,
} from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService } from '../testing/index.js';
import type { StartRelease } from './use-cases.js';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await aWorkshop();
});

it('records the release with its plan and its first event, and queues a look at it', async () => {
  const release = await workshop.started({ description: 'fixes the cart' });
  expect(release).toMatchObject({
    phase: 'pending',
    service: 'shop/catalog',
    stable: 'v1',
    candidate: 'v2',
    strategy: { name: 'canary-10', version: 1 },
    requestedBy: 'anna',
    description: 'fixes the cart',
    because: 'fixes the cart',
    rollouts: [],
    revision: 1,
    createdAt: workshop.clock.now(),
  });
  expect(release.plan.waves).toEqual([['eu', 'us']]);
  expect(
    await workshop.useCases.listEvents(release.id, { after: 0, limit: 10 }, aCaller()),
  ).toMatchObject({
    ok: true,
    value: [{ sequence: 1, event: { type: 'created', actor: 'anna' } }],
  });
  expect(workshop.queue()).toEqual(['reconcile in 0 ms']);
});

it('leaves the release before in charge of the routing until it prepares its own', async () => {
  const release = await workshop.started();
  const latest = async (): Promise<unknown> => {
    const service = await workshop.useCases.getService(release.service, aCaller());
    return service.ok ? service.value.latestRelease : service.error;
  };
  expect(await latest()).toBeUndefined();
  await workshop.pass(0);
  expect(await latest()).toBe(release.id);
});

it('gives a reason of its own when nobody said one', async () => {
  expect(await workshop.started()).toMatchObject({ because: 'anna asked for v2', description: '' });
});

describe('refuses', () => {
  it.each<[string, Partial<StartRelease>, object]>([
    [
      'a candidate that is no version',
      { candidate: version('v_2') },
      { code: 'INVALID_INPUT', field: 'candidate' },
    ],
    [
      'a service that does not exist',
      { service: serviceName('shop/x') },
      { code: 'UNKNOWN_SERVICE', field: 'service', message: 'There is no service "shop/x".' },
    ],
    [
      'a strategy that does not exist',
      { strategy: strategyName('x') },
      { code: 'UNKNOWN_STRATEGY', field: 'strategy' },
    ],
    [
      'the version that serves already',
      { candidate: version('v1') },
      { code: 'SAME_VERSION', field: 'candidate' },
    ],
  ])('%s, and leaves nothing behind', async (_, command, error) => {
    expect(await workshop.start(command)).toMatchObject({ ok: false, error });
    expect(await workshop.useCases.listReleases({}, { limit: 10 }, aCaller())).toMatchObject({
      value: { items: [] },
    });
    expect(workshop.queue()).toEqual([]);
  });

  it('a strategy that asks a source which is not there, and does not plan it either', async () => {
    const query = { kind: 'source', source: sourceName('datadog'), value: 'q' } as const;
    await workshop.furnish({ metrics: [aMetric({ query })] });
    const refused = {
      ok: false,
      error: {
        code: 'UNKNOWN_SOURCE',
        field: 'strategy',
        message:
          'Strategy "canary-10" asks source "datadog" at metrics[0].query.source.name, and there is none.',
      },
    };
    expect(await workshop.start()).toMatchObject(refused);
    const command = {
      service: aService().service,
      candidate: version('v2'),
      strategy: strategyName('canary-10'),
      description: '',
    };
    expect(await workshop.useCases.planRelease(command, aCaller())).toMatchObject(refused);
    expect(workshop.queue()).toEqual([]);
  });

  it('a second release of a service, and names the first', async () => {
    const first = await workshop.started();
    expect(await workshop.start({ candidate: version('v3') })).toMatchObject({
      ok: false,
      error: { code: 'SERVICE_BUSY', message: expect.stringContaining(first.id), field: 'service' },
    });
  });

  it('a strategy that does not fit the clusters', async () => {
    const waves = [{ kind: 'names', names: [clusterName('mars')] }] as const;
    workshop = await aWorkshop({ waves });
    expect(await workshop.start()).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_CLUSTER', field: 'waves[0]' },
    });
  });
});

it('starts the next release when the last one is over', async () => {
  const first = await workshop.started();
  await workshop.useCases.commandRelease(
    { release: first.id, verb: 'abort', comment: '' },
    aCaller(),
  );
  expect((await workshop.started()).id).not.toBe(first.id);
});

it('gives who asks for the same again, by the id of a plan, the release that there is', async () => {
  const id = releaseId('5b1c0b0e-7a0b-4f0e-9d6e-3f1d7c5a2b11');
  const first = await workshop.started({ id });
  expect(await workshop.started({ id })).toMatchObject({
    id: first.id,
    createdAt: first.createdAt,
  });
  expect(await workshop.start({ id, candidate: version('v3') })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_INPUT', field: 'id' },
  });
});

describe('with an idempotency key', () => {
  const idempotencyKey = 'deploy-1';

  it('starts one release however often it is asked, and gives the first answer again', async () => {
    const first = await workshop.started({}, { idempotencyKey });
    await workshop.work();
    const again = await workshop.started({}, { idempotencyKey });
    expect(again).toEqual(first);
    expect(await workshop.useCases.listReleases({}, { limit: 10 }, aCaller())).toMatchObject({
      value: { items: [{ id: first.id }] },
    });
  });

  it('starts one release also when it is asked twice at the same moment', async () => {
    const [a, b] = await Promise.all([
      workshop.started({}, { idempotencyKey }),
      workshop.started({}, { idempotencyKey }),
    ]);
    expect(a.id).toBe(b.id);
  });

  it.each<[string, Partial<StartRelease>]>([
    ['another version', { candidate: version('v3') }],
    ['another description', { description: 'x' }],
    ['another service', { service: serviceName('shop/cart') }],
  ])('refuses %s under the same key', async (_, command) => {
    await workshop.started({}, { idempotencyKey });
    expect(await workshop.start(command, { idempotencyKey })).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY_KEY_REUSED', message: expect.stringContaining('"deploy-1"') },
    });
  });

  it('refuses another operation under the same key', async () => {
    await workshop.started({}, { idempotencyKey });
    const command = { release: releaseId('x'), verb: 'abort', comment: '' } as const;
    const caller = aCaller('anna', { idempotencyKey });
    expect(await workshop.useCases.commandRelease(command, caller)).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('keeps the keys of one caller from those of another', async () => {
    await workshop.started({}, { idempotencyKey });
    expect(await workshop.start({}, { idempotencyKey, actor: 'bob' })).toMatchObject({
      error: { code: 'SERVICE_BUSY' },
    });
  });

  it('does not remember a refusal, which may be possible the next time', async () => {
    const other = serviceName('shop/cart');
    const command = { service: other };
    const caller = { idempotencyKey };
    expect(await workshop.start(command, caller)).toMatchObject({
      error: { code: 'UNKNOWN_SERVICE' },
    });
    await workshop.uow.run((tx) => tx.services.put(aService({ service: other })));
    expect(await workshop.start(command, caller)).toMatchObject({ ok: true });
  });
});
