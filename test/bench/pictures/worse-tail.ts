import {
  defaultLatencySettings,
  judgeLatency,
  type LatencyLook,
  type LatencyMeasurements,
} from '@spillway/domain-analysis';
import { frame, power, ticks, type Axis, type Frame } from './frame.js';
import { draw, line, rect, text } from './svg.js';
import { Chance, usual } from './traffic.js';

/** Milliseconds, as Istio's proxies count them. */
const upperBounds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];
const looks = 30;
const median = 60;
const spread = 0.6;
/** So many of the candidate's requests wait for something that takes so many times as long. */
const [waiting, longer] = [0.02, 12];

function histogram(chance: Chance, requests: number, share: number): readonly number[] {
  const counts = [...upperBounds, Infinity].map(() => 0);
  for (let i = 0; i < requests; i += 1) {
    const isWaiting = chance.uniform() < share;
    const latency = median * Math.exp(spread * chance.normal()) * (isWaiting ? longer : 1);
    const bucket = upperBounds.findIndex((bound) => latency <= bound);
    const place = bucket === -1 ? upperBounds.length : bucket;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

function measured(): LatencyMeasurements {
  const chance = new Chance(77);
  const all = Array.from({ length: looks }, (): LatencyLook => {
    const candidate = chance.binomial(usual.requests, usual.weight);
    return {
      candidate: histogram(chance, candidate, waiting),
      stable: histogram(chance, usual.requests - candidate, 0),
    };
  });
  return { upperBounds, looks: all };
}

const buckets = upperBounds.length + 1;

/** A bound lies between two buckets. */
const byBucket: Axis = {
  label: 'milliseconds',
  from: 0,
  to: buckets,
  ticks: ticks(upperBounds.map((_, i) => i + 1)).map(([at], i) => [
    at,
    (upperBounds[i] ?? 0).toLocaleString('en-US'),
  ]),
};

/** Percent of an arm's requests in each bucket. */
function shares(all: LatencyMeasurements, arm: 'candidate' | 'stable'): readonly number[] {
  const counts = all.looks.reduce(
    (sum, look) => sum.map((count, i) => count + (look[arm][i] ?? 0)),
    Array.from({ length: buckets }, () => 0),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (100 * count) / total);
}

function bars(on: Frame, values: readonly number[], of: string, shift: number): readonly string[] {
  const width = (0.36 * on.width) / buckets;
  const floor = on.top + on.height;
  return values.flatMap((value, i) => {
    const top = on.y(value);
    const left = on.x(i + 0.5) + shift * width;
    return floor - top < 0.5 ? [] : [rect([left, top], [width, floor - top], of)];
  });
}

/** From 1 up where the candidate is slower, down where it is not; beyond the frame its power is written. */
function evidenceBar(on: Frame, at: number, logE: number): readonly string[] {
  const [top, floor] = [on.y(Math.exp(logE)), on.y(1)];
  const [from, to] = [Math.min(top, floor), Math.max(top, floor)];
  if (to - from < 0.5) return [];
  const of = logE >= -Math.log(defaultLatencySettings.alpha) ? 'stop-fill' : 'idle-fill';
  const words = power(10 ** Math.round(logE / Math.LN10));
  return [
    rect([on.x(at) - 16, from], [32, to - from], of),
    text([on.x(at), logE > 0 ? Math.max(from - 5, on.top + 16) : to + 14], words, {
      of: `small ${from <= on.top ? 'on' : 'soft'}`,
      anchor: 'middle',
    }),
  ];
}

export function worseTail(): string {
  const all = measured();
  const { evidence } = judgeLatency(all, { ...defaultLatencySettings, quantile: 0.99 });
  const p50 = judgeLatency(all, { ...defaultLatencySettings, quantile: 0.5 }).evidence.quantile;
  const ms = (value: number | undefined): string =>
    `${Math.round(value ?? 0).toLocaleString('en-US')} ms`;
  const above = frame(
    { left: 70, top: 80, width: 620, height: 150 },
    { ...byBucket, label: '' },
    {
      label: 'requests in each bucket',
      from: 0,
      to: 60,
      ticks: ticks([0, 20, 40, 60], (v) => `${v} %`),
    },
  );
  const below = frame({ left: 70, top: 318, width: 620, height: 170 }, byBucket, {
    label: 'e-value of “the candidate is slower than this more often than stable”',
    from: 1e-12,
    to: 1e18,
    isLog: true,
    ticks: ticks([1e-12, 1e-6, 1, 1e6, 1e12, 1e18], power),
  });
  const floor = below.y(1);
  const e = evidence.boundaries.flatMap(({ logE }, i) => evidenceBar(below, i + 1, logE));
  return draw({
    width: 720,
    height: 555,
    title: 'Same median, worse tail',
    description:
      `Both medians are about ${ms(p50.stable.estimate)}; two in a hundred of the candidate’s ` +
      `requests take twelve times as long. Evidence is at the bounds beyond 250 ms, and their mean stops the release.`,
    body: [
      ...above.body,
      ...bars(above, shares(all, 'stable'), 'stable-fill', -1.05),
      ...bars(above, shares(all, 'candidate'), 'candidate-fill', 0.05),
      text(
        [684, 100],
        `stable: p50 ${ms(p50.stable.estimate)}, p99 ${ms(evidence.quantile.stable.estimate)}`,
        {
          of: 'stable-fill',
          anchor: 'end',
        },
      ),
      text(
        [684, 120],
        `candidate: p50 ${ms(p50.candidate.estimate)}, p99 ${ms(evidence.quantile.candidate.estimate)}`,
        {
          of: 'candidate-fill',
          anchor: 'end',
        },
      ),
      ...below.body,
      line(
        [
          [below.left, floor],
          [below.left + below.width, floor],
        ],
        'axis',
      ),
      ...e,
      below.level(evidence.threshold, 'line stop dashed'),
      text([below.left + 6, below.y(evidence.threshold) - 7], 'stop, for the mean of all, at 100', {
        of: 'small stop-fill',
      }),
    ],
  });
}
