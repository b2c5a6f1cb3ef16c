import { describe, expect, it } from '@jest/globals';
import { basisPoints } from '@spillway/kernel';
import { differences, isSame } from './difference.js';
import { renderDestinationRule, renderVirtualService } from './render/render.js';
import { generationAnnotation, managedByLabel, releaseAnnotation } from './render/routing-name.js';
import { aLiveObject, aTraffic } from './testing/index.js';

const wanted = renderVirtualService(aTraffic());
const rule = renderDestinationRule(aTraffic());
const [route] = wanted.spec.http ?? [];
if (route === undefined) throw new Error('a split has a route');
const withSpec = (change: object) => aLiveObject(wanted, { spec: { ...wanted.spec, ...change } });
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

describe('is no difference', () => {
  it.each([
    ['what was just written', aLiveObject(wanted)],
    ['another order of keys', aLiveObject(wanted, { spec: reversed(wanted.spec) })],
    ['a field of somebody else beside ours', withSpec({ exportTo: ['.'], gateways: ['mesh'] })],
    ['an empty list', withSpec({ tcp: [], tls: null })],
    [
      'an empty field inside a list',
      withSpec({ http: [{ ...route, match: [], timeout: '', headers: { request: {} } }] }),
    ],
    ['another label', aLiveObject(wanted, { labels: { ...wanted.metadata.labels, team: 'shop' } })],
    [
      'another annotation',
      aLiveObject(wanted, { annotations: { ...wanted.metadata.annotations, note: 'x' } }),
    ],
  ])('%s', (_, live) => {
    expect(differences(wanted, live)).toEqual([]);
    expect(isSame(wanted, live)).toBe(true);
  });

  it('an annotation of ours on a DestinationRule, where a write would not take it away', () => {
    const annotations = { ...rule.metadata.annotations, [generationAnnotation]: '3' };
    expect(differences(rule, aLiveObject(rule, { annotations }))).toEqual([]);
  });
});

describe('is a difference', () => {
  const { [managedByLabel]: _label, ...otherLabels } = wanted.metadata.labels;
  it.each([
    [
      'another weight',
      aLiveObject(renderVirtualService(aTraffic({ exposure: { weight: basisPoints(5_000) } }))),
      [
        { path: 'spec.http[0].route[0].weight', live: '50', wanted: '90' },
        { path: 'spec.http[0].route[1].weight', live: '50', wanted: '10' },
      ],
    ],
    [
      'a field more inside a list',
      withSpec({ http: [{ ...route, timeout: '1s' }] }),
      [{ path: 'spec.http[0].timeout', live: '"1s"', wanted: '(absent)' }],
    ],
    [
      'a route more',
      withSpec({ http: [route, { name: 'x' }] }),
      [{ path: 'spec.http[1]', live: '{"name":"x"}', wanted: '(absent)' }],
    ],
    [
      'a route before ours',
      withSpec({ http: [{ ...route, name: 'x' }] }),
      [{ path: 'spec.http[0].name', live: '"x"', wanted: '"catalog.0f3a9c1e.g7"' }],
    ],
    [
      'another type',
      withSpec({ hosts: 'all' }),
      [{ path: 'spec.hosts', live: '"all"', wanted: '["catalog.shop.svc.cluster.local"]' }],
    ],
    [
      'annotations that are gone',
      aLiveObject(wanted, { annotations: {} }),
      [
        {
          path: `metadata.annotations["${releaseAnnotation}"]`,
          live: '(absent)',
          wanted: '"0f3a9c1e-5b7d-4c1a-9d53-2b8f6f0c7a11"',
        },
        {
          path: `metadata.annotations["${generationAnnotation}"]`,
          live: '(absent)',
          wanted: '"7"',
        },
      ],
    ],
    [
      'our label gone',
      aLiveObject(wanted, { labels: otherLabels }),
      [{ path: `metadata.labels["${managedByLabel}"]`, live: '(absent)', wanted: '"spillway"' }],
    ],
  ])('%s, told by its path', (_, live, expected) => {
    expect(differences(wanted, live)).toEqual(expected);
    expect(isSame(wanted, live)).toBe(false);
  });

  it('a spec that is no object', () => {
    const live = { ...aLiveObject(wanted), spec: null };
    expect(differences(wanted, live).map(({ path }) => path)).toEqual(['spec']);
  });

  it('subsets in another order, for the list is written whole', () => {
    const spec = { ...rule.spec, subsets: [...rule.spec.subsets].reverse() };
    expect(isSame(rule, aLiveObject(rule, { spec }))).toBe(false);
  });

  it('a policy that somebody put on a subset', () => {
    const subsets = rule.spec.subsets.map((subset) => ({
      ...subset,
      trafficPolicy: { tls: { mode: 'DISABLE' } },
    }));
    expect(isSame(rule, aLiveObject(rule, { spec: { ...rule.spec, subsets } }))).toBe(false);
  });
});
