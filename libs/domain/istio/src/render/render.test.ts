import { describe, expect, it } from '@jest/globals';
import { basisPoints, isDnsLabel, releaseId, version } from '@spillway/kernel';
import fc from 'fast-check';
import { renderDestinationRule, renderVirtualService } from './render.js';
import { routeName } from './routing-name.js';
import {
  generationAnnotation,
  managedByLabel,
  releaseAnnotation,
  routingName,
} from './routing-name.js';
import { aMeshService, aTraffic } from '../testing/index.js';

const host = 'catalog.shop.svc.cluster.local';
const to = (subset: string) => ({ host, subset, port: { number: 8080 } });
const routeAt = (weight: number) =>
  renderVirtualService(aTraffic({ exposure: { weight: basisPoints(weight) } })).spec.http?.[0]
    ?.route;

it('renders a canary as one VirtualService', () => {
  expect(renderVirtualService(aTraffic())).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: {
      namespace: 'shop',
      name: 'catalog-spillway',
      labels: { 'app.kubernetes.io/managed-by': 'spillway' },
      annotations: {
        'spillway.dev/release': '0f3a9c1e-5b7d-4c1a-9d53-2b8f6f0c7a11',
        'spillway.dev/generation': '7',
      },
    },
    spec: {
      hosts: [host],
      gateways: ['mesh'],
      http: [
        {
          name: 'catalog.0f3a9c1e.g7',
          route: [
            { destination: to('v1'), weight: 90 },
            { destination: to('v2'), weight: 10 },
          ],
        },
      ],
    },
  });
});

it('renders the subsets as one DestinationRule in the namespace of the service', () => {
  expect(renderDestinationRule(aTraffic())).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: {
      namespace: 'shop',
      name: 'catalog-spillway',
      labels: { 'app.kubernetes.io/managed-by': 'spillway' },
      annotations: { 'spillway.dev/release': aTraffic().release },
    },
    spec: {
      host,
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
      ],
    },
  });
});

describe('the split', () => {
  it.each([
    ['no weight: one destination without weight', 0, [{ destination: to('v1') }]],
    [
      '0.01 %: basis points',
      1,
      [
        { destination: to('v1'), weight: 9_999 },
        { destination: to('v2'), weight: 1 },
      ],
    ],
    [
      '1 %: percents',
      100,
      [
        { destination: to('v1'), weight: 99 },
        { destination: to('v2'), weight: 1 },
      ],
    ],
    [
      '25.5 %: basis points',
      2_550,
      [
        { destination: to('v1'), weight: 7_450 },
        { destination: to('v2'), weight: 2_550 },
      ],
    ],
    [
      '99.99 %: basis points',
      9_999,
      [
        { destination: to('v1'), weight: 1 },
        { destination: to('v2'), weight: 9_999 },
      ],
    ],
    ['all: one destination without weight', 10_000, [{ destination: to('v2') }]],
  ])('for %s', (_, weight, route) => {
    expect(routeAt(weight)).toEqual(route);
  });

  it('adds up to 100 or to 10,000, has no zero, and needs no weight for a single destination', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (weight) => {
        const route = routeAt(weight) ?? [];
        if (route.length === 1) return expect(route[0]).not.toHaveProperty('weight');
        const weights = route.map((entry) => entry.weight ?? 0);
        expect(weights.every((one) => Number.isInteger(one) && one > 0)).toBe(true);
        expect(weights.reduce((sum, one) => sum + one, 0)).toBe(weight % 100 === 0 ? 100 : 10_000);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the subsets', () => {
  it('are in the order of their names and there once', () => {
    const subsets = ['v2', 'v10', 'v1', 'v2'].map(version);
    const { spec } = renderDestinationRule(aTraffic({ subsets }));
    expect(spec.subsets.map(({ name }) => name)).toEqual(['v1', 'v10', 'v2']);
  });

  it('are told apart by the label of the service', () => {
    const service = aMeshService({ versionLabel: 'app.kubernetes.io/version' });
    const { spec } = renderDestinationRule(aTraffic({ service, subsets: [version('v1')] }));
    expect(spec.subsets).toEqual([{ name: 'v1', labels: { 'app.kubernetes.io/version': 'v1' } }]);
  });

  it('do not change with weight or generation, so that a step is one write', () => {
    const before = renderDestinationRule(aTraffic());
    const after = renderDestinationRule(aTraffic({ exposure: { weight: basisPoints(5_000) } }));
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
  });
});

describe('names', () => {
  it('carry the first block of the release, or all of one that has no blocks', () => {
    expect(routeName(aTraffic())).toBe('catalog.0f3a9c1e.g7');
    expect(routeName(aTraffic({ release: releaseId('r42') }))).toBe('catalog.r42.g7');
  });

  it('are the same for both kinds and are legal in Kubernetes', () => {
    const name = routingName(aMeshService());
    expect(renderVirtualService(aTraffic()).metadata).toMatchObject(name);
    expect(renderDestinationRule(aTraffic()).metadata).toMatchObject(name);
    expect(isDnsLabel(name.name)).toBe(true);
  });

  it('keep clear of istio.io, under which every edit would be a full push', () => {
    for (const key of [releaseAnnotation, generationAnnotation, managedByLabel]) {
      expect(key).not.toContain('istio.io');
    }
  });
});

it('gives the same bytes for the same traffic', () => {
  expect(JSON.stringify(renderVirtualService(aTraffic()))).toBe(
    JSON.stringify(renderVirtualService({ ...aTraffic() })),
  );
});
