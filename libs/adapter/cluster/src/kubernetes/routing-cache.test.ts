import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LiveRouting, MeshService } from '@spillway/domain-istio';
import { instant, serviceName } from '@spillway/kernel';
import type { ApiObject } from './api-object.js';
import { RoutingCache } from './routing-cache.js';

const service: MeshService = {
  service: serviceName('shop/catalog'),
  host: 'catalog.shop.svc.cluster.local',
  port: 80,
  versionLabel: 'version',
};
const virtualService = (resourceVersion: number, more: Partial<ApiObject> = {}): ApiObject => ({
  metadata: {
    name: 'catalog-spillway',
    namespace: 'shop',
    uid: 'u1',
    resourceVersion: String(resourceVersion),
    labels: { 'app.kubernetes.io/managed-by': 'spillway' },
  },
  spec: { hosts: [service.host], note: resourceVersion },
  ...more,
});

describe('the routing cache', () => {
  let now = 0;
  let told: string[][];
  let cache: RoutingCache;
  let followed: MeshService[];
  beforeEach(() => {
    [told, followed] = [[], []];
    cache = new RoutingCache(
      { now: () => instant(now) },
      (claims) => told.push(claims.map(({ host }) => host)),
      () => followed,
    );
  });
  const routing = (): LiveRouting => cache.routing(service);
  const shown = (): string | undefined => routing().virtualService?.metadata.resourceVersion;
  const put = (item: ApiObject): void => {
    cache.put('VirtualService', item);
    cache.advance('VirtualService', item.metadata.resourceVersion);
  };

  it('does not let an older event overwrite the answer of a write', () => {
    put(virtualService(9));
    cache.shelf('VirtualService').putAnswer(virtualService(10));
    cache.put('VirtualService', virtualService(9));
    cache.remove('VirtualService', virtualService(9));
    expect(shown()).toBe('10');
  });

  it('compares versions as numbers', () => {
    put(virtualService(99));
    put(virtualService(100));
    expect(shown()).toBe('100');
  });

  it('does not bring back by a late answer what the watch has seen go', () => {
    put(virtualService(9));
    cache.remove('VirtualService', virtualService(11));
    cache.advance('VirtualService', '11');
    cache.shelf('VirtualService').putAnswer(virtualService(10));
    expect(shown()).toBeUndefined();
  });

  it('keeps what was written after a list was taken, and drops what the list lacks', () => {
    put(virtualService(9));
    cache.shelf('VirtualService').putAnswer(virtualService(12));
    cache.replace('VirtualService', [], '11');
    expect(shown()).toBe('12');
    cache.replace('VirtualService', [], '12');
    expect(shown()).toBeUndefined();
  });

  it('believes a list whose versions went back, as after a restored backup', () => {
    cache.replace('VirtualService', [virtualService(500)], '500');
    cache.replace('VirtualService', [virtualService(300)], '310');
    expect(shown()).toBe('300');
    cache.replace('VirtualService', [], '305');
    expect(shown()).toBeUndefined();
  });

  it('takes versions that are not numbers in the order in which they come', () => {
    const named = (resourceVersion: string): ApiObject => {
      const { metadata } = virtualService(1);
      return virtualService(1, { metadata: { ...metadata, resourceVersion } });
    };
    put(named('b'));
    put(named('a'));
    expect(shown()).toBe('a');
  });

  it('lists of one kind leave the other alone', () => {
    put(virtualService(9));
    cache.replace('DestinationRule', [], '20');
    expect(shown()).toBe('9');
  });

  it('counts since a spec was first seen, not since its metadata was written', () => {
    now = 1_000;
    put(virtualService(1));
    now = 2_000;
    const { spec } = virtualService(1);
    put(virtualService(2, { spec }));
    expect(routing().virtualServiceSince).toBe(1_000);
    put(virtualService(3));
    expect(routing().virtualServiceSince).toBe(2_000);
  });

  it('calls an object foreign that has the name of ours but not its label', () => {
    const { metadata } = virtualService(1);
    put(virtualService(1, { metadata: { ...metadata, labels: {} }, spec: { hosts: [] } }));
    expect(routing().foreign).toEqual([routing().virtualService]);
    put(virtualService(2));
    expect(routing().foreign).toEqual([]);
  });

  it('forgets the claim of a foreign object that lets go of the host', () => {
    const metadata = { name: 'theirs', namespace: 'guests', resourceVersion: '1' };
    put({ metadata, spec: { hosts: [service.host] } });
    expect(routing().foreign.map((object) => object.metadata.name)).toEqual(['theirs']);
    put({ metadata: { ...metadata, resourceVersion: '2' }, spec: { hosts: ['x.y.example'] } });
    expect(routing().foreign).toEqual([]);
    expect(told).toEqual([[service.host], expect.arrayContaining([service.host, 'x.y.example'])]);
  });

  it('tells the service by the name of the object too, when its hosts were edited away', () => {
    put(virtualService(1, { spec: { hosts: ['x.y.example'] } }));
    put(virtualService(2, { spec: { hosts: ['x.y.example'], more: true } }));
    expect(told.every((hosts) => hosts.includes(service.host))).toBe(true);
  });

  it('tells nothing twice', () => {
    cache.replace('VirtualService', [virtualService(1)], '5');
    cache.replace('VirtualService', [virtualService(1)], '6');
    put(virtualService(1));
    expect(told).toEqual([[service.host]]);
  });

  it('tells every followed service that an adopted VirtualService routes without claiming it', () => {
    const place = { namespace: 'edge', name: 'shop' };
    const adopted = (name: string): MeshService => ({
      ...service,
      service: serviceName(`shop/${name}`),
      host: `${name}.shop.svc.cluster.local`,
      ownership: { kind: 'adopted', virtualService: place },
    });
    followed = [adopted('catalog'), adopted('cart')];
    const spec = { hosts: ['shop.example'], gateways: ['edge/public'] };
    put({ metadata: { ...place, resourceVersion: '1' }, spec });
    expect(told).toEqual([expect.arrayContaining(followed.map(({ host }) => host))]);
    followed = [];
    put({ metadata: { ...place, resourceVersion: '2' }, spec: { ...spec, exportTo: ['.'] } });
    expect(told.at(-1)).toEqual([]);
  });

  it.each([
    ['a caller', 'guests', '*.local', 1],
    ['the root namespace, which comes after ours', 'istio-system', '*.local', 0],
    ['the namespace of the service, where the exact host wins', 'shop', '*.local', 0],
    ['a caller, for other hosts', 'guests', '*.example', 0],
  ])('counts %s with a wildcard rule as foreign or not', (_, namespace, host, count) => {
    const metadata = { name: 'default', namespace, resourceVersion: '1' };
    cache.put('DestinationRule', { metadata, spec: { host } });
    expect(routing().foreign).toHaveLength(count);
    expect(cache.routing({ ...service, versionHost: 'catalog-{version}.shop' }).foreign).toEqual(
      [],
    );
    cache.remove('DestinationRule', { metadata, spec: { host } });
    expect(routing().foreign).toEqual([]);
  });

  it('calls what is at the place of our delegate foreign when it is not ours', () => {
    const virtualService = { namespace: 'shop', name: 'leaf' };
    const delegated: MeshService = { ...service, ownership: { kind: 'delegate', virtualService } };
    const metadata = { ...virtualService, resourceVersion: '1' };
    put({ metadata, spec: { http: [] } });
    expect(cache.routing(delegated)).toMatchObject({ foreign: [{ metadata: { name: 'leaf' } }] });
  });
});
