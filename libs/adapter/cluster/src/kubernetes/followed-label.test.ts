import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { version } from '@spillway/kernel';
import { holds } from '../testing/scripted-api-server.js';
import { ScriptedCluster } from '../testing/scripted-cluster.js';
import { catalog, ScriptedLink } from '../testing/scripted-link.js';

const relabelled = { ...catalog, versionLabel: 'release' };

describe('a followed service whose version label changes', () => {
  const cluster = new ScriptedCluster();
  let scripted: ScriptedLink;
  beforeEach(async () => {
    const endpoints = [{ targetRef: { kind: 'Pod', name: 'a' } }];
    const labels = { version: 'v1', release: 'r1' };
    cluster.items.set('pods', [{ metadata: { name: 'a', resourceVersion: '1', labels } }]);
    cluster.items.set('endpointslices', [
      {
        metadata: {
          name: 'one',
          resourceVersion: '1',
          labels: { 'kubernetes.io/service-name': 'catalog' },
        },
        endpoints,
      },
    ]);
    scripted = await ScriptedLink.connect(cluster);
  });
  afterEach(() => scripted.dispose());

  it('is counted by the new label instead of the old one, at once and by the same watches', async () => {
    const { link } = scripted;
    link.follow(catalog);
    await holds(() => link.readyEndpoints(catalog, version('v1')) === 1);
    await cluster.watching('pods', 'endpointslices');
    const watch = cluster.watches.get('pods');
    expect(link.readyEndpoints(relabelled, version('r1'))).toBeUndefined();
    link.follow(relabelled);
    expect(link.readyEndpoints(relabelled, version('r1'))).toBe(1);
    expect(link.readyEndpoints(catalog, version('v1'))).toBeUndefined();
    link.follow(relabelled);
    expect(link.readyEndpoints(relabelled, version('r1'))).toBe(1);
    expect(watch?.closed).toBe(false);
    link.unfollow(catalog);
    expect(link.readyEndpoints(relabelled, version('r1'))).toBeUndefined();
    await holds(() => watch?.closed === true);
  });
});
