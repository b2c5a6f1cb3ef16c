import { describe, expect, it } from '@jest/globals';
import { judgeLatency } from './judge-latency.js';
import {
  defaultLatencySettings,
  type LatencyLook,
  type LatencyMeasurements,
} from './measurements.js';

const upperBounds = [25, 50, 100, 250, 500, 1000];

const settings = defaultLatencySettings;

/** The same median; one in a hundred of the candidate's takes four times as long. */
const worseTail: LatencyLook = {
  candidate: [20, 30, 30, 15, 1, 4, 0],
  stable: [180, 270, 270, 171, 9, 0, 0],
};
const equal: LatencyLook = {
  candidate: [20, 30, 30, 18, 2, 0, 0],
  stable: [180, 270, 270, 162, 18, 0, 0],
};
const faster: LatencyLook = {
  candidate: [80, 10, 8, 2, 0, 0, 0],
  stable: [180, 270, 270, 162, 18, 0, 0],
};

const measured = (look: LatencyLook, looks: number): LatencyMeasurements => ({
  upperBounds,
  looks: Array.from({ length: looks }, () => look),
});

describe('the judge of latencies', () => {
  it('fails a worse tail behind an equal median, and says where', () => {
    const { kind, because, evidence } = judgeLatency(measured(worseTail, 5), settings);
    expect(kind).toBe('fail');
    expect(because).toMatch(/^candidate 20 of 500 slower than 500 ms, stable 0 of 4,500: only/);
    expect(because).toMatch(
      /stop at 100; p99 875 ms, stable 250 ms: evidence of harm since look \d$/,
    );
    expect(evidence.crossing?.logE).toBeGreaterThanOrEqual(Math.log(100));
    expect(evidence.pValue).toBeLessThanOrEqual(0.01);
    const median = evidence.boundaries.find(({ above }) => above === 50);
    expect(median?.logE).toBeLessThan(0);
    expect(median?.oddsRatio).toBeCloseTo(1, 10);
  });

  it('passes an equal candidate', () => {
    const { kind, because, evidence } = judgeLatency(measured(equal, 50), settings);
    expect(kind).toBe('pass');
    expect(because).toMatch(/no evidence of harm$/);
    expect(evidence.logE).toBeLessThan(0);
    expect(evidence.equality.logE).toBeLessThan(0);
  });

  it('passes a faster candidate, though it is certainly different', () => {
    const { kind, evidence } = judgeLatency(measured(faster, 50), settings);
    expect(kind).toBe('pass');
    expect(evidence.logE).toBeLessThan(0);
    expect(evidence.equality.logE).toBeGreaterThan(100);
    expect(evidence.quantile.ratio).toBeLessThan(1);
  });

  it('does not take back a verdict when later looks are equal', () => {
    const looks = [...measured(worseTail, 5).looks, ...measured(equal, 300).looks];
    const { kind, evidence } = judgeLatency({ upperBounds, looks }, settings);
    expect(kind).toBe('fail');
    expect(evidence.crossing?.look).toBeLessThanOrEqual(5);
    expect(evidence.maxLogE).toBeGreaterThan(evidence.logE);
  });

  it('has no opinion on a change of weight', () => {
    const turned: LatencyLook = { candidate: equal.stable, stable: equal.candidate };
    const looks = [
      ...measured({ ...equal, weight: 0.1 }, 20).looks,
      ...measured({ ...turned, weight: 0.9 }, 20).looks,
    ];
    const { kind, evidence } = judgeLatency({ upperBounds, looks }, settings);
    expect(kind).toBe('pass');
    expect(evidence.equality.segments.map(({ weight, exposure }) => [weight, exposure])).toEqual([
      [0.1, 0.1],
      [0.9, 0.9],
    ]);
    expect(evidence.equality.logEAtWeight).toBeCloseTo(evidence.equality.logE, 8);
  });

  it('needs requests of both versions', () => {
    const none: LatencyLook = { candidate: [0, 0, 0, 0, 0, 0, 0], stable: equal.stable };
    expect(judgeLatency(measured(none, 3), settings)).toMatchObject({
      kind: 'noData',
      because: 'candidate 0 requests, stable 2,700',
    });
    expect(judgeLatency({ upperBounds, looks: [] }, settings).kind).toBe('noData');
    expect(judgeLatency({ upperBounds: [], looks: [] }, settings).kind).toBe('noData');
  });

  it('does not pass on fewer requests than asked for', () => {
    const { kind, because } = judgeLatency(measured(equal, 1), { ...settings, minRequests: 101 });
    expect(kind).toBe('inconclusive');
    expect(because).toMatch(/: 101 requests of each are needed to judge$/);
  });

  it.each([1e-9, 1e-3, 1e9])('says the same in other units (times %d)', (scale) => {
    const scaled = { ...measured(worseTail, 5), upperBounds: upperBounds.map((u) => u * scale) };
    const tolerant = { ...settings, tolerance: 1 };
    for (const one of [settings, tolerant]) {
      const there = judgeLatency(scaled, one);
      const here = judgeLatency(measured(worseTail, 5), one);
      expect([there.kind, there.evidence.logE]).toEqual([here.kind, here.evidence.logE]);
    }
  });

  it('lets odds of slow requests be as much higher as allowed', () => {
    const doubled: LatencyLook = {
      candidate: [20, 30, 30, 16, 4, 0, 0],
      stable: [180, 270, 270, 162, 18, 0, 0],
    };
    expect(judgeLatency(measured(doubled, 60), settings).kind).toBe('fail');
    expect(judgeLatency(measured(doubled, 60), { ...settings, maxRatio: 2.2 }).kind).toBe('pass');
  });

  it('holds a tolerated candidate against the next bound that is so much higher', () => {
    const { evidence } = judgeLatency(measured(equal, 2), { ...settings, tolerance: 1 });
    expect(evidence.boundaries.map(({ above, stableAbove }) => [stableAbove, above])).toEqual([
      [25, 50],
      [50, 100],
      [100, 250],
      [250, 500],
      [500, 1000],
    ]);
    const shifted: LatencyLook = { candidate: [0, 20, 30, 30, 18, 2, 0], stable: equal.stable };
    expect(judgeLatency(measured(shifted, 20), settings).kind).toBe('fail');
    expect(judgeLatency(measured(shifted, 20), { ...settings, tolerance: 1.5 }).kind).toBe('pass');
  });

  it('takes counts that a backend extrapolated for the whole requests they stand for', () => {
    const extrapolated = (counts: readonly number[]): readonly number[] =>
      counts.map((count) => count * 1.0004);
    const { evidence } = judgeLatency(
      measured({ candidate: extrapolated(equal.candidate), stable: extrapolated(equal.stable) }, 3),
      settings,
    );
    expect(evidence.logE).toBe(judgeLatency(measured(equal, 3), settings).evidence.logE);
  });

  it('is plain JSON', () => {
    for (const look of [worseTail, equal, faster]) {
      const judgement = judgeLatency(measured(look, 40), settings);
      expect(JSON.parse(JSON.stringify(judgement))).toEqual(judgement);
    }
  });
});
