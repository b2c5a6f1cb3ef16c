import {
  judgeMetric,
  type Measurement,
  type Reading,
  type Verdict,
} from '@spillway/domain-analysis';
import { aMetricSpec } from '@spillway/domain-analysis/testing';
import { after, clusterName, duration, instant } from '@spillway/kernel';
import { draw, line, rect, text, type Point } from './svg.js';

const second = 1_000;
const interval = 30 * second;
const looks = 24;
const cluster = clusterName('eu');
const since = instant(0);
const spec = aMetricSpec({
  min: 99,
  interval: duration(interval),
  window: duration(interval),
  count: 20,
  minSample: 50,
  consecutiveErrorLimit: 4,
  noData: { kind: 'hold', deadline: duration(300 * second), then: 'pause' },
  judge: { kind: 'errorCount', maxRatio: 1, minRequests: 100 },
});

const counted = (requests: number): Reading => ({
  kind: 'value',
  candidate: { value: 99.8, requests, errors: 0 },
  stable: { value: 99.8, requests: 9 * requests, errors: 0 },
});

const readings = {
  value: counted(300),
  few: counted(20),
  empty: { kind: 'empty' },
  error: { kind: 'error', message: 'connection refused' },
} as const satisfies Record<string, Reading>;

type Kind = keyof typeof readings;

interface Scene {
  readonly name: string;
  /** Of each minute that differs from the rest, which have data: from, to and what came. */
  readonly gaps: readonly (readonly [from: number, to: number, kind: Kind])[];
}

const scenes: readonly Scene[] = [
  { name: 'Requests come', gaps: [] },
  { name: 'Ten minutes at night without a request', gaps: [[4, 24, 'empty']] },
  { name: 'Too few requests, then enough', gaps: [[3, 10, 'few']] },
  { name: 'Prometheus does not answer for a while', gaps: [[6, 15, 'error']] },
];

const kindAt = ({ gaps }: Scene, look: number): Kind =>
  gaps.find(([from, to]) => look >= from && look < to)?.[2] ?? 'value';

/** What a release does about it. A pause ends the measuring. */
type Doing = 'goes on' | 'held' | 'paused' | 'passed';

function doingOf(verdict: Verdict, look: number): Doing {
  if (verdict.kind === 'noData') {
    return verdict.until <= after(since, duration((look + 1) * interval)) ? 'paused' : 'held';
  }
  if (verdict.kind === 'pass') return 'passed';
  return verdict.kind === 'inconclusive' ? 'held' : 'goes on';
}

function courseOf(scene: Scene): readonly Doing[] {
  const doings: Doing[] = [];
  const measurements: Measurement[] = [];
  for (let look = 0; look < looks && doings.at(-1) !== 'paused'; look += 1) {
    measurements.push({
      metric: spec.name,
      cluster,
      ordinal: look,
      from: instant(look * interval),
      to: instant((look + 1) * interval),
      reading: readings[kindAt(scene, look)],
    });
    const now = instant((look + 1) * interval);
    doings.push(doingOf(judgeMetric({ spec, cluster, measurements, since }, now), look));
  }
  return doings;
}

const fills: Readonly<Record<Doing, string>> = {
  'goes on': 'stable-fill',
  held: 'candidate-fill',
  paused: 'stop-fill',
  passed: 'good-fill',
};
const signs: Readonly<Record<Kind, string>> = { value: '●', few: '◦', empty: '–', error: '×' };

const [left, step, rowHeight, firstRow] = [24, 28, 78, 66];

function row(scene: Scene, index: number): readonly string[] {
  const top = firstRow + index * rowHeight;
  const doings = courseOf(scene);
  const cells = doings.flatMap((doing, look) => {
    const at: Point = [left + look * step, top + 34];
    return [
      text([at[0] + step / 2, top + 27], signs[kindAt(scene, look)], {
        of: 'soft',
        anchor: 'middle',
      }),
      rect(at, [step - 2, 16], fills[doing]),
    ];
  });
  const words = doings.flatMap((doing, look) =>
    doing === doings[look - 1]
      ? []
      : [text([left + look * step + 2, top + 64], doing, { of: 'small soft' })],
  );
  return [text([left, top + 8], scene.name), ...cells, ...words];
}

const meanings: readonly (readonly [sign: string, meaning: string, from: number])[] = [
  [signs.value, 'requests were counted', 0],
  [signs.few, 'fewer than minSample', 185],
  [signs.empty, 'no series', 360],
  [signs.error, 'the query went wrong', 465],
];

const legend = (y: number): readonly string[] =>
  meanings.flatMap(([sign, meaning, from]) => [
    text([left + from, y], sign, { of: 'soft' }),
    text([left + from + 16, y], meaning, { of: 'small soft' }),
  ]);

export function noData(): string {
  const bottom = firstRow + scenes.length * rowHeight + 8;
  const axis = [0, 2, 4, 6, 8, 10, 12].flatMap((minute) => {
    const x = left + minute * 2 * step;
    return [
      line(
        [
          [x, bottom],
          [x, bottom + 5],
        ],
        'axis',
      ),
      text([x, bottom + 20], String(minute), { of: 'soft small', anchor: 'middle' }),
    ];
  });
  return draw({
    width: 720,
    height: bottom + 72,
    title: 'No data is no verdict: a look every 30 seconds, hold for 5 minutes, then pause',
    description:
      'While requests come the metric goes on and passes. Without requests, or with too few, the ' +
      'release is held and paused after five minutes. A source that does not answer holds it after ' +
      'the fifth error in a row, and never rolls it back.',
    body: [
      ...scenes.flatMap(row),
      line(
        [
          [left, bottom],
          [left + looks * step, bottom],
        ],
        'axis',
      ),
      ...axis,
      text([left + (looks * step) / 2, bottom + 38], 'minutes since the weight is live', {
        of: 'soft',
        anchor: 'middle',
      }),
      ...legend(bottom + 60),
    ],
  });
}
