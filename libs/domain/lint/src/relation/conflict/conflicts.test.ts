import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { anObject, brief } from '../../testing/an-object.js';
import { aGateway, aPod, aVirtualService } from '../../testing/mesh.js';
import { lintRelations } from '../lint-relations.js';

const lint = (...objects: readonly MeshObject[]): readonly string[] =>
  brief(lintRelations(objects));

const claim = (place: string, host: string, exportTo?: readonly string[]): MeshObject =>
  aVirtualService(place, host, [host], exportTo === undefined ? {} : { exportTo });

describe('VirtualServices for one host in the mesh', () => {
  it('conflict however the host is written, and each is named', () => {
    expect(
      lint(claim('shop/a', 'catalog'), claim('far/b', 'catalog.shop.svc.cluster.local')),
    ).toEqual([
      'HOST_CONFLICT VirtualService/a spec.hosts[0]',
      'HOST_CONFLICT VirtualService/b spec.hosts[0]',
    ]);
  });

  it('have a winner: the oldest, then the first by name', () => {
    const aged = (place: string, creationTimestamp: string): MeshObject => {
      const { metadata, ...rest } = claim(place, 'catalog');
      return { ...rest, metadata: { ...metadata, creationTimestamp } };
    };
    const [young, old] = [
      aged('shop/a', '2026-02-01T00:00:00Z'),
      aged('shop/b', '2026-01-01T00:00:00Z'),
    ];
    expect(lintRelations([young, old])[0]?.message).toContain('shop/b is the oldest and wins');
  });

  it('live side by side in different namespaces and for different clients', () => {
    expect(lint(claim('shop/a', 'catalog'), claim('far/b', 'catalog'))).toEqual([]);
    expect(
      lint(claim('shop/a', 'x.test', ['.']), claim('far/b', 'x.test', ['.', 'third'])),
    ).toEqual([]);
  });

  it('conflict if one client sees both', () => {
    expect(lint(claim('shop/a', 'x.test', ['.']), claim('far/b', 'x.test'))).toHaveLength(2);
    expect(lint(claim('shop/a', 'x.test', ['z']), claim('far/b', 'x.test', ['z']))).toHaveLength(2);
  });

  it('do not conflict by a wildcard, unless it is exported to others', () => {
    expect(lint(claim('shop/a', '*.test'), claim('shop/b', 'x.test'))).toEqual([]);
    expect(lint(claim('shop/a', '*.test'), claim('shop/b', 'x.test', ['.']))).toEqual([
      'HOST_OVERLAP VirtualService/a spec.hosts[0]',
      'HOST_OVERLAP VirtualService/b spec.hosts[0]',
    ]);
  });

  it('do not conflict at different places: delegates, and rules at gateways only', () => {
    const atEdge = aVirtualService('shop/edge', 'catalog', ['catalog'], { gateways: ['edge/web'] });
    const delegate = anObject('VirtualService', 'shop/leaf', {
      http: [{ delegate: { name: 'x' } }],
    });
    const findings = lint(claim('shop/a', 'catalog'), atEdge, delegate);
    expect(findings.filter((line) => line.startsWith('HOST'))).toEqual([]);
  });
});

describe('VirtualServices for one host on one Gateway', () => {
  const bound = (name: string, match?: object): MeshObject =>
    anObject('VirtualService', `shop/${name}`, {
      hosts: ['x.test'],
      gateways: ['edge/web'],
      http: [{ ...(match === undefined ? {} : { match: [match] }), route: [] }],
    });

  it('are strung together, so only one may have a default', () => {
    expect(lint(bound('a', { uri: { prefix: '/a' } }), bound('b'))).toEqual([]);
    expect(lint(bound('a'), bound('b'))).toEqual([
      'GATEWAY_DEFAULT_CONFLICT VirtualService/a spec.http[0]',
      'GATEWAY_DEFAULT_CONFLICT VirtualService/b spec.http[0]',
    ]);
  });
});

