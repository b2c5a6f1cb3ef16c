import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../src/index.js';
import { Stage } from './stage.js';

const virtualService = ['shop', 'catalog-spillway'] as const;

describe('what goes wrong around two real clusters', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  }, 1_200_000);
  afterEach(() => expect(stage.broken()).toBe(0));
  afterAll(() => stage.stop());

  const start = async (candidate: string, strategy: string): Promise<string> => {
    const service = 'shop/catalog';
    return (await stage.client.releases.start({ service, candidate, strategy })).id;
  };
  const shareOf = (cluster: 'eu-west' | 'us-east', version: string): number =>
    stage.traffic[cluster].split().find((share) => 'version' in share && share.version === version)
      ?.part ?? 0;

  it('holds while an API server is down, and goes on when it is back', async () => {
    const id = await start('v2', 'canary');
    await stage.phase(id, 'progressing');
    await stage.site('us-east').cluster.kill();
    const held = await stage.phase(id, 'held');
    expect(held.held).toMatchObject({ kind: 'clusterUnreachable', clusters: ['us-east'] });
    await until(async () => (await stage.client.clusters.get('us-east')).state === 'unreachable', {
      what: 'the API process tells that us-east is unreachable',
      withinMs: 5_000,
    });
    await stage.site('us-east').cluster.restart();
    await stage.phase(id, 'succeeded');
  });

  it('takes traffic back where it can, and in the other cluster the moment it returns', async () => {
    const id = await start('v1', 'waiting');
    await stage.phase(id, 'paused');
    // Its mesh hears of the weights by a watch of its own, which a killed API server would cut short.
    await until(() => Math.abs(shareOf('us-east', 'v1') - 0.3) < 0.001, {
      what: 'the mesh of us-east obeys',
      withinMs: 10_000,
    });
    await stage.site('us-east').cluster.kill();
    await stage.client.releases.abort(id, { comment: 'pager' });
    await until(() => shareOf('eu-west', 'v1') === 0, { what: 'eu-west is back', withinMs: 3_000 });
    expect((await stage.client.releases.get(id)).phase).toBe('rollingBack');
    expect(shareOf('us-east', 'v1')).toBeCloseTo(0.3);
    await stage.site('us-east').cluster.restart();
    await stage.phase(id, 'rolledBack');
    await until(() => shareOf('us-east', 'v1') === 0, { what: 'us-east is back', withinMs: 3_000 });
  });

  /** Earlier, an edit may as well be a write that is just under way, or a watch that lags behind it. */
  const routingIsOld = (id: string) =>
    until(
      async () =>
        (await stage.client.releases.get(id)).rollouts.every(
          ({ appliedAt = '' }) => Date.now() - Date.parse(appliedAt) > 2_000,
        ),
      { what: 'the routing is two seconds old', withinMs: 10_000 },
    );

  it('puts back weights that somebody edited, and says who did', async () => {
    const id = await start('v1', 'waiting');
    await stage.phase(id, 'paused');
    await routingIsOld(id);
    const { admin } = stage.site('eu-west').cluster;
    const live = await admin.readVirtualService(...virtualService);
    const spec = structuredClone(live?.['spec']) as { http: { route: { weight: number }[] }[] };
    for (const route of spec.http[0]?.route ?? []) route.weight = 50;
    await admin.editVirtualService(...virtualService, { spec });
    await until(async () => (await stage.events(id)).some(({ type }) => type === 'driftFound'), {
      what: 'the drift is noted',
      withinMs: 5_000,
    });
    await until(() => Math.abs(shareOf('eu-west', 'v1') - 0.3) < 1e-9, {
      what: 'the weights are back',
      withinMs: 5_000,
    });
    const drift = (await stage.events(id)).find(({ type }) => type === 'driftFound');
    expect(drift?.because).toMatch(
      /kubectl-edit \(\S+Z\) made spec\.http\[0\]\.route\[0\]\.weight 50 instead of 70/,
    );
    await stage.client.releases.abort(id);
    await stage.phase(id, 'rolledBack');
  });

  it('gives no weight to a version without ready pods', async () => {
    const pods = { namespace: 'shop', name: 'catalog' };
    const { admin } = stage.site('eu-west').cluster;
    await admin.setPods(pods, 'v1', 0, 2);
    const id = await start('v1', 'canary');
    const held = await stage.phase(id, 'held');
    expect(held.held).toMatchObject({ kind: 'noReadyEndpoints', clusters: ['eu-west'] });
    await admin.setPods(pods, 'v1', 2);
    await stage.phase(id, 'succeeded');
  });

  it('goes beside somebody’s DestinationRule, but for one that means other pods by a version', async () => {
    const { admin } = stage.site('us-east').cluster;
    const path = '/apis/networking.istio.io/v1/namespaces/shop/destinationrules';
    const rule = (name: string, spec: object) => ({
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name, namespace: 'shop' },
      spec: { host: 'catalog.shop.svc.cluster.local', ...spec },
    });
    const defaults = { trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } };
    await admin.apply(path, rule('platform-defaults', defaults));
    const old = { subsets: [{ name: 'v2', labels: { version: 'v2-old' } }] };
    await admin.apply(path, rule('old-subsets', old));
    const id = await start('v2', 'canary');
    const held = await stage.phase(id, 'held');
    expect(held.held).toMatchObject({ kind: 'foreignRouting', clusters: ['us-east'] });
    expect(held.held?.detail).toMatch(/DestinationRule shop\/old-subsets defines subset v2/);
    await admin.http.delete(`${path}/old-subsets`);
    await stage.phase(id, 'succeeded');
    const theirs = await admin.readDestinationRule('shop', 'platform-defaults');
    expect(theirs?.['spec']).toMatchObject(defaults);
  });
});
