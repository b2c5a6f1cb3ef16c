import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anObject } from '../testing/an-object.js';
import { schemaCatalogue } from './catalogue.js';
import { lintSchema } from './lint-schema.js';

const kinds = [
  'VirtualService',
  'DestinationRule',
  'Gateway',
  'ServiceEntry',
  'Sidecar',
  'Telemetry',
];
const words = [
  'http',
  'route',
  'match',
  'host',
  'hosts',
  'servers',
  'tls',
  'port',
  'trafficPolicy',
];

const garbage = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<unknown>(null, undefined, '', 'a', 0, -1, 1.5, NaN, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string()), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('lintSchema', () => {
  it('answers for whatever somebody wrote, in codes of its catalogue', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        garbage,
        fc.integer({ min: 18, max: 33 }),
        (kind, spec, minor) => {
          const findings = lintSchema(anObject(kind, 'shop/a', spec), { istio: { minor } });
          findings.forEach(({ code, path }) => {
            expect(Object.keys(schemaCatalogue)).toContain(code);
            expect(path).toMatch(/^(spec|apiVersion)/);
          });
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });
});
