import { expect, it } from '@jest/globals';
import type { Measurement, Reading } from '@spillway/domain-analysis';
import { clusterName, instant } from '@spillway/kernel';
import fc from 'fast-check';
import { MeasurementPacking } from './packed-measurement.js';

const series = { metric: 'latency', cluster: clusterName('eu') };

// JSON knows no -0, so none comes out of the database.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
const count = fc.nat();
const plain = { noNullPrototype: true };
const histogram = fc.record(
  {
    upperBounds: fc.constantFrom([5, 10], [5, 10, 25], [0.5]),
    counts: fc.array(count, { maxLength: 4 }),
  },
  plain,
);
const sample = fc.record(
  { value: number, requests: count, errors: count, histogram },
  { requiredKeys: ['value'], ...plain },
);
const reading: fc.Arbitrary<Reading> = fc.oneof(
  fc.record(
    { kind: fc.constant('value' as const), candidate: sample, stable: sample },
    { requiredKeys: ['kind', 'candidate'], ...plain },
  ),
  fc.constantFrom({ kind: 'empty' as const }, { kind: 'notANumber' as const }),
  fc.record({ kind: fc.constant('error' as const), message: fc.string() }, plain),
);
const measurement: fc.Arbitrary<Measurement> = fc.record(
  {
    metric: fc.constant(series.metric),
    cluster: fc.constant(series.cluster),
    ordinal: count,
    from: count.map(instant),
    to: count.map(instant),
    reading,
  },
  plain,
);

it('gives back what was packed, whatever was measured', () => {
  fc.assert(
    fc.property(fc.array(measurement), (all) => {
      const packing = new MeasurementPacking(series);
      const texts = all.map((one) => packing.pack(one));
      expect(texts.map((text) => packing.unpack(text))).toStrictEqual(all);
    }),
    { numRuns: 1_000 },
  );
});

it('writes the bounds of buckets once, not with each look', () => {
  const packing = new MeasurementPacking(series);
  const pack = (upperBounds: readonly number[]): string =>
    packing.pack({
      ...series,
      ordinal: 7,
      from: instant(1_000),
      to: instant(2_000),
      reading: {
        kind: 'value',
        candidate: { value: 4, histogram: { upperBounds, counts: [1, 0] } },
      },
    });
  expect([pack([5]), pack([5]), pack([10])]).toEqual([
    '[7,1000,2000,[4,null,null,0,1,0]]',
    '[7,1000,2000,[4,null,null,0,1,0]]',
    '[7,1000,2000,[4,null,null,1,1,0]]',
  ]);
});
