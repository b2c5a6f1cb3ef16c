import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import type { HttpRequest } from './mesh.js';
import {
  aDestinationRule,
  aGateway,
  aMesh,
  anObject,
  aService,
  aVirtualService,
  shopHost,
} from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

const edge = 'istio-ingress/edge';
const subset = (name: string): object => ({
  destination: { host: shopHost, subset: name, port: { number: 9080 } },
});

const ask = (objects: readonly MeshObject[], request: Partial<HttpRequest> = {}): Explanation =>
  explain(aMesh([aService(), aDestinationRule(['v1', 'v2']), ...objects]), {
    host: 'shop.example.com',
    path: '/',
    from: { gateway: edge },
    ...request,
  });

const bound = (
  name: string,
  http: readonly object[],
  spec: Readonly<Record<string, unknown>> = {},
  created?: string,
): MeshObject =>
  aVirtualService(
    { hosts: ['shop.example.com'], gateways: [edge], http, ...spec },
    { name, ...(created === undefined ? {} : { created }) },
  );

const path = (prefix: string, name: string): object => ({
  match: [{ uri: { prefix } }],
  route: [subset(name)],
});
const all = (name: string): object => ({ route: [subset(name)] });

describe('binding to a gateway', () => {
  it.each([
    [edge, 'demo'],
    ['edge', 'istio-ingress'],
    ['./edge', 'istio-ingress'],
    ['edge.istio-ingress.svc.cluster.local', 'demo'],
  ])('understands %s in namespace %s', (gateway, namespace) => {
    const spec = { hosts: ['shop.example.com'], gateways: [gateway], http: [all('v1')] };
    expect(inShort(ask([aGateway(), aVirtualService(spec, { namespace })]))).toBe('v1');
  });

  it('takes the gateway to be written: without it, a VirtualService is for the mesh', () => {
    const mesh = aVirtualService({ hosts: ['shop.example.com'], http: [all('v1')] });
    expect(inShort(ask([aGateway(), mesh]))).toBe('404 NR');
  });

  it('takes the hosts of both to meet', () => {
    const server = (hosts: readonly string[]): MeshObject => aGateway({ hosts });
    expect(inShort(ask([server(['*.example.com']), bound('a', [all('v1')])]))).toBe('v1');
    expect(
      inShort(
        ask([server(['shop.example.com']), bound('a', [all('v1')], { hosts: ['*.example.com'] })]),
      ),
    ).toBe('v1');
    expect(inShort(ask([server(['*.other.com']), bound('a', [all('v1')])]))).toBe('404 NR');
  });

  it('serves of a wildcard VirtualService only the names that the server has', () => {
    const objects = [
      aGateway({ hosts: ['shop.example.com'] }),
      bound('a', [all('v1')], { hosts: ['*'] }),
    ];
    expect(inShort(ask(objects, { host: 'cart.example.com' }))).toBe('404 NR');
  });

  it('is for the namespaces that the server names', () => {
    const server = (host: string): MeshObject => aGateway({ hosts: [host] });
    expect(inShort(ask([server('demo/*'), bound('a', [all('v1')])]))).toBe('v1');
    expect(inShort(ask([server('other/*'), bound('a', [all('v1')])]))).toBe('404 NR');
    expect(inShort(ask([server('./*'), bound('a', [all('v1')])]))).toBe('404 NR');
    expect(inShort(ask([server('*/*'), bound('a', [all('v1')])]))).toBe('v1');
  });

  it('takes a VirtualService that is exported to where the gateway runs', () => {
    const own = bound('a', [all('v1')], { exportTo: ['.'] });
    expect(inShort(ask([aGateway(), own]))).toBe('404 NR');
    expect(inShort(ask([aGateway(), own], { from: { gateway: edge, namespace: 'demo' } }))).toBe(
      'v1',
    );
  });
});

describe('several VirtualServices for one public host', () => {
  const old = '2024-01-01T00:00:00Z';
  const young = '2024-06-01T00:00:00Z';

  it('are put one after another, oldest first', () => {
    const objects = [
      aGateway(),
      bound('b', [path('/a', 'v2'), path('/b', 'v2')], {}, young),
      bound('c', [path('/a', 'v1')], {}, old),
    ];
    expect(inShort(ask(objects, { path: '/a' }))).toBe('v1');
    expect(inShort(ask(objects, { path: '/b' }))).toBe('v2');
  });

  it('have their catch-alls moved to the end, the older first', () => {
    const objects = [
      aGateway(),
      bound('a', [all('v1')], {}, old),
      bound('b', [path('/b', 'v2'), all('v2')], {}, young),
    ];
    expect(inShort(ask(objects, { path: '/b' }))).toBe('v2');
    expect(inShort(ask(objects, { path: '/x' }))).toBe('v1');
    expect(ask(objects, { path: '/x' }).because).toContain(
      'VirtualService demo/b is bound to Gateway istio-ingress/edge for shop.example.com.',
    );
  });

  it('do not stand in for each other across hosts: the closest name decides alone', () => {
    const objects = [
      aGateway(),
      bound('a', [path('/a', 'v1')]),
      bound('wide', [all('v2')], { hosts: ['*.example.com'] }),
    ];
    expect(inShort(ask(objects, { path: '/x' }))).toBe('404 NR');
    expect(inShort(ask(objects, { path: '/x', host: 'cart.example.com' }))).toBe('v2');
  });

  it('of two wildcards are those of the longer one', () => {
    const objects = [
      aGateway(),
      bound('a', [all('v1')], { hosts: ['*'] }),
      bound('b', [all('v2')], { hosts: ['*.example.com'] }),
    ];
    expect(inShort(ask(objects))).toBe('v2');
    expect(inShort(ask(objects, { host: 'shop.example.org' }))).toBe('v1');
  });

  it('are compared without case and port', () => {
    const shouting = bound('a', [all('v1')], { hosts: ['Shop.Example.com'] });
    expect(inShort(ask([aGateway(), shouting], { host: 'SHOP.example.com', port: 80 }))).toBe('v1');
    expect(inShort(ask([aGateway(), shouting], { host: 'shop.example.com:80' }))).toBe('v1');
  });
});

