import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { anObject, brief } from '../../testing/an-object.js';
import { aDestinationRule, aGateway, aPod, aService, aVirtualService } from '../../testing/mesh.js';
import { lintRelations } from '../lint-relations.js';

const catalog = aService('shop/catalog');
const lint = (...objects: readonly MeshObject[]): readonly string[] =>
  brief(lintRelations(objects));
const host = (name: string): readonly MeshObject[] => [
  catalog,
  aVirtualService('shop/vs', 'catalog', [name]),
];

describe('the host of a destination', () => {
  it.each(['catalog', 'catalog.shop.svc.cluster.local'])('may be written %s', (name) => {
    expect(lint(...host(name))).toEqual([]);
  });

  it.each(['katalog', 'catalog.shop', 'catalog.other.svc.cluster.local'])('is not %s', (name) => {
    expect(lint(...host(name))).toEqual([
      'HOST_NOT_FOUND VirtualService/vs spec.http[0].route[0].destination.host',
    ]);
  });

  it('is told in full where half a name is written', () => {
    expect(lintRelations(host('catalog.shop'))).toMatchObject([
      {
        istio: 'IST0101',
        next: 'Write the whole name if catalog.shop.svc.cluster.local is meant.',
      },
    ]);
  });

  it('is that of the domain of the cluster', () => {
    const objects = host('catalog.shop.svc.my.corp');
    expect(lintRelations(objects)).toHaveLength(1);
    expect(lintRelations(objects, { domain: 'my.corp' })).toEqual([]);
  });

  it('may be one of a ServiceEntry, also by a wildcard', () => {
    const entry = anObject('ServiceEntry', 'shop/web', { hosts: ['*.example.com', 'a.test'] });
    const route = (name: string): MeshObject => aVirtualService('shop/vs', 'catalog', [name]);
    expect(lint(catalog, entry, route('www.example.com'))).toEqual([]);
    expect(lint(catalog, entry, route('a.test'))).toEqual([]);
    expect(lint(catalog, entry, route('b.test'))).toHaveLength(1);
  });

  it('must be exported to the namespace of the rule', () => {
    const entry = anObject('ServiceEntry', 'other/web', { hosts: ['a.test'], exportTo: ['.'] });
    const hidden = anObject(
      'Service',
      'other/pay',
      { ports: [] },
      {
        annotations: { 'networking.istio.io/exportTo': 'bank, .' },
      },
    );
    const route = aVirtualService('shop/vs', 'catalog', ['a.test', 'pay.other.svc.cluster.local']);
    expect(lintRelations([catalog, entry, hidden, route]).map(({ message }) => message)).toEqual([
      'The host a.test is not exported to the namespace shop.',
      'The host pay.other.svc.cluster.local is not exported to the namespace shop.',
    ]);
  });

  it('is wanted of mirrors as well', () => {
    const http = [
      { route: [{ destination: { host: 'catalog' } }], mirror: { host: 'a' } },
      { route: [{ destination: { host: 'catalog' } }], mirrors: [{ destination: { host: 'b' } }] },
    ];
    expect(lint(catalog, aVirtualService('shop/vs', 'catalog', [], { http }))).toEqual([
      'MIRROR_HOST_NOT_FOUND VirtualService/vs spec.http[0].mirror.host',
      'MIRROR_HOST_NOT_FOUND VirtualService/vs spec.http[1].mirrors[0].destination.host',
    ]);
  });

  it('is wanted of tcp and tls rules as well', () => {
    const route = [{ destination: { host: 'nowhere', port: { number: 1 } } }];
    const spec = { hosts: ['db'], tcp: [{ route }], tls: [{ route }] };
    const db = aService('shop/db', [{ name: 'tcp', port: 1 }]);
    expect(lint(db, anObject('VirtualService', 'shop/vs', spec))).toEqual([
      'HOST_NOT_FOUND VirtualService/vs spec.tls[0].route[0].destination.host',
      'HOST_NOT_FOUND VirtualService/vs spec.tcp[0].route[0].destination.host',
    ]);
  });
});

