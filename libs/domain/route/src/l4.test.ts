import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { explain, explainTcp } from './explain.js';
import type { TcpRequest } from './mesh.js';
import {
  aDestinationRule,
  aGateway,
  aMesh,
  aService,
  aVirtualService,
  shopHost,
} from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

const from = { namespace: 'demo', labels: { app: 'web' } };
const dest = (subset: string, weight?: number): object => ({
  destination: { host: 'shop', subset },
  ...(weight === undefined ? {} : { weight }),
});
const subsets = aDestinationRule(['v1', 'v2']);
const tcpService = aService([{ port: 9000, name: 'tcp-echo' }]);
const tlsService = aService([{ port: 9443, name: 'tls-shop' }]);

const connect = (objects: readonly MeshObject[], request: Partial<TcpRequest> = {}): string =>
  inShort(explainTcp(aMesh([subsets, ...objects]), { port: 9000, host: 'shop', from, ...request }));

describe('tcp rules', () => {
  const rule = (tcp: readonly object[], more: object = {}): MeshObject =>
    aVirtualService({ tcp, ...more });

  it('split by weight as http rules do', () => {
    expect(connect([tcpService, rule([{ route: [dest('v1', 80), dest('v2', 20)] }])])).toBe(
      'v1 0.8, v2 0.2',
    );
    expect(connect([tcpService, rule([{ route: [dest('v2', 0)] }])])).toBe('v2');
  });

  it('are taken in order by port, client and gateway', () => {
    const rules = rule([
      { match: [{ port: 1 }], route: [dest('v1')] },
      { match: [{ sourceLabels: { app: 'other' } }], route: [dest('v1')] },
      { match: [{ gateways: ['istio-ingress/edge'] }], route: [dest('v1')] },
      { match: [{ sourceNamespace: 'other' }], route: [dest('v1')] },
      {
        match: [{ port: 9000, gateways: ['mesh'], sourceLabels: { app: 'web' } }],
        route: [dest('v2')],
      },
    ]);
    expect(connect([tcpService, rules])).toBe('v2');
  });

  it('look at source labels even when a block names gateways, unlike http rules', () => {
    const match = [{ gateways: ['mesh'], sourceLabels: { app: 'other' } }];
    expect(connect([tcpService, rule([{ match, route: [dest('v2')] }])])).toBe(shopHost);
  });

  it('leave the service its own route when none fits', () => {
    expect(connect([tcpService, rule([{ match: [{ port: 1 }], route: [dest('v1')] }])])).toBe(
      shopHost,
    );
    expect(connect([tcpService])).toBe(shopHost);
  });

  it('for other addresses do not fit a request that names none', () => {
    const match = [{ destinationSubnets: ['10.0.0.0/8'] }];
    expect(connect([tcpService, rule([{ match, route: [dest('v1')] }])])).toBe(shopHost);
  });

  it('lead to 503 NC in HTTP words when the subset is missing', () => {
    expect(connect([tcpService, rule([{ route: [dest('v9')] }])])).toBe('503 NC');
  });

  it('apply to HTTP requests on a port that is not HTTP by name, and http rules do not', () => {
    const both = rule([{ route: [dest('v2')] }], { http: [{ route: [dest('v1')] }] });
    const mesh = aMesh([subsets, tcpService, both]);
    const answer = explain(mesh, { host: 'shop', path: '/', from });
    expect(inShort(answer)).toBe('v2');
    expect(answer.because[0]).toBe(
      'Port 9000 of shop is not HTTP by its name or appProtocol, so no http rule applies.',
    );
  });

  it('apply to what is no HTTP on a sniffed port, and http rules to what is', () => {
    const sniffed = aService([{ port: 9000, name: 'main' }]);
    const both = rule([{ route: [dest('v2')] }], { http: [{ route: [dest('v1')] }] });
    expect(connect([sniffed, both])).toBe('v2');
    expect(
      inShort(explain(aMesh([subsets, sniffed, both]), { host: 'shop', path: '/', from })),
    ).toBe('v1');
  });

  it('are not asked about hosts that the client does not know', () => {
    expect(connect([tcpService], { host: 'elsewhere' })).toBe('passthrough');
    const mesh = aMesh([tcpService], { outboundTrafficPolicy: 'REGISTRY_ONLY' });
    expect(explainTcp(mesh, { port: 9000, host: 'elsewhere', from }).kind).toBe('closed');
  });
});

describe('tls rules', () => {
  const at = { port: 9443, host: 'shop' };
  const rule = (...tls: readonly (readonly [readonly string[], string])[]): MeshObject =>
    aVirtualService({
      hosts: [shopHost],
      tls: tls.map(([sniHosts, subset]) => ({ match: [{ sniHosts }], route: [dest(subset)] })),
    });

  it('are chosen by the closest SNI, not by order', () => {
    const rules = rule([['*.svc.cluster.local'], 'v1'], [[shopHost], 'v2']);
    expect(connect([tlsService, rules], { ...at, sni: shopHost })).toBe('v2');
    expect(connect([tlsService, rules], { ...at, sni: 'x.svc.cluster.local' })).toBe('v1');
  });

  it('of one SNI are decided by order', () => {
    const rules = rule([[shopHost], 'v1'], [[shopHost], 'v2']);
    expect(connect([tlsService, rules], { ...at, sni: shopHost })).toBe('v1');
  });

  it("replace the service's own route altogether", () => {
    expect(connect([tlsService], { ...at, sni: shopHost })).toBe(shopHost);
    expect(connect([tlsService, rule([[shopHost], 'v2'])], { ...at, sni: 'other' })).toBe('closed');
  });

  it('take an https request by its host', () => {
    const mesh = aMesh([subsets, tlsService, rule([['shop'], 'v2'])]);
    expect(inShort(explain(mesh, { host: 'shop', path: '/', scheme: 'https', from }))).toBe('v2');
  });
});

describe('connections through a gateway', () => {
  const edge = 'istio-ingress/edge';
  const server = (protocol: string, number: number, tls?: object): MeshObject =>
    aGateway({ port: { number, name: 'x', protocol }, hosts: ['*'], ...(tls ? { tls } : {}) });
  const bound = (spec: object): MeshObject =>
    aVirtualService({ hosts: ['*'], gateways: [edge], ...spec });

  it('of TCP servers take the first rule for the port', () => {
    const tcp = [
      { match: [{ port: 1 }], route: [dest('v1')] },
      { match: [{ port: 9000 }], route: [dest('v2')] },
    ];
    const objects = [tcpService, server('TCP', 9000), bound({ tcp })];
    expect(connect(objects, { from: { gateway: edge } })).toBe('v2');
    expect(connect(objects, { from: { gateway: edge }, port: 9001 })).toBe('closed');
  });

  it('without a rule are closed', () => {
    expect(connect([tcpService, server('TCP', 9000)], { from: { gateway: edge } })).toBe('closed');
  });

  it('of passthrough servers are chosen by SNI', () => {
    const tls = [{ match: [{ sniHosts: ['shop.example.com'] }], route: [dest('v2')] }];
    const objects = [
      aService([9443]),
      server('TLS', 9443, { mode: 'PASSTHROUGH' }),
      bound({ hosts: ['shop.example.com'], tls }),
    ];
    const request = { from: { gateway: edge }, port: 9443 };
    expect(connect(objects, { ...request, sni: 'shop.example.com' })).toBe('v2');
    expect(connect(objects, { ...request, sni: 'cart.example.com' })).toBe('closed');
    expect(connect(objects, request)).toBe('closed');
  });
});
