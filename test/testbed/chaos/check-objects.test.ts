import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../src/index.js';
import { ObjectCheck } from './check-objects.js';
import { peoplesVirtualService, type ChaosService } from './objects.js';

const decided = new Map([
  [2, { release: 'r1', candidate: 'v2', weight: 1_000 }],
  [3, { release: 'r1', candidate: 'v2', weight: 0 }],
]);

function problemsOf(
  objects: readonly KubeObject[],
  ownership: ChaosService['ownership'],
  subsets = ['v1', 'v2'],
): readonly string[] {
  const check = new ObjectCheck({ name: 'catalog', ownership }, 'eu', (_service, _cluster, of) =>
    decided.get(of),
  );
  const about = { cluster: 'eu', namespace: 'shop', seenAt: 0 };
  const rule = { metadata: { name: '' }, spec: { subsets: subsets.map((name) => ({ name })) } };
  check.see({ ...about, plural: 'destinationrules', name: 'catalog-spillway', object: rule });
  const name = ownership === 'managed' ? 'catalog-spillway' : 'catalog';
  for (const object of objects) check.see({ ...about, plural: 'virtualservices', name, object });
  return check.problems;
}

const annotations = (generation: number) => ({
  'spillway.dev/release': 'r1',
  'spillway.dev/generation': String(generation),
});

const split = (candidate: number) =>
  candidate === 0
    ? [{ destination: { subset: 'v1' } }]
    : [
        { destination: { subset: 'v1' }, weight: 100 - candidate },
        { destination: { subset: 'v2' }, weight: candidate },
      ];

const managed = (generation: number, candidate: number): KubeObject => ({
  metadata: { name: 'catalog-spillway', annotations: annotations(generation) },
  spec: { http: [{ route: split(candidate) }] },
});

function adopted(generation: number | undefined, candidate: number, change = {}): KubeObject {
  const { metadata, ...rest } = peoplesVirtualService('catalog');
  const spec = structuredClone(rest['spec']) as { http: object[] };
  spec.http[1] = { ...spec.http[1], route: split(candidate), ...change };
  const own = generation === undefined ? {} : annotations(generation);
  return { metadata: { ...metadata, annotations: { ...metadata.annotations, ...own } }, spec };
}

describe('the check of what was written', () => {
  it('has nothing to say of what was decided, in order', () => {
    expect(problemsOf([managed(2, 10), managed(3, 0)], 'managed')).toEqual([]);
    const given = [adopted(undefined, 0), adopted(2, 10), adopted(3, 0), adopted(undefined, 0)];
    expect(problemsOf(given, 'adopted')).toEqual([]);
  });

  it.each<[string, readonly KubeObject[], ChaosService['ownership'], string]>([
    ['a weight above its step', [managed(2, 11)], 'managed', 'gives 1100 instead of 1000'],
    [
      'an older generation',
      [managed(3, 0), managed(2, 10)],
      'managed',
      'generation 2 came after 3',
    ],
    ['a generation of nobody', [managed(4, 10)], 'managed', 'never decided on'],
    [
      'a foreign field',
      [adopted(undefined, 0), adopted(2, 10, { timeout: '4s' })],
      'adopted',
      '4s',
    ],
    ['traffic that nobody answers for', [adopted(undefined, 10)], 'adopted', 'given back with'],
  ])('finds %s', (_what, objects, ownership, problem) => {
    expect(problemsOf(objects, ownership)).toEqual([expect.stringContaining(problem)]);
  });

  it('finds a route to a subset that there is not', () => {
    expect(problemsOf([managed(2, 10)], 'managed', ['v1'])).toEqual([
      expect.stringContaining('names v2, which no rule defines'),
    ]);
  });
});
