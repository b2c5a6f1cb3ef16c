import { describe, expect, test } from '@jest/globals';
import type { KubeObject } from './src/kube-http.js';
import { splitOf, type MeshConfig } from './src/mesh-split.js';
import { podStatus } from './src/workload.js';

const catalog = { namespace: 'shop', name: 'catalog' };
const host = 'catalog.shop.svc.cluster.local';

const pod = (version: string, isReady = true): KubeObject => ({
  metadata: { name: `catalog-${version}`, namespace: 'shop', labels: { app: 'catalog', version } },
  ...podStatus(1, isReady),
});

const routing = (http: readonly object[], createdAt = '2026-01-01T00:00:00Z'): KubeObject => ({
  metadata: { name: 'catalog', namespace: 'shop', creationTimestamp: createdAt },
  spec: { hosts: [host], http },
});

const weighted = (weights: Readonly<Record<string, number>>): object => ({
  route: Object.entries(weights).map(([subset, weight]) => ({
    destination: { host, subset },
    weight,
  })),
});

const subsets = (...names: string[]): KubeObject => ({
  metadata: { name: 'catalog', namespace: 'shop' },
  spec: { host, subsets: names.map((name) => ({ name, labels: { version: name } })) },
});

const config = (change: Partial<MeshConfig>): MeshConfig => ({
  virtualServices: [],
  destinationRules: [subsets('v1', 'v2')],
  pods: [pod('v1'), pod('v2')],
  ...change,
});

describe('a service without routing', () => {
  test('gives every ready Pod the same', () => {
    const pods = [pod('v1'), pod('v1'), pod('v1'), pod('v2'), pod('v2', false)];
    expect(splitOf(catalog, config({ pods }))).toEqual([
      { version: 'v1', part: 0.75 },
      { version: 'v2', part: 0.25 },
    ]);
  });

  test('without Pods has no healthy upstream', () => {
    expect(splitOf(catalog, config({ pods: [] }))).toEqual([{ failure: 'UH', part: 1 }]);
  });
});

describe('a service with routing', () => {
  const split = (virtualService: KubeObject, change: Partial<MeshConfig> = {}) =>
    splitOf(catalog, config({ virtualServices: [virtualService], ...change }));

  test('obeys weights that do not sum to 100', () => {
    expect(split(routing([weighted({ v1: 9_999, v2: 1 })]))).toEqual([
      { version: 'v1', part: 0.9999 },
      { version: 'v2', part: 0.0001 },
    ]);
  });

  test('gives a single destination everything', () => {
    const single = { route: [{ destination: { host, subset: 'v1' } }] };
    expect(split(routing([single]))).toEqual([{ version: 'v1', part: 1 }]);
  });

  test('passes over routes with a match, which these requests do not meet', () => {
    const special = { ...weighted({ v2: 1 }), match: [{ headers: {} }] };
    expect(split(routing([special, weighted({ v1: 1 })]))).toEqual([{ version: 'v1', part: 1 }]);
    expect(split(routing([special]))).toEqual([{ failure: 'NR', part: 1 }]);
  });

  test('fails what goes to a subset that no DestinationRule has', () => {
    const onlyStable = { destinationRules: [subsets('v1')] };
    expect(split(routing([weighted({ v1: 90, v2: 10 })]), onlyStable)).toEqual([
      { version: 'v1', part: 0.9 },
      { failure: 'NC', part: 0.1 },
    ]);
  });

  test('fails what goes to a subset without a ready Pod', () => {
    const pods = [pod('v1'), pod('v2', false)];
    expect(split(routing([weighted({ v1: 90, v2: 10 })]), { pods })).toEqual([
      { version: 'v1', part: 0.9 },
      { failure: 'UH', part: 0.1 },
    ]);
  });

  test('has no split for weights that Envoy refuses', () => {
    expect(split(routing([weighted({ v1: 0, v2: 0 })]))).toBeUndefined();
  });

  test('obeys the older of two', () => {
    const younger = routing([weighted({ v2: 1 })], '2026-01-02T00:00:00Z');
    const virtualServices = [younger, routing([weighted({ v1: 1 })])];
    expect(splitOf(catalog, config({ virtualServices }))).toEqual([{ version: 'v1', part: 1 }]);
  });
});
