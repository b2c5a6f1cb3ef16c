import { expect, it } from '@jest/globals';
import { basisPoints, clusterName } from '@spillway/kernel';
import fc from 'fast-check';
import type { Cluster, Labels } from './cluster.js';
import { tolerates } from './tolerance.js';
import { planWaves, type WaveSelector } from './waves.js';

const cluster = (name: string, labels: Labels = {}): Cluster => ({
  name: clusterName(name),
  labels,
});
const named = (...names: string[]): WaveSelector => ({
  kind: 'names',
  names: names.map(clusterName),
});
const labelled = (labels: Labels): WaveSelector => ({ kind: 'labels', labels });
const rest: WaveSelector = { kind: 'rest' };

const eu1 = cluster('eu-1', { region: 'eu', env: 'live' });
const eu2 = cluster('eu-2', { region: 'eu', env: 'test' });
const us1 = cluster('us-1', { region: 'us', env: 'live' });
const all = [us1, eu2, eu1];

/** The clusters of each wave. */
function wavesOf(clusters: readonly Cluster[], selectors: readonly WaveSelector[]) {
  const planned = planWaves(clusters, selectors);
  return planned.ok ? planned.value.map((wave) => wave.clusters) : planned.error;
}

it.each<[string, readonly WaveSelector[], readonly (readonly string[])[]]>([
  ['one wave of all, by name', [rest], [['eu-1', 'eu-2', 'us-1']]],
  ['names first, then the rest', [named('us-1'), rest], [['us-1'], ['eu-1', 'eu-2']]],
  [
    'labels that must all be equal',
    [labelled({ region: 'eu', env: 'live' }), rest],
    [['eu-1'], ['eu-2', 'us-1']],
  ],
  [
    'a cluster that two match in the earlier',
    [labelled({ env: 'live' }), labelled({ region: 'eu' })],
    [['eu-1', 'us-1'], ['eu-2']],
  ],
  ['a cluster named twice once', [named('eu-1', 'eu-1'), rest], [['eu-1'], ['eu-2', 'us-1']]],
  ['two at once', [{ ...rest, atOnce: 2 }], [['eu-1', 'eu-2'], ['us-1']]],
  [
    'half of them at once, and never more than that',
    [{ ...rest, atOnce: { share: basisPoints(5_000) } }],
    [['eu-1'], ['eu-2'], ['us-1']],
  ],
  [
    'one in any case',
    [named('us-1'), { ...rest, atOnce: { share: basisPoints(1) } }],
    [['us-1'], ['eu-1'], ['eu-2']],
  ],
])('plans %s', (_, selectors, waves) => {
  expect(wavesOf(all, selectors)).toEqual(waves);
});

it('says of which selector each wave came', () => {
  const selectors = [named('us-1'), { ...rest, atOnce: 1 }];
  expect(planWaves(all, selectors)).toMatchObject({ value: [{ of: 0 }, { of: 1 }, { of: 1 }] });
});

it.each<[string, readonly WaveSelector[], object]>([
  [
    'a name that the service is not in',
    [rest, named('eu-1', 'mars')],
    { code: 'UNKNOWN_CLUSTER', message: expect.stringContaining('"mars"'), field: 'waves[1]' },
  ],
  [
    'a wave without a cluster',
    [labelled({ region: 'mars' }), rest],
    { code: 'NO_CLUSTER_SELECTED', message: 'Wave 1 selects no cluster.', field: 'waves[0]' },
  ],
  [
    'a wave that earlier ones emptied',
    [rest, named('eu-1')],
    { code: 'NO_CLUSTER_SELECTED', field: 'waves[1]' },
  ],
  [
    'clusters in no wave',
    [named('eu-1')],
    { code: 'NO_CLUSTER_SELECTED', message: 'No wave takes eu-2, us-1.', field: 'waves' },
  ],
])('refuses %s', (_, selectors, error) => {
  expect(planWaves(all, selectors)).toMatchObject({ ok: false, error });
});

it('says what may be named when nothing may', () => {
  expect(planWaves([], [named('eu-1')])).toMatchObject({
    ok: false,
    error: { next: expect.stringContaining('(none)') },
  });
});

it('orders names the same in every language that a process may speak', () => {
  const names = ['b', 'a-b', 'ab', 'a', 'z1', 'z-1', 'ä'];
  const waves = wavesOf(
    names.map((name) => cluster(name)),
    [rest],
  );
  expect(waves).toEqual([[...names].sort()]);
});

const aCluster = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e').map(clusterName),
  labels: fc.dictionary(fc.constantFrom('region', 'env'), fc.constantFrom('x', 'y')),
});
const aSelector: fc.Arbitrary<WaveSelector> = fc.oneof(
  fc.constant(rest),
  fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
    .map((names) => named(...names)),
  fc.dictionary(fc.constantFrom('region', 'env'), fc.constantFrom('x', 'y')).map(labelled),
);

const someWaves = fc
  .record({ selector: aSelector, atOnce: fc.option(fc.integer({ min: 1, max: 3 })) })
  .map(({ selector, atOnce }): WaveSelector => {
    return atOnce === null ? selector : { ...selector, atOnce };
  });
const mostOf = (selector: WaveSelector | undefined): number =>
  typeof selector?.atOnce === 'number' ? selector.atOnce : Infinity;

it('puts every cluster into exactly one wave, and leaves no wave empty, or refuses', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(aCluster, { selector: ({ name }) => name }),
      fc.array(someWaves, { maxLength: 4 }),
      (clusters, selectors) => {
        const waves = planWaves(clusters, selectors);
        if (!waves.ok) return;
        const placed = waves.value.flatMap((wave) => wave.clusters);
        expect(placed.sort()).toEqual(clusters.map(({ name }) => name).sort());
        for (const wave of waves.value) {
          expect(wave.clusters.length).toBeGreaterThan(0);
          expect(wave.clusters.length).toBeLessThanOrEqual(mostOf(selectors[wave.of]));
        }
        expect(planWaves([...clusters].reverse(), selectors)).toEqual(waves);
      },
    ),
    { numRuns: 2_000 },
  );
});

it.each([
  [0, 0, true],
  [1, 0, false],
  [1, 1, true],
  [2, 1, false],
])('with %d clusters lost where %d may be, goes on: %s', (lost, allowed, may) => {
  const names = ['a', 'b'].slice(0, lost).map(clusterName);
  expect(tolerates(names, allowed)).toBe(may);
});
