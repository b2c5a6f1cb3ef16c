import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MeshObject } from '@spillway/domain-istio';
import { anObject } from '../testing/an-object.js';
import { relationCatalogue } from './catalogue.js';
import { lintClusters } from './lint-clusters.js';
import { lintRelations } from './lint-relations.js';

const kinds = [
  'VirtualService',
  'DestinationRule',
  'Gateway',
  'ServiceEntry',
  'Service',
  'Pod',
  'Deployment',
  'Sidecar',
  'Telemetry',
  'WorkloadEntry',
  'Namespace',
];

/** Words that lead the checks on, so that garbage gets past the first field. */
const fields =
  'hosts host http tcp tls route match delegate name namespace destination subset subsets labels port number ports selector matchLabels workloadSelector servers egress exportTo gateways mirror mirrors weight trafficPolicy endpoints headers uri prefix exact template metadata constructor __proto__'.split(
    ' ',
  );
const texts = ['*', '*.test', 'a', 'a.test', 'a/b', './*', 'mesh', '', '~', '.', '/', 'v1'];

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<unknown>(null, undefined, 0, -1, 80, NaN, true, ...texts),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 5 }),
  ),
}));

const object: fc.Arbitrary<MeshObject> = fc
  .tuple(fc.constantFrom(...kinds), fc.constantFrom('a/a', 'a/b', 'b/a', '/'), value)
  .map(([kind, place, spec]) => anObject(kind, place, spec));

describe('lint of relations', () => {
  it('answers for whatever somebody wrote, in codes of its catalogue', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 8 }), (objects) => {
        const knows = { hosts: true, pods: true, gateways: true, subsets: true };
        const findings = [
          ...lintRelations(objects, { knows }),
          ...lintClusters({ a: objects, b: objects }),
        ];
        for (const { code, severity } of findings) {
          expect(relationCatalogue).toHaveProperty([code, 'severity'], severity);
        }
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});
