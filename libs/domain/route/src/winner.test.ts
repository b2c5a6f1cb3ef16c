import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { aDestinationRule, aMesh, aService, aVirtualService, to } from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

const ask = (objects: readonly MeshObject[], host = 'shop', namespace = 'demo'): Explanation =>
  explain(aMesh([aService(), aDestinationRule(['v1', 'v2']), ...objects]), {
    host,
    path: '/',
    port: 9080,
    from: { namespace },
  });

const routing = (
  subset: string,
  circumstances: Parameters<typeof aVirtualService>[1],
  spec: Readonly<Record<string, unknown>> = {},
): MeshObject => aVirtualService({ http: [{ route: [to(subset)] }], ...spec }, circumstances);

const earlier = '2024-01-01T00:00:00Z';
const later = '2024-06-01T00:00:00Z';

describe('several VirtualServices for one mesh host', () => {
  it('do not merge: the oldest routes the whole host', () => {
    const young = routing(
      'v1',
      { name: 'a', created: later },
      {
        http: [{ match: [{ uri: { prefix: '/' }, method: { exact: 'GET' } }], route: [to('v1')] }],
      },
    );
    const old = routing('v2', { name: 'b', created: earlier });
    const answer = ask([young, old]);
    expect(answer).toMatchObject({ kind: 'routed', virtualService: { name: 'b' } });
    expect(answer.because).toContain(
      'VirtualService demo/b routes shop.demo.svc.cluster.local in the mesh, the first of 2 that name it.',
    );
    expect(answer.because.join()).toContain(
      'VirtualService demo/a names shop.demo.svc.cluster.local too and is ignored',
    );
  });

  it('of one age are decided by name, then by namespace', () => {
    const created = earlier;
    expect(
      inShort(ask([routing('v1', { name: 'b', created }), routing('v2', { name: 'a', created })])),
    ).toBe('v2');
    const spec = { hosts: ['shop.demo.svc.cluster.local'] };
    const there = {
      destination: { host: 'shop.demo.svc.cluster.local', subset: 'v2', port: { number: 9080 } },
    };
    const other = routing(
      'v2',
      { namespace: 'adam', created },
      { ...spec, http: [{ route: [there] }] },
    );
    const answer = ask([routing('v1', { namespace: 'demo', created }, spec), other]);
    expect(answer).toMatchObject({ virtualService: { namespace: 'adam' } });
  });

  it('without a timestamp count as older than all others', () => {
    expect(
      inShort(ask([routing('v1', { name: 'a', created: earlier }), routing('v2', { name: 'b' })])),
    ).toBe('v2');
  });

  it('are looked through nearest first: private, exported, public', () => {
    const open = routing('v1', { name: 'a', created: earlier });
    const own = routing('v2', { name: 'b', created: later }, { exportTo: ['.'] });
    expect(inShort(ask([open, own]))).toBe('v2');
  });

  it('count as absent when they have no route for the client, and the next one wins', () => {
    const elsewhere = { http: [{ match: [{ sourceLabels: { app: 'x' } }], route: [to('v1')] }] };
    const idle = routing('v1', { name: 'a', created: earlier }, elsewhere);
    const answer = ask([idle, routing('v2', { name: 'b', created: later })]);
    expect(inShort(answer)).toBe('v2');
    expect(answer.because[0]).toBe(
      'VirtualService demo/a has no route for this client here, so it counts as absent.',
    );
    expect(ask([idle])).toMatchObject({ kind: 'routed', virtualService: null, route: 'default' });
  });
});

describe('wildcard hosts', () => {
  it('give way to the name itself, whatever their age', () => {
    const wide = routing(
      'v1',
      { name: 'a', created: earlier },
      { hosts: ['*.demo.svc.cluster.local'] },
    );
    const answer = ask([wide, routing('v2', { name: 'b', created: later })]);
    expect(inShort(answer)).toBe('v2');
    expect(answer.because.join()).toContain('demo/a names it less closely');
  });

  it('give way to longer wildcards', () => {
    const wide = routing('v1', { name: 'a', created: earlier }, { hosts: ['*.svc.cluster.local'] });
    const near = routing(
      'v2',
      { name: 'b', created: later },
      { hosts: ['*.demo.svc.cluster.local'] },
    );
    expect(inShort(ask([wide, near]))).toBe('v2');
  });

  it('route every service that they cover', () => {
    const wide = routing('v1', { name: 'a' }, { hosts: ['*.demo.svc.cluster.local'] });
    expect(inShort(ask([wide, aService([9080], { name: 'cart' })], 'cart'))).toBe('v1');
  });
});

