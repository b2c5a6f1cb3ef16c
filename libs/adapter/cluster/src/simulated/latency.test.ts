import { describe, expect, it } from '@jest/globals';
import { drawLatencies, istioBuckets, noLatencies, quantileOf } from './latency.js';
import { mulberry32 } from './random.js';

const countsOf = (inBucket: Readonly<Record<number, number>>) =>
  noLatencies.map((_, i) => inBucket[istioBuckets[i] ?? Infinity] ?? 0);

describe('simulated latencies', () => {
  it('loses no request', () => {
    const counts = drawLatencies(mulberry32(1), 12_345, { median: 20, p99: 120 });
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(12_345);
  });

  it('puts half of the requests below the median and one in a hundred above p99', () => {
    const counts = drawLatencies(mulberry32(2), 100_000, { median: 25, p99: 250 });
    const below = (bound: number) =>
      counts
        .slice(0, istioBuckets.findIndex((b) => b === bound) + 1)
        .reduce((sum, n) => sum + n, 0);
    expect(below(25) / 100_000).toBeCloseTo(0.5, 2);
    expect(below(250) / 100_000).toBeCloseTo(0.99, 2);
  });

  it('puts all of them into one bucket when they do not differ', () => {
    const counts = drawLatencies(mulberry32(3), 1_000, { median: 30, p99: 30 });
    expect(counts).toEqual(countsOf({ 50: 1_000 }));
  });

  it('reads quantiles from the buckets as Prometheus does', () => {
    expect(quantileOf(countsOf({ 50: 100 }), 0.5)).toBe(37.5);
    expect(quantileOf(countsOf({ 0.5: 10 }), 0.5)).toBe(0.25);
    expect(quantileOf(countsOf({ 50: 90, 250: 10 }), 0.99)).toBeCloseTo(235);
    expect(quantileOf(countsOf({ Infinity: 10 }), 0.5)).toBe(3_600_000);
    expect(quantileOf(noLatencies, 0.5)).toBeNaN();
  });
});
