import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { assert, constantFrom, dictionary, letrec, oneof, property, record } from 'fast-check';
import { anything, array, integer, double, string, constant } from 'fast-check';
import { lintObject } from '../lint-object.js';
import { nearRe2 } from '../testing/index.js';
import { ruleCases } from '../testing/rule-case/index.js';

const kinds = [
  'VirtualService',
  'DestinationRule',
  'ServiceEntry',
  'WorkloadEntry',
  'Gateway',
  'Sidecar',
  'Telemetry',
];

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

/** The fields that rules look at, so that garbage gets to them. */
const fields = [...new Set(ruleCases.flatMap(([, , wrong]) => namesIn(wrong.spec)))];

const texts = constantFrom(
  '',
  '*',
  'a.b',
  'ns/*',
  '1ms',
  '0s',
  '[',
  '100%',
  '10.0.0.0/8',
  'unix://',
);

const { tree } = letrec((tie) => ({
  tree: oneof(
    { maxDepth: 6 },
    oneof(constant(null), constant(undefined), texts, string(), integer(), double()),
    array(tie('tree'), { maxLength: 3 }),
    dictionary(constantFrom(...fields), tie('tree'), { maxKeys: 5 }),
  ),
}));

const names = constantFrom<unknown>({ name: 'a', namespace: 'b' }, { name: 1 }, {}, undefined);

const lint = (kind: string, spec: unknown, metadata: unknown) =>
  lintObject({ apiVersion: 'networking.istio.io/v1', kind, metadata, spec } as MeshObject, {
    regex: nearRe2,
  });

describe('an object that holds anything', () => {
  it('is linted without a throw, whatever stands in the fields that rules look at', () => {
    assert(
      property(constantFrom(...kinds), tree, names, (kind, spec, metadata) => {
        for (const finding of lint(kind, spec, metadata)) {
          expect(finding.path).toMatch(/^(?:spec|metadata)/);
        }
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  it('is linted without a throw, whatever it is made of', () => {
    const odd = record({ spec: anything(), metadata: anything() });
    assert(
      property(constantFrom(...kinds), odd, (kind, { spec, metadata }) => {
        expect(Array.isArray(lint(kind, spec, metadata))).toBe(true);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it('has no finding where it is of a kind that Istio does not make', () => {
    const gateway = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' };
    const object = { ...gateway, metadata: { name: 'a.b', namespace: 'c' }, spec: {} };
    expect(lintObject(object, { regex: nearRe2 })).toEqual([]);
  });
});