describe('the port of a destination', () => {
  const two = aService('shop/two', [
    { name: 'http', port: 80 },
    { name: 'http-admin', port: 81 },
  ]);
  const route = (name: string, port?: number): MeshObject =>
    aVirtualService('shop/vs', name, [
      { destination: { host: name, ...(port === undefined ? {} : { port: { number: port } }) } },
    ]);

  it('may be left out where the host has one', () => {
    expect(lint(catalog, route('catalog'))).toEqual([]);
  });

  it('must be named where the host has several', () => {
    expect(lint(two, route('two'))).toEqual([
      'PORT_REQUIRED VirtualService/vs spec.http[0].route[0].destination.port',
    ]);
    expect(lint(two, route('two', 81))).toEqual([]);
  });

  it('must be one of the host', () => {
    expect(lintRelations([catalog, route('catalog', 8080)])).toMatchObject([
      { code: 'PORT_NOT_FOUND', istio: 'IST0101', message: expect.stringContaining('has 80') },
    ]);
  });
});

describe('a host that several have', () => {
  it('is that of the exact one before that of a wildcard', () => {
    const entry = (name: string, host: string, number: number): MeshObject =>
      anObject('ServiceEntry', `shop/${name}`, {
        hosts: [host],
        ports: [{ number, protocol: 'HTTP' }],
      });
    const destination = { host: 'a.test', port: { number: 80 } };
    const route = aVirtualService('shop/vs', 'a.test', [{ destination }]);
    expect(lint(entry('wide', '*.test', 80), entry('exact', 'a.test', 81), route)).toEqual([
      'PORT_NOT_FOUND VirtualService/vs spec.http[0].route[0].destination.port',
    ]);
  });
});

describe('the subset of a destination', () => {
  const rule = aDestinationRule('shop/rule', 'catalog', ['v1']);

  it('is defined by any DestinationRule of the host', () => {
    const far = aDestinationRule('far/rule', 'catalog.shop.svc.cluster.local', ['v2']);
    const route = aVirtualService('shop/vs', 'catalog', ['catalog v1', 'catalog v2']);
    expect(lint(rule, far, route).filter((line) => line.startsWith('SUBSET_NOT'))).toEqual([]);
  });

  it('is not one that no DestinationRule defines, whatever its weight', () => {
    const destination = { host: 'catalog', subset: 'v9' };
    const http = [
      { route: [{ destination, weight: 0 }, { destination: { host: 'catalog', subset: 'v1' } }] },
      { route: [{ destination: { host: 'catalog', subset: 'v1' } }], mirror: destination },
    ];
    expect(lint(catalog, rule, aVirtualService('shop/vs', 'catalog', [], { http }))).toEqual([
      'SUBSET_NOT_FOUND VirtualService/vs spec.http[0].route[0].destination.subset',
      'MIRROR_SUBSET_NOT_FOUND VirtualService/vs spec.http[1].mirror.subset',
    ]);
  });
});

describe('the gateways of a VirtualService', () => {
  const gateway = aGateway('edge/web', ['shop/*.example.com', 'other.test']);
  const bound = (name: string, host: string, namespace = 'shop'): MeshObject =>
    anObject('VirtualService', `${namespace}/vs`, { hosts: [host], gateways: [name] });

  it.each(['edge/web', 'web.edge.svc.cluster.local'])('are found as %s', (name) => {
    expect(lint(gateway, bound(name, 'a.example.com'))).toEqual([]);
  });

  it.each(['web', 'edge/none', './web'])('are not found as %s', (name) => {
    expect(lint(gateway, bound(name, 'a.example.com'))).toEqual([
      'GATEWAY_NOT_FOUND VirtualService/vs spec.gateways[0]',
    ]);
  });

  it('serve one of its hosts', () => {
    const missed = 'HOST_NOT_IN_GATEWAY VirtualService/vs spec.gateways[0]';
    expect(lint(gateway, bound('edge/web', '*.example.com'))).toEqual([]);
    expect(lint(gateway, bound('edge/web', 'example.com'))).toEqual([missed]);
    expect(lint(gateway, bound('edge/web', 'other.test', 'far'))).toEqual([]);
    expect(lint(gateway, bound('edge/web', 'a.example.com', 'far'))).toEqual([missed]);
  });

  it('are not those that Istio makes of the Gateway API', () => {
    const name = 'edge/web-istio-autogenerated-k8s-gateway-http';
    expect(lint(bound(name, 'a.test'))).toEqual([
      'INTERNAL_GATEWAY VirtualService/vs spec.gateways[0]',
    ]);
  });
});