describe('what a gateway answers itself', () => {
  it('is 404 when no VirtualService is bound at all', () => {
    expect(ask([aGateway()])).toMatchObject({ kind: 'status', code: 404, flag: 'NR' });
  });

  it('is 404 when no route fits', () => {
    expect(inShort(ask([aGateway(), bound('a', [path('/a', 'v1')])], { path: '/b' }))).toBe(
      '404 NR',
    );
  });

  it('is nothing without a server on the port, or without the Gateway', () => {
    expect(inShort(ask([aGateway(), bound('a', [all('v1')])], { port: 81 }))).toBe('closed');
    expect(inShort(ask([bound('a', [all('v1')])]))).toBe('closed');
  });

  it('is a redirect where the server sends plain requests to https', () => {
    const answer = ask([aGateway({ tls: { httpsRedirect: true } }), bound('a', [all('v1')])]);
    expect(answer).toMatchObject({ kind: 'redirect', to: { status: 301, scheme: 'https' } });
  });
});

describe('the servers of a gateway', () => {
  const https = (hosts: readonly string[]): Readonly<Record<string, unknown>> => ({
    port: { number: 443, name: 'https', protocol: 'HTTPS' },
    tls: { mode: 'SIMPLE', credentialName: 'c' },
    hosts,
  });

  it('with TLS take https and are chosen by SNI', () => {
    const objects = [aGateway(https(['shop.example.com'])), bound('a', [all('v1')])];
    expect(inShort(ask(objects, { scheme: 'https', port: 443 }))).toBe('v1');
    expect(inShort(ask(objects, { port: 443 }))).toBe('v1');
    expect(inShort(ask(objects))).toBe('v1');
    expect(inShort(ask(objects, { port: 443, host: 'cart.example.com' }))).toBe('closed');
    expect(inShort(ask(objects, { port: 443, scheme: 'http' }))).toBe('closed');
  });

  it('of all Gateways that select the same pods share a plain port', () => {
    const other = aGateway({ hosts: ['cart.example.com'] }, { name: 'second', namespace: 'demo' });
    const objects = [
      aGateway({ hosts: ['shop.example.com'] }),
      other,
      bound('a', [all('v2')], { hosts: ['*'], gateways: ['demo/second'] }),
    ];
    expect(inShort(ask(objects, { host: 'cart.example.com' }))).toBe('v2');
    expect(inShort(ask(objects, { host: 'shop.example.com' }))).toBe('404 NR');
  });

  it('compile rules for their own port', () => {
    const rule = { match: [{ port: 8080 }], route: [subset('v2')] };
    const objects = (number: number): readonly MeshObject[] => [
      aGateway({ port: { number, name: 'http', protocol: 'HTTP' } }),
      bound('a', [rule, all('v1')]),
    ];
    expect(inShort(ask(objects(8080)))).toBe('v2');
    expect(inShort(ask(objects(80)))).toBe('v1');
  });
});

describe('a gateway as a client', () => {
  it('has the labels that its Gateway selects, unless told otherwise', () => {
    const rule = { match: [{ sourceLabels: { istio: 'ingress' } }], route: [subset('v2')] };
    const objects = [aGateway(), bound('a', [rule, all('v1')])];
    expect(inShort(ask(objects))).toBe('v2');
    expect(
      inShort(ask(objects, { from: { gateway: edge, labels: { istio: 'ingress', a: 'b' } } })),
    ).toBe('v2');
  });

  it('does not obey a Sidecar', () => {
    const narrow = anObject(
      'Sidecar',
      { egress: [{ hosts: ['~/*'] }] },
      { namespace: 'istio-ingress' },
    );
    expect(inShort(ask([aGateway(), narrow, bound('a', [all('v1')])]))).toBe('v1');
  });

  it('does not obey mesh rules of the service that it sends to', () => {
    const inside = aVirtualService({ http: [all('v2')] });
    const route = [{ destination: { host: shopHost, port: { number: 9080 } } }];
    expect(inShort(ask([aGateway(), inside, bound('a', [{ route }])]))).toBe(shopHost);
  });

  it('is one of two in a VirtualService for mesh and gateway, and each takes its own rules', () => {
    const both = aVirtualService({
      hosts: ['example.org'],
      gateways: ['mesh', edge],
      http: [
        { match: [{ gateways: ['mesh'] }], route: [subset('v1')] },
        { match: [{ gateways: [edge] }], route: [subset('v2')] },
      ],
    });
    const objects = [aGateway(), both];
    expect(inShort(ask(objects, { host: 'example.org' }))).toBe('v2');
    expect(inShort(ask(objects, { host: 'example.org', from: { namespace: 'demo' } }))).toBe('v1');
  });
});
