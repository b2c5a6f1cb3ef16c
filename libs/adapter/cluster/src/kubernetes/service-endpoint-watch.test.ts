import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { version } from '@spillway/kernel';
import { holds } from '../testing/scripted-api-server.js';
import { ScriptedCluster } from '../testing/scripted-cluster.js';
import { catalog, ScriptedLink } from '../testing/scripted-link.js';

const service = { ...catalog, versionHost: 'catalog-{version}.shop.svc.cluster.local' };
const slice = (name: string, of: string, ...endpoints: readonly object[]): object => ({
  metadata: {
    name,
    namespace: 'shop',
    resourceVersion: '1',
    labels: { 'kubernetes.io/service-name': of },
  },
  endpoints,
});
const pod = (name: string, ready = true) => ({
  conditions: { ready },
  targetRef: { kind: 'Pod', name },
});

describe('versions that are Services of their own', () => {
  let cluster: ScriptedCluster;
  let scripted: ScriptedLink;
  beforeEach(async () => {
    cluster = new ScriptedCluster();
    cluster.items.set('endpointslices', [
      slice('one', 'catalog-v1', pod('a'), pod('b'), pod('c', false)),
      slice('one-ipv6', 'catalog-v1', pod('a')),
      slice('two', 'catalog-v2', { addresses: ['10.0.0.1'] }),
      slice('three', 'catalog', pod('a'), pod('b'), pod('d')),
    ]);
    scripted = await ScriptedLink.connect(cluster);
  });
  afterEach(() => scripted.dispose());
  const count = (of: string, as = service): number | undefined =>
    scripted.link.readyEndpoints(as, version(of));

  it('have the ready endpoints of their Services, each once, and no pods are asked for', async () => {
    scripted.link.follow(service);
    await holds(() => count('v1') !== undefined);
    expect([count('v1'), count('v2'), count('v3')]).toEqual([2, 1, 0]);
    expect(cluster.calls).not.toContain('list pods');
  });

  it('are watched anew when their hosts become others', async () => {
    scripted.link.follow(service);
    await holds(() => count('v1') === 2);
    const other = { ...service, versionHost: '{version}.shop.svc.cluster.local' };
    expect(count('catalog-v1', other)).toBeUndefined();
    scripted.link.follow(other);
    await holds(() => count('catalog-v1', other) === 2);
    expect(count('v1')).toBeUndefined();
  });

  it('may be in namespaces of their own', async () => {
    const apart = { ...service, versionHost: 'catalog.{version}.svc.cluster.local' };
    scripted.link.follow(apart);
    await holds(() => count('shop', apart) === 3);
    expect(count('v1', apart)).toBe(0);
  });
});