describe('Gateways of the same pods', () => {
  const conflict = (left: MeshObject, right: MeshObject): readonly string[] => lint(left, right);

  it.each([
    ['the same host', ['a.test']],
    ['a wildcard that covers it', ['*.test']],
    ['all hosts', ['*']],
    ['the host for its namespace', ['edge/a.test']],
  ])('conflict if both serve %s', (_, hosts) => {
    expect(conflict(aGateway('edge/a', ['a.test']), aGateway('edge/b', hosts))).toEqual([
      'GATEWAY_CONFLICT Gateway/a spec.servers[0]',
      'GATEWAY_CONFLICT Gateway/b spec.servers[0]',
    ]);
  });

  const port = { number: 81, name: 'http', protocol: 'HTTP' };
  it.each([
    ['other hosts', ['b.test'], {}],
    ['another port', [], { servers: [{ port, hosts: ['a.test'] }] }],
    [
      'another address',
      [],
      { servers: [{ port: { ...port, number: 80 }, bind: '10.0.0.1', hosts: ['a.test'] }] },
    ],
    ['other pods', ['a.test'], { selector: { istio: 'other' } }],
    ['the host for another namespace', ['x/a.test'], {}],
  ])('do not conflict with %s', (_, hosts, rest) => {
    expect(conflict(aGateway('edge/a', ['y/a.test']), aGateway('edge/b', hosts, rest))).toEqual([]);
  });

  it('are the same by different selectors, if pods say so', () => {
    const gateways = [
      aGateway('edge/a', ['a.test']),
      aGateway('edge/b', ['a.test'], { selector: { app: 'gw' } }),
    ];
    expect(lint(...gateways)).toEqual([]);
    expect(lint(...gateways, aPod('edge/gw', { istio: 'ingressgateway', app: 'gw' }))).toHaveLength(
      2,
    );
  });
});

describe('Sidecars and Telemetries of a namespace', () => {
  const sidecar = (place: string, labels?: object): MeshObject =>
    anObject('Sidecar', place, labels === undefined ? {} : { workloadSelector: { labels } });

  it('have at most one without a selector', () => {
    expect(lint(sidecar('shop/a'), sidecar('shop/b'), sidecar('far/c'))).toEqual([
      'SIDECAR_DUPLICATE_DEFAULT Sidecar/a',
      'SIDECAR_DUPLICATE_DEFAULT Sidecar/b',
    ]);
    const [one, two] = [anObject('Telemetry', 'shop/a', {}), anObject('Telemetry', 'shop/b', {})];
    expect(lint(one, two).map((line) => line.split(' ')[0])).toEqual([
      'TELEMETRY_DUPLICATE_DEFAULT',
      'TELEMETRY_DUPLICATE_DEFAULT',
    ]);
  });

  it('do not choose the same pod twice', () => {
    const pods = [aPod('shop/x', { app: 'x', tier: 'web' }), aPod('shop/y', { app: 'y' })];
    const byApp = sidecar('shop/a', { app: 'x' });
    expect(lint(...pods, byApp, sidecar('shop/b', { tier: 'web' }))).toEqual([
      'SIDECAR_OVERLAP Sidecar/a spec.workloadSelector.labels',
      'SIDECAR_OVERLAP Sidecar/b spec.workloadSelector.labels',
    ]);
    expect(lint(...pods, byApp, sidecar('shop/b', { app: 'y' }), sidecar('shop/c'))).toEqual([]);
  });

  it('are compared by their labels where no pods are known', () => {
    expect(lint(sidecar('shop/a', { app: 'x' }), sidecar('shop/b', { app: 'x' }))).toHaveLength(2);
    expect(lint(sidecar('shop/a', { app: 'x' }), sidecar('shop/b', { app: 'y' }))).toEqual([]);
  });

  it('do not compete where a Telemetry is for a target', () => {
    const targeted = anObject('Telemetry', 'shop/b', {
      targetRefs: [{ kind: 'Service', name: 'a' }],
    });
    expect(lint(anObject('Telemetry', 'shop/a', {}), targeted)).toEqual([]);
  });
});
