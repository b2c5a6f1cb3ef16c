import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { explain } from './explain.js';
import type { HttpRequest, Mesh } from './mesh.js';
import {
  aDestinationRule,
  aMesh,
  anObject,
  aService,
  aVirtualService,
  to,
} from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

const sidecar = (spec: object, circumstances: Parameters<typeof anObject>[2] = {}): MeshObject =>
  anObject('Sidecar', spec, { name: 'egress', namespace: 'client', ...circumstances });

const ask = (
  objects: readonly MeshObject[],
  request: Partial<HttpRequest> = {},
  rest: Omit<Mesh, 'objects' | 'regex'> = {},
): string =>
  inShort(
    explain(
      aMesh(
        [aService([80]), aDestinationRule(['v1']), aService([80], { name: 'cart' }), ...objects],
        rest,
      ),
      {
        host: 'shop.demo',
        path: '/',
        from: { namespace: 'client', labels: { app: 'web' } },
        ...request,
      },
    ),
  );

const registryOnly = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } };
const shop = 'shop.demo.svc.cluster.local';

describe('a host that the registry does not know', () => {
  const stranger = { host: 'example.com' };

  it('is passed through unless a policy says otherwise', () => {
    expect(ask([], stranger)).toBe('passthrough');
    expect(ask([sidecar({ outboundTrafficPolicy: { mode: 'ALLOW_ANY' } })], stranger)).toBe(
      'passthrough',
    );
  });

  it('is answered with 502 under REGISTRY_ONLY on a port that speaks HTTP', () => {
    expect(ask([sidecar(registryOnly)], stranger)).toBe('502');
    expect(ask([], stranger, { outboundTrafficPolicy: 'REGISTRY_ONLY' })).toBe('502');
  });

  it('is cut off under REGISTRY_ONLY on a port where nothing speaks HTTP', () => {
    expect(ask([sidecar(registryOnly)], { ...stranger, port: 4444 })).toBe('closed');
  });

  it('is answered with 502 by a policy without a mode: REGISTRY_ONLY is its zero', () => {
    expect(ask([sidecar({ outboundTrafficPolicy: {} })], stranger)).toBe('502');
  });

  it('follows the mesh where the Sidecar has no policy', () => {
    const silent = sidecar({ egress: [{ hosts: ['*/*'] }] });
    expect(ask([silent], stranger)).toBe('passthrough');
    expect(ask([silent], stranger, { outboundTrafficPolicy: 'REGISTRY_ONLY' })).toBe('502');
  });

  it('is routed once a ServiceEntry allows it', () => {
    const entry = anObject(
      'ServiceEntry',
      { hosts: ['example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] },
      { namespace: 'client' },
    );
    expect(ask([sidecar(registryOnly), entry], stranger)).toBe('example.com');
  });
});

describe('the one Sidecar that applies', () => {
  const blocking = (
    name: string,
    namespace: string,
    spec: object = {},
    created?: string,
  ): MeshObject =>
    sidecar({ ...registryOnly, ...spec }, { name, namespace, ...(created ? { created } : {}) });
  const open = (name: string, namespace: string, spec: object = {}, created?: string): MeshObject =>
    sidecar(
      { egress: [{ hosts: ['*/*'] }], ...spec },
      { name, namespace, ...(created ? { created } : {}) },
    );
  const stranger = { host: 'example.com' };
  const forWeb = { workloadSelector: { labels: { app: 'web' } } };

  it('is the oldest of the namespace that selects the client', () => {
    expect(ask([blocking('a', 'client'), open('b', 'client', forWeb)], stranger)).toBe(
      'passthrough',
    );
    const two = [
      blocking('a', 'client', forWeb, '2024-06-01T00:00:00Z'),
      open('b', 'client', forWeb, '2024-01-01T00:00:00Z'),
    ];
    expect(ask(two, stranger)).toBe('passthrough');
  });

  it('is else the one of the namespace without a selector', () => {
    const other = { workloadSelector: { labels: { app: 'other' } } };
    expect(ask([open('a', 'client', other), blocking('b', 'client')], stranger)).toBe('502');
  });

  it('is else the one of the root namespace, which does not select', () => {
    expect(ask([blocking('r', 'istio-system')], stranger)).toBe('502');
    expect(ask([blocking('r', 'istio-system', forWeb)], stranger)).toBe('passthrough');
    expect(ask([blocking('r', 'istio-system'), open('o', 'client')], stranger)).toBe('passthrough');
  });
});

describe('egress hosts', () => {
  const only = (...hosts: readonly string[]): MeshObject =>
    sidecar({ egress: [{ hosts }], ...registryOnly });

  it('limit what a client knows by namespace and name', () => {
    expect(ask([only('demo/*')])).toBe(shop);
    expect(ask([only(`*/${shop}`)])).toBe(shop);
    expect(ask([only('./*')])).toBe('502');
    expect(ask([only('demo/cart.demo.svc.cluster.local')])).toBe('502');
    expect(ask([only('~/*')])).toBe('502');
  });

  it('filter VirtualServices by the namespace of the VirtualService', () => {
    const route = [{ destination: { host: shop, subset: 'v1', port: { number: 80 } } }];
    const own = aVirtualService({ hosts: [shop], http: [{ route }] }, { namespace: 'client' });
    expect(ask([own, only('demo/*')])).toBe(shop);
    expect(ask([own, only('demo/*', './*')])).toBe('v1');
  });

  it('bring in the destinations of an imported VirtualService', () => {
    const route = [{ destination: { host: 'cart', port: { number: 80 } } }];
    const moved = aVirtualService({ http: [{ route }] });
    expect(ask([moved, only(`demo/${shop}`)])).toBe('cart.demo.svc.cluster.local');
  });

  it('of a listener for a port count instead of the common ones', () => {
    const spec = {
      egress: [
        { port: { number: 80 }, hosts: ['demo/cart.demo.svc.cluster.local'] },
        { hosts: ['*/*'] },
      ],
    };
    expect(ask([sidecar({ ...spec, ...registryOnly })])).toBe('502');
    expect(ask([sidecar({ ...spec, ...registryOnly })], { host: 'cart.demo' })).toBe(
      'cart.demo.svc.cluster.local',
    );
  });
});

describe('what claims a name in the registry', () => {
  const entry = (spec: object): MeshObject =>
    anObject(
      'ServiceEntry',
      { hosts: [shop], ports: [{ number: 81, name: 'http', protocol: 'HTTP' }], ...spec },
      { name: 'copy' },
    );

  it('is a Kubernetes Service before a ServiceEntry', () => {
    expect(ask([entry({})], { port: 81 })).toBe('passthrough');
  });

  it('keeps its own name, even when that is the short form of another', () => {
    const plain = entry({
      hosts: ['shop.demo'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    });
    expect(ask([plain])).toBe('shop.demo');
    expect(ask([plain], { host: 'shop.demo.svc' })).toBe(shop);
  });

  it('gives a short name up to a VirtualService that is written for it', () => {
    const written = aVirtualService({
      hosts: ['shop.demo'],
      http: [{ directResponse: { status: 418 } }],
    });
    expect(ask([written])).toBe('direct 418');
    expect(ask([written], { host: shop })).toBe(shop);
  });

  it('must be exported to the client', () => {
    const hiddenService = aService([80], {
      name: 'till',
      annotations: { 'networking.istio.io/exportTo': '.' },
    });
    expect(ask([hiddenService], { host: 'till.demo' })).toBe('passthrough');
    expect(ask([hiddenService], { host: 'till.demo', from: { namespace: 'demo' } })).toBe(
      'till.demo.svc.cluster.local',
    );
  });
});

describe('destinations that cannot answer', () => {
  const rule = (route: readonly object[]): MeshObject =>
    aVirtualService({ http: [{ name: 'split', route }] });

  it('are 503 NC when the subset does not exist, and the answer keeps the route and says why', () => {
    const mesh = aMesh([aService(), aDestinationRule(['v1']), rule([to('v9')])]);
    const answer = explain(mesh, { host: 'shop', path: '/', from: { namespace: 'demo' } });
    expect(answer).toMatchObject({
      kind: 'status',
      code: 503,
      flag: 'NC',
      origin: { virtualService: { namespace: 'demo', name: 'shop' }, route: 'split', ruleIndex: 0 },
      destinations: [{ subset: 'v9', probability: 1, outcome: { status: 503, flag: 'NC' } }],
    });
    expect(answer.because.at(-1)).toContain(
      'DestinationRule demo/shop is in force for this client and has no subset v9',
    );
  });

  it('keep their share beside destinations that can', () => {
    const mesh = aMesh([aService(), aDestinationRule(['v1']), rule([to('v1', 90), to('v9', 10)])]);
    const answer = explain(mesh, { host: 'shop', path: '/', from: { namespace: 'demo' } });
    expect(answer).toMatchObject({
      kind: 'routed',
      destinations: [
        { subset: 'v1', probability: 0.9 },
        { subset: 'v9', probability: 0.1, outcome: { status: 503, flag: 'NC' } },
      ],
    });
    expect(answer).not.toHaveProperty('destinations.0.outcome');
  });

  it('are 503 NC when no object has the host', () => {
    const gone = [{ destination: { host: 'gone', port: { number: 80 } } }];
    const mesh = aMesh([aService(), rule(gone)]);
    const answer = explain(mesh, { host: 'shop', path: '/', from: { namespace: 'demo' } });
    expect(inShort(answer)).toBe('503 NC');
    expect(answer.because.at(-1)).toContain('gone.demo.svc.cluster.local');
  });

  it('are 503 NC when the port speaks UDP only', () => {
    const udp = aService([{ port: 80, name: 'dns', protocol: 'UDP' }], { name: 'cart' });
    const mesh = aMesh([
      aService(),
      udp,
      rule([{ destination: { host: 'cart', port: { number: 80 } } }]),
    ]);
    const answer = explain(mesh, { host: 'shop', path: '/', from: { namespace: 'demo' } });
    expect(inShort(answer)).toBe('503 NC');
  });

  it('are 503 UH when a ServiceEntry lists endpoints and the subset selects none', () => {
    const entry = anObject('ServiceEntry', {
      hosts: [shop],
      resolution: 'STATIC',
      ports: [{ number: 9080, name: 'http', protocol: 'HTTP' }],
      endpoints: [{ address: '127.0.0.1', labels: { version: 'v1' } }],
    });
    const placed = { name: 'near', labels: { 'topology.istio.io/cluster': 'c1' } };
    const versions = ['v1', 'v2'].map((version) => ({ name: version, labels: { version } }));
    const subsets = aDestinationRule([], { spec: { subsets: [...versions, placed] } });
    const call = (subset: string): string =>
      inShort(
        explain(aMesh([entry, subsets, rule([to(subset)])]), {
          host: 'shop',
          path: '/',
          from: { namespace: 'demo' },
        }),
      );
    expect(call('v1')).toBe('v1');
    expect(call('v2')).toBe('503 UH');
    expect(call('near')).toBe('near');
  });
});
