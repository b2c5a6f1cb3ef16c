import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../src/index.js';
import type { Asked, HeldRequest } from '../src/tap.js';
import { FenceStage } from './fence-stage.js';
import type { SpillwayProcess } from './spillway-process.js';

/** The write that gives the candidate 30 %, whatever its kind. */
const givesTraffic = ({ method, path, body }: Asked): boolean =>
  method === 'PATCH' && path.includes('/virtualservices/') && /"weight":\s*30\b/.test(body);
const creates = ({ method, path, body }: Asked): boolean =>
  method === 'PATCH' &&
  path.includes('/virtualservices/') &&
  body.includes('"resourceVersion":"0"');

describe('a worker that is stopped with a write on its way', () => {
  let stage: FenceStage;
  beforeAll(async () => {
    stage = await FenceStage.start();
  }, 1_200_000);
  afterAll(() => stage.stop());

  /** A release whose worker was stopped by SIGSTOP when its write had left it, and another worker beside. */
  async function stopped(
    service: string,
    wanted: (asked: Asked) => boolean,
  ): Promise<{ id: string; paused: SpillwayProcess; other: SpillwayProcess; held: HeldRequest }> {
    const paused = await stage.worker();
    let held: HeldRequest | undefined;
    void stage.tap.hold(wanted).then((request) => (held = request));
    const { id } = await stage.start(service);
    held = await until(() => held, { what: 'the write is on its way', withinMs: 30_000 });
    paused.freeze();
    return { id, paused, other: await stage.worker(), held };
  }

  it('finds its write refused once another worker has written a newer generation', async () => {
    const service = await stage.service('catalog', 'managed');
    const object = 'catalog-spillway';
    const { id, paused, other, held } = await stopped(service, givesTraffic);
    await stage.client.releases.abort(id, { comment: 'while its worker stands still' });
    await stage.phase(id, 'rolledBack');
    const newer = await stage.routed(object);
    expect(newer).toEqual({ generation: 3, candidate: 0 });

    expect(await held.letGo()).toBe(409);
    paused.thaw();
    expect(await stage.routed(object)).toEqual(newer);
    // It is of use again: it ends a release that nobody else works on.
    await other.kill();
    const next = await stage.start(service);
    await stage.phase(next.id, 'paused');
    await stage.client.releases.abort(next.id);
    await stage.phase(next.id, 'rolledBack');
    expect(await stage.routed(object)).toEqual({ generation: 6, candidate: 0 });
    expect((await stage.answers(object)).filter((code) => code !== 200 && code !== 201)).toEqual([
      409,
    ]);
    await paused.kill();
  }, 120_000);

  it('gives nobody traffic where the newer decision found nothing to write', async () => {
    const service = await stage.service('pricing', 'adopted');
    const { id, paused, other, held } = await stopped(service, givesTraffic);
    await stage.client.releases.abort(id);
    await stage.phase(id, 'rolledBack');
    // Its sender is gone for good: nobody but the API server can stop it.
    await paused.kill();
    expect(await held.letGo()).not.toBe(200);
    expect((await stage.routed('pricing')).candidate).toBe(0);
    await until(async () => (await stage.routed('pricing')).generation === undefined, {
      what: 'the VirtualService is as people wrote it',
      withinMs: 10_000,
    });
    await other.kill();
  }, 120_000);

  it('creates nothing over what another worker has created', async () => {
    const service = await stage.service('checkout', 'managed');
    const object = 'checkout-spillway';
    const { id, paused, other, held } = await stopped(service, creates);
    await stage.phase(id, 'paused');
    expect(await stage.routed(object)).toEqual({ generation: 2, candidate: 30 });
    expect(await held.letGo()).toBe(422);
    paused.thaw();
    await stage.client.releases.abort(id);
    await stage.phase(id, 'rolledBack');
    expect(await stage.routed(object)).toEqual({ generation: 3, candidate: 0 });
    await Promise.all([paused.kill(), other.kill()]);
  }, 120_000);

  it('is overtaken within moments by a newer decision that was not yet written', async () => {
    const service = await stage.service('search', 'managed');
    const object = 'search-spillway';
    const { id, paused, other, held } = await stopped(service, givesTraffic);
    await other.kill();
    // Decided, and nobody there to write it: the old write is the newest that there is.
    await stage.client.releases.abort(id);
    expect(await held.letGo()).toBe(200);
    expect(await stage.routed(object)).toEqual({ generation: 2, candidate: 30 });
    paused.thaw();
    await stage.phase(id, 'rolledBack');
    expect(await stage.routed(object)).toEqual({ generation: 3, candidate: 0 });
    await paused.kill();
  }, 120_000);
});
