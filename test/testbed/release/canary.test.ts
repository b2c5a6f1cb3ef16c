import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stage } from './stage.js';

describe('a canary over two real clusters', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  }, 1_200_000);
  afterAll(() => stage.stop());

  it('ends with the new version stable in both, and no request was lost on the way', async () => {
    const release = await stage.release('v2', 'canary');
    expect(release).toMatchObject({ phase: 'succeeded', stable: 'v1', candidate: 'v2' });
    expect(await stage.client.services.get('shop/catalog')).toMatchObject({ stable: 'v2' });
    await stage.routedTo('v2');
    expect(stage.broken()).toBe(0);
  });

  it('takes a failing version back by itself, with the figures that spoke against it', async () => {
    const release = await stage.release('v3', 'together');
    expect(release).toMatchObject({ phase: 'rolledBack' });
    const rollback = (await stage.events(release.id)).find(
      ({ type }) => type === 'rollbackStarted',
    );
    expect(rollback?.because).toMatch(
      /success-rate in .*: candidate \d+ of \d+ failed, stable \d+ of \d+: .* over all clusters and steps e = /,
    );
    expect(await stage.client.services.get('shop/catalog')).toMatchObject({ stable: 'v2' });
    expect(stage.broken()).toBe(0);
  });

  it('holds while Prometheus is down, and goes on when it is back', async () => {
    const { id } = await stage.client.releases.start({
      service: 'shop/catalog',
      candidate: 'v1',
      strategy: 'together',
    });
    await stage.site('us-east').prometheus.kill();
    await stage.phase(id, 'held');
    expect((await stage.client.releases.get(id)).held).toMatchObject({ kind: 'metricsFailing' });
    await stage.site('us-east').prometheus.restart();
    await stage.phase(id, 'succeeded');
  });
});