describe('hosts outside of the registry', () => {
  const route = [{ destination: { host: 'shop', port: { number: 9080 } } }];
  const stranger = aVirtualService(
    { hosts: ['old.example.com'], http: [{ route }] },
    { name: 'old' },
  );
  const from = { namespace: 'demo' };

  it('are routed on port 80 only', () => {
    const mesh = aMesh([aService(), stranger]);
    const ask80 = explain(mesh, { host: 'old.example.com', path: '/', from });
    expect(ask80).toMatchObject({ kind: 'routed', virtualService: { name: 'old' } });
    const ask8080 = explain(mesh, { host: 'old.example.com', path: '/', port: 8080, from });
    expect(ask8080.kind).toBe('passthrough');
  });

  it('may be wildcards, and the longest that covers the name decides', () => {
    const wide = aVirtualService(
      { hosts: ['*.example.com'], http: [{ directResponse: { status: 418 } }] },
      { name: 'wide' },
    );
    const mesh = aMesh([aService(), stranger, wide]);
    const ask80 = (host: string): string => inShort(explain(mesh, { host, path: '/', from }));
    expect(ask80('new.example.com')).toBe('direct 418');
    expect(ask80('old.example.com:80')).toBe('shop.demo.svc.cluster.local');
    expect(ask80('.example.com')).toBe('passthrough');
  });
});

describe('export', () => {
  const elsewhere = (exportTo?: readonly string[]): string =>
    inShort(ask([routing('v2', {}, exportTo ? { exportTo } : {})], 'shop.demo', 'other'));

  it('to everybody is the default', () => {
    expect(elsewhere()).toBe('v2');
    expect(elsewhere(['*'])).toBe('v2');
  });

  it('to named namespaces reaches those only, and the answer says who is not seen', () => {
    expect(elsewhere(['other'])).toBe('v2');
    expect(elsewhere(['third'])).toBe('shop.demo.svc.cluster.local');
    const answer = ask([routing('v2', {}, { exportTo: ['.'] })], 'shop.demo', 'other');
    expect(answer.because).toContain(
      'VirtualService demo/shop names it, but this client does not see it.',
    );
  });
});

describe('the name that a client calls', () => {
  const split = routing('v2', {});

  it.each(['shop', 'shop.demo', 'shop.demo.svc', 'shop.demo.svc.cluster.local', 'SHOP.demo:9080'])(
    '%s means the service to a client in its namespace',
    (host) => {
      expect(inShort(ask([split], host))).toBe('v2');
    },
  );

  it('without its namespace means nothing to clients of other namespaces', () => {
    expect(inShort(ask([split], 'shop', 'other'))).toBe('passthrough');
    expect(inShort(ask([split], 'shop.demo', 'other'))).toBe('v2');
  });

  it("may be the service's address", () => {
    const mesh = aMesh([
      aService([9080], { spec: { clusterIP: '10.96.0.7' } }),
      aDestinationRule(['v2']),
      split,
    ]);
    const answer = explain(mesh, { host: '10.96.0.7', path: '/', from: { namespace: 'demo' } });
    expect(inShort(answer)).toBe('v2');
  });

  it('may be a pod of a headless service, or an ExternalName of it', () => {
    const headless = aService([9080], { spec: { clusterIP: 'None' } });
    const alias = aService([], {
      name: 'kiosk',
      spec: { type: 'ExternalName', externalName: 'shop.demo.svc.cluster.local' },
    });
    const mesh = aMesh([headless, alias, aDestinationRule(['v2']), split]);
    const call = (host: string): string =>
      inShort(explain(mesh, { host, path: '/', port: 9080, from: { namespace: 'demo' } }));
    expect(call('pod-0.shop.demo.svc.cluster.local')).toBe('v2');
    expect(call('kiosk')).toBe('v2');
  });
});

describe('the port that a client calls', () => {
  it('is the one that is asked for, else the one in the host, else the only one, else 80', () => {
    const at = (ports: readonly number[], host: string, port?: number): string =>
      inShort(
        explain(
          aMesh([
            aService(ports),
            ...ports.map((number) =>
              aVirtualService(
                {
                  http: ports.map((one) => ({
                    match: [{ port: one }],
                    directResponse: { status: 200 + one },
                  })),
                },
                { name: `p${number}` },
              ),
            ),
          ]),
          { host, path: '/', from: { namespace: 'demo' }, ...(port === undefined ? {} : { port }) },
        ),
      );
    expect(at([80, 81], 'shop', 81)).toBe('direct 281');
    expect(at([80, 81], 'shop:81')).toBe('direct 281');
    expect(at([81], 'shop')).toBe('direct 281');
    expect(at([80, 81], 'shop')).toBe('direct 280');
  });
});
