import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { anObject, brief } from '../../testing/an-object.js';
import { aDestinationRule, aPod, aService, aVirtualService, to } from '../../testing/mesh.js';
import { lintRelations } from '../lint-relations.js';

const lint = (...objects: readonly MeshObject[]): readonly string[] =>
  brief(lintRelations(objects));

const catalog = aService('shop/catalog');
const v1 = aPod('shop/catalog-1', { app: 'catalog', version: 'v1' });
const rule = (labels: object): MeshObject =>
  anObject('DestinationRule', 'shop/rule', { host: 'catalog', subsets: [{ name: 'v2', labels }] });

describe('a subset', () => {
  const empty = ['SUBSET_SELECTS_NO_POD DestinationRule/rule spec.subsets[0]'];

  it.each<[string, object, readonly string[]]>([
    ['a label that a pod has', { version: 'v1' }, []],
    ['a value that no pod has', { version: 'v2' }, empty],
    ['a label that no pod has', { release: 'v1' }, empty],
    ['no labels', {}, []],
    ['a label that Istio adds to endpoints', { 'topology.istio.io/cluster': 'eu' }, []],
    [
      'an added label and one that no pod has',
      { 'topology.istio.io/cluster': 'eu', version: 'v2' },
      empty,
    ],
  ])('by %s', (_, labels, expected) => {
    expect(lint(catalog, v1, rule(labels))).toEqual(expected);
  });

  it('does not count pods of another Service', () => {
    const other = aPod('shop/pay-1', { app: 'pay', version: 'v2' });
    expect(lint(catalog, v1, other, rule({ version: 'v2' }))).toEqual(empty);
  });

  it('may be of endpoints that a ServiceEntry lists', () => {
    const entry = anObject('ServiceEntry', 'shop/vm', {
      hosts: ['vm.test'],
      endpoints: [{ address: '10.0.0.1', labels: { version: 'v1' } }],
    });
    const rules = aDestinationRule('shop/vm', 'vm.test', ['v1', 'v2']);
    expect(lint(entry, rules)).toEqual([
      'SUBSET_SELECTS_NO_POD DestinationRule/vm spec.subsets[1]',
    ]);
  });

  it('gets no weight before it has pods', () => {
    const rules = aDestinationRule('shop/rule', 'catalog', ['v1', 'v2']);
    const weighted = (weight: number): MeshObject =>
      aVirtualService('shop/vs', 'catalog', [
        { destination: to('catalog v1'), weight: 100 - weight },
        { destination: to('catalog v2'), weight },
      ]);
    const noPod = 'SUBSET_SELECTS_NO_POD DestinationRule/rule spec.subsets[1]';
    expect(lint(catalog, v1, rules, weighted(0))).toEqual([noPod]);
    expect(lint(catalog, v1, rules, weighted(10))).toEqual([
      noPod,
      'WEIGHT_ON_EMPTY_SUBSET VirtualService/vs spec.http[0].route[1].destination',
    ]);
  });
});

describe('the only destination of a rule', () => {
  it('gets all requests, whatever its weight', () => {
    const rules = aDestinationRule('shop/rule', 'catalog', ['v2']);
    const only = aVirtualService('shop/vs', 'catalog', [
      { destination: to('catalog v2'), weight: 0 },
    ]);
    expect(lint(catalog, v1, rules, only)).toContain(
      'WEIGHT_ON_EMPTY_SUBSET VirtualService/vs spec.http[0].route[0].destination',
    );
  });
});

describe('requests through a Gateway', () => {
  const split = aVirtualService('shop/mesh', 'catalog', ['catalog v1']);
  const rules = aDestinationRule('shop/rule', 'catalog', ['v1']);
  const edge = (destination: string, gateways: readonly string[] = ['edge/web']): MeshObject =>
    aVirtualService('shop/edge', 'www.shop.test', [destination], { gateways });

  it('pass by the split of the mesh', () => {
    expect(lint(catalog, rules, split, edge('catalog'))).toEqual([
      'INGRESS_BYPASSES_MESH_RULES VirtualService/edge spec.http[0].route[0].destination',
    ]);
  });

  it('do not where the Gateway’s own rule chooses a subset, or the mesh does not split', () => {
    expect(lint(catalog, rules, split, edge('catalog v1'))).toEqual([]);
    const elsewhere = aVirtualService('shop/mesh', 'shop-front', ['catalog v1']);
    expect(lint(catalog, aService('shop/shop-front'), rules, elsewhere, edge('catalog'))).toEqual(
      [],
    );
    const whole = aVirtualService('shop/mesh', 'catalog', ['catalog']);
    expect(lint(catalog, rules, whole, edge('catalog'))).toEqual([]);
  });
});

describe('a mirror', () => {
  const rules = aDestinationRule('shop/rule', 'catalog', ['v1', 'v2']);
  const mirrored = (subset: string, weight: number, percentage = 100): MeshObject =>
    anObject('VirtualService', 'shop/vs', {
      hosts: ['catalog'],
      http: [
        {
          route: [
            { destination: to('catalog v1'), weight: 100 - weight },
            { destination: to('catalog v2'), weight },
          ],
          mirror: to(`catalog ${subset}`),
          mirrorPercentage: { value: percentage },
        },
      ],
    });

  it.each([
    ['v2', 0, 100, []],
    ['v2', 10, 100, ['MIRROR_TO_ROUTED_DESTINATION VirtualService/vs spec.http[0].mirror']],
    ['v1', 0, 100, ['MIRROR_TO_ROUTED_DESTINATION VirtualService/vs spec.http[0].mirror']],
    ['v2', 10, 0, []],
  ])('to %s, which has %i %% of the requests, at %i %%', (subset, weight, percentage, expected) => {
    expect(lint(catalog, rules, mirrored(subset, weight, percentage))).toEqual(expected);
  });

  it('may be what another rule routes to', () => {
    const http = [
      { match: [{ uri: { prefix: '/a' } }], route: [{ destination: to('catalog v2') }] },
      { route: [{ destination: to('catalog v1') }], mirror: to('catalog v2') },
    ];
    expect(lint(catalog, rules, aVirtualService('shop/vs', 'catalog', [], { http }))).toEqual([]);
  });
});
