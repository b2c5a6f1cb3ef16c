import { describe, expect, it } from '@jest/globals';
import { generation, instant } from '@spillway/kernel';
import { serviceView, toServiceView } from './service-view.js';
import { toNewService } from './to-new-service.js';

const catalog = { name: 'shop/catalog', port: 8080, stable: 'v1', clusters: ['eu', 'us'] };
const edge = { gateways: ['istio-system/public'], hosts: ['shop.example.com', '*.example.org'] };

const serviceOf = (change: object) => {
  const made = toNewService({ ...catalog, ...change });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
};

const viewOf = (change: object) =>
  toServiceView({
    ...serviceOf(change),
    generation: generation(0),
    createdAt: instant(0),
    updatedAt: instant(0),
  });

const plain = {
  service: 'shop/catalog',
  host: 'catalog.shop.svc.cluster.local',
  port: 8080,
  versionLabel: 'version',
  stable: 'v1',
  clusters: ['eu', 'us'],
};

describe('toNewService', () => {
  it('derives the host and the version label, and leaves out what is as ever', () => {
    expect(serviceOf({})).toEqual(plain);
    const asEver = { protocol: 'http', routing: { managed: {} }, drift: 'heal' };
    expect(serviceOf(asEver)).toEqual(plain);
  });

  it.each([
    [{ protocol: 'grpc' }, { protocol: 'grpc' }],
    [
      { versionHost: 'catalog-{version}' },
      { versionHost: 'catalog-{version}.shop.svc.cluster.local' },
    ],
    [{ versionHost: '{version}.catalog.example' }, { versionHost: '{version}.catalog.example' }],
    [{ edge }, { edge }],
    [{ drift: 'hold' }, { drift: 'hold' }],
    [
      { routing: { adopt: { virtualService: 'web' } } },
      { ownership: { kind: 'adopted', virtualService: { namespace: 'shop', name: 'web' } } },
    ],
    [
      { routing: { adopt: { virtualService: 'edge/web.v1', routes: ['a b'] } } },
      {
        ownership: {
          kind: 'adopted',
          virtualService: { namespace: 'edge', name: 'web.v1' },
          routes: ['a b'],
        },
      },
    ],
    [
      { routing: { delegate: { virtualService: 'catalog' } }, edge },
      {
        ownership: { kind: 'delegate', virtualService: { namespace: 'shop', name: 'catalog' } },
        edge,
      },
    ],
    [
      { routing: { replicas: { deployment: 'catalog-{version}', total: 8 } } },
      { ownership: { kind: 'replicas', deployment: 'catalog-{version}', total: 8 } },
    ],
  ])('reads %j', (change, wanted) => {
    expect(serviceOf(change)).toEqual({ ...plain, ...wanted });
  });

  it.each([
    ['name', { name: 'catalog' }],
    ['port', { port: 0 }],
    ['protocol', { protocol: 'https' }],
    ['stable', { stable: 'v1.2' }],
    ['clusters', { clusters: [] }],
    ['clusters', { clusters: ['eu', 'eu'] }],
    ['clusters[0]', { clusters: ['EU'] }],
    ['host', { host: 'https://catalog' }],
    ['versionLabel', { versionLabel: 'a b' }],
    ['versionLabel', { versionLabel: 'a/b/c' }],
    ['versionHost', { versionHost: 'catalog' }],
    ['versionHost', { versionHost: 'Catalog-{version}' }],
    ['edge.gateways', { edge: { ...edge, gateways: [] } }],
    ['edge.gateways', { edge: { ...edge, gateways: ['a/b', 'a/b'] } }],
    ['edge.gateways[0]', { edge: { ...edge, gateways: ['public'] } }],
    ['edge.hosts', { edge: { ...edge, hosts: [] } }],
    ['routing', { routing: { own: {} } }],
    ['routing.adopt.virtualService', { routing: { adopt: { virtualService: 'a/b/c' } } }],
    ['routing.adopt.routes', { routing: { adopt: { virtualService: 'a', routes: ['x', 'x'] } } }],
    ['routing.replicas.total', { routing: { replicas: { deployment: 'a-{version}', total: 1 } } }],
    ['drift', { drift: 'ignore' }],
  ])('refuses a wrong %s', (field, change) => {
    expect(toNewService({ ...catalog, ...change })).toMatchObject({ ok: false, error: { field } });
  });

  it.each<[object, string, string]>([
    [{ edge: { ...edge, hosts: ['*'] } }, 'edge.hosts[0]', 'name the hosts, such as'],
    [{ edge: { ...edge, hosts: ['shop'] } }, 'edge.hosts[0]', 'is no host such as'],
    [{ edge: { ...edge, hosts: ['a.*.com'] } }, 'edge.hosts[0]', 'is no host such as'],
    [{ edge: { ...edge, hosts: ['a.b', 'a.b'] } }, 'edge.hosts[1]', '"a.b" is there twice'],
    [{ edge: { ...edge, hosts: ['a.b.c', '*.b.c'] } }, 'edge.hosts[0]', 'is there twice'],
    [
      { edge: { ...edge, hosts: ['catalog.shop.svc.cluster.local'] } },
      'edge.hosts[0]',
      'takes the service’s own host',
    ],
    [{ edge: { ...edge, hosts: ['*.cluster.local'] } }, 'edge.hosts[0]', 'own host'],
    [
      { edge, routing: { adopt: { virtualService: 'web' } } },
      'edge',
      'is what the adopted VirtualService says',
    ],
    [
      { protocol: 'tcp', routing: { delegate: { virtualService: 'web' } } },
      'protocol',
      'Istio delegates nothing else',
    ],
    [
      { edge, routing: { replicas: { deployment: 'a-{version}', total: 8 } } },
      'edge',
      'has no effect without a mesh',
    ],
    [
      {
        versionHost: 'a-{version}',
        routing: { replicas: { deployment: 'a-{version}', total: 8 } },
      },
      'versionHost',
      'has no effect without a mesh',
    ],
    [{ stable: 'V1', versionHost: 'a-{version}' }, 'stable', '"V1" makes no DNS name'],
  ])('refuses %j, which does not fit together', (change, field, message) => {
    const made = toNewService({ ...catalog, ...change });
    expect(made).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', field } });
    if (!made.ok) expect(made.error.message).toContain(message);
  });
});

describe('toServiceView', () => {
  it('says what was left out', () => {
    expect(viewOf({})).toMatchObject({
      protocol: 'http',
      routing: { managed: {} },
      drift: 'heal',
    });
  });

  it.each([
    [{ protocol: 'tls', versionHost: 'a-{version}', edge, drift: 'hold' }],
    [{ routing: { adopt: { virtualService: 'web', routes: ['all'] } } }],
    [{ routing: { delegate: { virtualService: 'edge/web' } } }],
    [{ routing: { replicas: { deployment: 'a-{version}', total: 3 } } }],
  ])('gives %j so that it can be put again and says the same', (change) => {
    const view = viewOf(change);
    expect(serviceView.parse(view)).toEqual(view);
    const { generation: _g, createdAt: _c, updatedAt: _u, ...document } = view;
    expect(serviceOf(document)).toEqual(serviceOf(change));
  });
});
