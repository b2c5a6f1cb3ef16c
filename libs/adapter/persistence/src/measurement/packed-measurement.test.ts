import { expect, it } from '@jest/globals';
import type { Measurement, Reading, Sample } from '@spillway/domain-analysis';
import { clusterName, instant } from '@spillway/kernel';
import fc from 'fast-check';
import { MeasurementPacking } from './packed-measurement.js';

const series = { metric: 'latency', cluster: clusterName('eu') };

// JSON knows no -0, so none comes out of the database.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
const count = fc.nat();
/** A backend that extrapolates counts parts of requests. */
const requests = fc.oneof(count, number);
const plain = { noNullPrototype: true };
const histogram = fc.record(
  {
    upperBounds: fc.constantFrom([5, 10], [5, 10, 25], [0.5]),
    counts: fc.array(requests, { maxLength: 4 }),
  },
  plain,
);
const sample = fc.record(
  { value: number, requests, errors: requests, histogram },
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

const nothing = { bytes: new Uint8Array(), last: undefined };

it('gives back what was packed, whatever was measured, and in however many parts', () => {
  fc.assert(
    fc.property(fc.array(measurement), fc.array(measurement), (first, then) => {
      const packing = new MeasurementPacking(series);
      const bytes = packing.pack(first, nothing);
      const longer = packing.pack(then, { bytes, last: first.at(-1) });
      expect(packing.unpack(longer)).toStrictEqual([...first, ...then]);
    }),
    { numRuns: 1_000 },
  );
});

it('keeps the bounds of buckets once, not with each look', () => {
  const packing = new MeasurementPacking(series);
  const looks = [[5], [5], [10]].map((upperBounds, ordinal): Measurement => ({
    ...series,
    ordinal,
    from: instant(1_000 * ordinal),
    to: instant(1_000 * ordinal + 1_000),
    reading: {
      kind: 'value',
      candidate: { value: 4, histogram: { upperBounds, counts: [1, 0] } },
    },
  }));
  const [first, second, third] = packing
    .unpack(packing.pack(looks, nothing))
    .map(({ reading }) => reading.kind === 'value' && reading.candidate.histogram?.upperBounds);
  expect(second).toBe(first);
  expect([first, third]).toEqual([[5], [10]]);
});

it('takes some bytes for a look, and hardly more for buckets that are empty', () => {
  const requests = { value: 99.5, requests: 900, errors: 4 };
  const counts = [0, 0, 120, 440, 170, 20, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const histogram = { upperBounds: counts.map((_, i) => 2 ** i), counts };
  const bytesOf = (sample: Sample): number => {
    const looks = Array.from({ length: 100 }, (_, n): Measurement => ({
      ...series,
      ordinal: n,
      from: instant(1_700_000_000_000 + 10_000 * n),
      to: instant(1_700_000_010_000 + 10_000 * n),
      reading: { kind: 'value', candidate: sample, stable: sample },
    }));
    return new MeasurementPacking(series).pack(looks, nothing).length / looks.length;
  };
  expect([bytesOf(requests), bytesOf({ value: 48.25, histogram })]).toEqual([34.06, 80.06]);
});
