import { describe, expect, it } from '@jest/globals';
import { compileRoutes, explain } from './explain.js';
import type { Client } from './mesh.js';
import {
  aDestinationRule,
  aGateway,
  aMesh,
  aService,
  aVirtualService,
  to,
} from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

const subsets = aDestinationRule(['v1', 'v2', 'v3']);
const client = { namespace: 'demo', labels: { app: 'web' } };

const names = (http: readonly object[], from: Client = client, port = 9080): readonly string[] => {
  const mesh = aMesh([aService([9080, 9090]), subsets, aVirtualService({ http })]);
  return compileRoutes(mesh, from, 'shop', port).map(({ route }) => route);
};

const named = (name: string, match?: readonly object[]): object => ({
  name,
  route: [to('v1')],
  ...(match === undefined ? {} : { match }),
});

describe('compiling a VirtualService for one client and port', () => {
  it('emits one route per match block, in order, and appends the name of the block', () => {
    const blocks = [{ name: 'a', uri: { prefix: '/a' } }, { uri: { prefix: '/b' } }];
    expect(names([named('x', blocks), named('y')])).toEqual(['x.a', 'x', 'y']);
  });

  it('stops after the first rule without a match', () => {
    expect(names([named('x'), named('y', [{ uri: { prefix: '/a' } }])])).toEqual(['x']);
  });

  it.each([
    ['prefix /', { uri: { prefix: '/' } }, true],
    ['pattern .*', { uri: { regex: '.*' } }, true],
    ['no uri', {}, true],
    ['prefix / with a method', { uri: { prefix: '/' }, method: { exact: 'GET' } }, false],
    ['prefix / with a header', { headers: { x: {} } }, false],
    ['prefix / with a query parameter', { queryParams: { x: {} } }, false],
    ['prefix / with a JWT claim', { headers: { '@request.auth.claims.x': {} } }, false],
    ['another pattern that fits everything', { uri: { regex: '/.*' } }, false],
  ])('%s takes everything: %#', (_what, match, isCatchAll) => {
    const rest = isCatchAll ? [] : ['y'];
    expect(names([named('x', [match]), named('y')])).toEqual(['x', ...rest]);
  });

  it('drops blocks for another port', () => {
    const rules = [named('a', [{ port: 9080 }]), named('b', [{ port: 9090 }])];
    expect(names(rules)).toEqual(['a']);
    expect(names(rules, client, 9090)).toEqual(['b']);
  });

  it("drops blocks whose sourceLabels or sourceNamespace are not the client's", () => {
    const rules = [
      named('web', [{ sourceLabels: { app: 'web' } }]),
      named('rest', [{ sourceNamespace: 'demo' }]),
    ];
    expect(names(rules)).toEqual(['web']);
    expect(names(rules, { namespace: 'demo' })).toEqual(['rest']);
    expect(names([named('all', [{ sourceNamespace: 'other' }])])).toEqual(['default']);
  });

  it('does not look at sourceLabels and sourceNamespace once a block names gateways', () => {
    const block = { gateways: ['mesh'], sourceLabels: { app: 'other' }, sourceNamespace: 'other' };
    expect(names([named('x', [block])])).toEqual(['x']);
  });

  it('drops blocks for gateways that this proxy is not', () => {
    const rules = [named('edge', [{ gateways: ['istio-ingress/edge'] }]), named('inside')];
    expect(names(rules)).toEqual(['inside']);
    const both = aVirtualService({
      hosts: ['shop', 'shop.example.com'],
      gateways: ['mesh', 'istio-ingress/edge'],
      http: rules,
    });
    const mesh = aMesh([aService(), subsets, aGateway(), both]);
    const routes = compileRoutes(mesh, { gateway: 'istio-ingress/edge' }, 'shop.example.com', 80);
    expect(routes.map(({ route }) => route)).toEqual(['edge']);
  });

  it('gives conditions as data', () => {
    const match = {
      uri: { exact: '/A' },
      ignoreUriCase: true,
      method: { exact: 'GET' },
      withoutHeaders: { X: {} },
    };
    const mesh = aMesh([aService(), subsets, aVirtualService({ http: [named('x', [match])] })]);
    expect(compileRoutes(mesh, client, 'shop', 9080)[0]?.conditions).toEqual({
      path: { match: { kind: 'exact', value: '/A' }, ignoreCase: true },
      headers: [
        { name: 'x', match: { kind: 'present' }, inverted: true },
        { name: ':method', match: { kind: 'exact', value: 'GET' }, inverted: false },
      ],
      query: [],
      claims: [],
    });
  });

  it('is told why a block is not sent to the client', () => {
    const mesh = aMesh([
      aService(),
      subsets,
      aVirtualService({
        http: [named('x', [{ sourceLabels: { app: 'other' } }]), named('y'), named('z')],
      }),
    ]);
    const answer = explain(mesh, { host: 'shop', path: '/', from: client });
    expect(inShort(answer)).toBe('v1');
    expect(
      answer.considered.map(({ route, matched, because }) => [route, matched, because]),
    ).toEqual([
      ['x', false, 'not sent to this proxy: it is for clients labelled app=other'],
      ['y', true, 'all of its conditions hold'],
    ]);
  });

  it('knows no routes of a host that the client does not know', () => {
    expect(compileRoutes(aMesh([]), client, 'nobody', 80)).toEqual([]);
  });
});

describe('the port of a destination', () => {
  const routed = (ports: readonly number[], destination: object, port: number): unknown => {
    const target = aService(ports, { name: 'cart' });
    const rule = aVirtualService({
      http: [{ route: [{ destination: { host: 'cart', ...destination } }] }],
    });
    const answer = explain(aMesh([aService([9080, 9090]), target, rule]), {
      host: 'shop',
      path: '/',
      port,
      from: client,
    });
    return answer.kind === 'routed' ? answer.destinations[0]?.port : inShort(answer);
  };

  it('is the one that is written', () => {
    expect(routed([1, 2], { port: { number: 2 } }, 9080)).toBe(2);
  });

  it('is else the only one of the service', () => {
    expect(routed([1], {}, 9080)).toBe(1);
  });

  it('is else the one that was called', () => {
    expect(routed([9080, 9090], {}, 9090)).toBe(9090);
  });

  it('that the service does not have leads nowhere', () => {
    expect(routed([1, 2], {}, 9080)).toBe('503 NC');
  });
});