describe('the host that a rule is for', () => {
  it('is known to a DestinationRule, or is a wildcard', () => {
    const rules = ['catalog', '*.nowhere', 'nowhere'].map((name, index) =>
      aDestinationRule(`shop/rule${index}`, name, ['v1']),
    );
    expect(lint(catalog, ...rules)).toEqual(['RULE_HOST_UNKNOWN DestinationRule/rule2 spec.host']);
  });

  it('is known to a VirtualService in the mesh, or is served on port 80 only', () => {
    expect(lint(catalog, aVirtualService('shop/vs', 'www.shop.test', ['catalog']))).toEqual([
      'HOST_NOT_IN_REGISTRY VirtualService/vs spec.hosts[0]',
    ]);
    const both = { gateways: ['mesh', 'edge/web'] };
    expect(lint(catalog, aVirtualService('shop/vs', 'www.shop.test', ['catalog'], both))).toEqual(
      [],
    );
  });
});

describe('a selector', () => {
  const pod = aPod('edge/gw-0', { istio: 'ingressgateway' });
  const select = (kind: string, namespace: string, app: string): MeshObject =>
    anObject(
      kind,
      `${namespace}/one`,
      kind === 'Sidecar'
        ? { workloadSelector: { labels: { app } } }
        : { selector: { matchLabels: { app } } },
    );

  it('of a Gateway matches a pod of any namespace', () => {
    expect(lint(pod, aGateway('shop/web', ['a.test']))).toEqual([]);
    expect(lint(pod, aGateway('shop/web', ['a.test'], { selector: { istio: 'none' } }))).toEqual([
      'GATEWAY_SELECTS_NO_POD Gateway/web spec.selector',
    ]);
  });

  it('of a Sidecar or a Telemetry matches a pod of its own namespace', () => {
    const pods = [pod, aPod('shop/a', { app: 'a' })];
    expect(lint(...pods, select('Sidecar', 'shop', 'a'), select('Telemetry', 'shop', 'a'))).toEqual(
      [],
    );
    expect(lint(...pods, select('Sidecar', 'edge', 'a'), select('Telemetry', 'edge', 'a'))).toEqual(
      [
        'SIDECAR_SELECTS_NO_POD Sidecar/one spec.workloadSelector.labels',
        'TELEMETRY_SELECTS_NO_POD Telemetry/one spec.selector.matchLabels',
      ],
    );
  });

  it('of the root namespace matches a pod of any', () => {
    const pods = [aPod('shop/a', { app: 'a' })];
    expect(lint(...pods, select('Telemetry', 'istio-system', 'a'))).toEqual([]);
    expect(lint(...pods, select('Telemetry', 'istio-system', 'b'))).toHaveLength(1);
  });

  it('matches what a Deployment would make', () => {
    const template = { metadata: { labels: { app: 'a' } } };
    const deployment = anObject('Deployment', 'shop/a', { template });
    expect(lint(deployment, select('Sidecar', 'shop', 'a'))).toEqual([]);
    expect(lint(deployment, select('Sidecar', 'shop', 'b'))).toHaveLength(1);
  });
});
