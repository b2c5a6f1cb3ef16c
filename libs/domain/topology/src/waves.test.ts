import { expect, it } from '@jest/globals';
import { clusterName } from '@spillway/kernel';
import fc from 'fast-check';
import type { Cluster, ClusterSelector, Labels } from './cluster.js';
import { tolerates } from './tolerance.js';
import { planWaves } from './waves.js';

const cluster = (name: string, labels: Labels = {}): Cluster => ({
  name: clusterName(name),
  labels,
});
const named = (...names: string[]): ClusterSelector => ({
  kind: 'names',
  names: names.map(clusterName),
});
const labelled = (labels: Labels): ClusterSelector => ({ kind: 'labels', labels });
const rest: ClusterSelector = { kind: 'rest' };

const eu1 = cluster('eu-1', { region: 'eu', env: 'live' });
const eu2 = cluster('eu-2', { region: 'eu', env: 'test' });
const us1 = cluster('us-1', { region: 'us', env: 'live' });
const all = [us1, eu2, eu1];

it.each<[string, readonly ClusterSelector[], readonly (readonly string[])[]]>([
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
])('plans %s', (_, selectors, waves) => {
  expect(planWaves(all, selectors)).toEqual({ ok: true, value: waves });
});

it.each<[string, readonly ClusterSelector[], object]>([
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
  const waves = planWaves(
    names.map((name) => cluster(name)),
    [rest],
  );
  expect(waves).toEqual({ ok: true, value: [[...names].sort()] });
});

const aCluster = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e').map(clusterName),
  labels: fc.dictionary(fc.constantFrom('region', 'env'), fc.constantFrom('x', 'y')),
});
const aSelector: fc.Arbitrary<ClusterSelector> = fc.oneof(
  fc.constant(rest),
  fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
    .map((names) => named(...names)),
  fc.dictionary(fc.constantFrom('region', 'env'), fc.constantFrom('x', 'y')).map(labelled),
);

it('puts every cluster into exactly one wave, and leaves no wave empty, or refuses', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(aCluster, { selector: ({ name }) => name }),
      fc.array(aSelector, { maxLength: 4 }),
      (clusters, selectors) => {
        const waves = planWaves(clusters, selectors);
        if (!waves.ok) return;
        expect(waves.value.flat().sort()).toEqual(clusters.map(({ name }) => name).sort());
        expect(waves.value.every((wave) => wave.length > 0)).toBe(true);
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
