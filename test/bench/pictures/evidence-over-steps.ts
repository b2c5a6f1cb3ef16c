import {
  afterStep,
  defaultAnalysisPolicy,
  defaultErrorCountSettings,
  judgeErrorCounts,
  weighEvidence,
  type Comparison,
  type MetricSpec,
  type Verdict,
} from '@spillway/domain-analysis';
import { aMetricSpec } from '@spillway/domain-analysis/testing';
import { clusterName } from '@spillway/kernel';
import { frame, power, ticks, type Frame } from './frame.js';
import { dot, draw, line, text, type Point } from './svg.js';
import { Chance, usual } from './traffic.js';

const looksPerMinute = 6;
const minutesPerStep = 15;
const weights = [0.01, 0.05, 0.1, 0.25, 0.5];
/** Only with so much of the traffic does the candidate run out of something. */
const overloadedFrom = 0.25;
const ratio = 1.6;
const threshold = 1 / defaultAnalysisPolicy.alpha;

const metric: MetricSpec = aMetricSpec({
  name: 'errors',
  judge: { kind: 'errorCount', maxRatio: 1, minRequests: 1 },
});
const cluster = clusterName('eu');

interface Course {
  /** ln of the evidence of the release after each look, and of the plain product of its steps. */
  readonly restarted: readonly number[];
  readonly product: readonly number[];
}

/** ln E of each step after each of its looks. */
function stepsOf(chance: Chance): readonly (readonly number[])[] {
  return weights.map((weight) => {
    const traffic = { ...usual, weight, ratio: weight < overloadedFrom ? 1 : ratio };
    const looks = chance.looks(minutesPerStep * looksPerMinute, traffic);
    return judgeErrorCounts({ looks }, defaultErrorCountSettings).evidence.looks.map(
      ({ logE }) => logE,
    );
  });
}

function verdictOf(logE: number): Verdict {
  const arm = { n: 1 };
  const comparison: Comparison = {
    judge: 'errorCount',
    candidate: arm,
    stable: arm,
    logE,
    isEnough: true,
    because: '',
  };
  const tally = { measured: 1, passed: 1, failed: 0, belowMinSample: 0, empty: 0, notANumber: 0 };
  const evidence = {
    metric: metric.name,
    cluster,
    ...tally,
    consecutiveErrors: 0,
    requests: 1,
    comparison,
  };
  return { kind: 'pass', because: '', evidence };
}

function courseOf(steps: readonly (readonly number[])[]): Course {
  const restarted: number[] = [];
  const product: number[] = [];
  let shown: number | undefined;
  let before = 0;
  for (const [done, logEs] of steps.entries()) {
    const at = { planned: weights.length, done };
    for (const logE of logEs) {
      const course = {
        policy: defaultAnalysisPolicy,
        metrics: [metric],
        clusters: 1,
        steps: at,
        shown: shown === undefined ? [] : [{ metric: metric.name, cluster, logSum: shown }],
      };
      const [weighed] = weighEvidence([verdictOf(logE)], course);
      restarted.push(weighed?.evidence.standing?.logE ?? 0);
      product.push(before + logE);
    }
    shown = afterStep(shown, logEs.at(-1) ?? 0, at);
    before += logEs.at(-1) ?? 0;
  }
  return { restarted, product };
}

/** Up to where it stops. */
function path({ at }: Frame, logEs: readonly number[]): readonly Point[] {
  const end = logEs.findIndex((logE) => logE >= Math.log(threshold));
  const seen = end === -1 ? logEs : logEs.slice(0, end + 1);
  return seen.map((logE, i) => at((i + 1) / looksPerMinute, Math.exp(logE)));
}

export function evidenceOverSteps(): string {
  const { restarted, product } = courseOf(stepsOf(new Chance(9)));
  const total = weights.length * minutesPerStep;
  const plot = frame(
    { left: 70, top: 98, width: 620, height: 234 },
    {
      label: 'minutes, five measured steps',
      from: 0,
      to: total,
      ticks: ticks(weights.map((_, i) => i * minutesPerStep).concat(total)),
    },
    {
      label: '',
      from: 1e-6,
      to: 1_000,
      isLog: true,
      ticks: ticks([1e-6, 1e-4, 0.01, 1, 100], power),
    },
  );
  const ends = [restarted, product].map((logEs) => path(plot, logEs));
  const minuteOf = (points: readonly Point[]): number => points.length / looksPerMinute;
  return draw({
    width: 720,
    height: 395,
    title: 'Harm that begins at 25 %: a healthy past must not hide it',
    description:
      `The evidence of the release, with a restart at each step, stops it after ` +
      `${minuteOf(ends[0] ?? []).toFixed(0)} minutes; the plain product of the steps after ` +
      `${minuteOf(ends[1] ?? []).toFixed(0)}.`,
    body: [
      ...plot.body,
      text([plot.left, plot.top - 28], 'e-value over all steps, by the candidate’s weight', {
        of: 'soft',
      }),
      ...weights.flatMap((weight, i) => [
        line([plot.at(i * minutesPerStep, 1e-6), plot.at(i * minutesPerStep, 1_000)], 'thin idle'),
        text([plot.x((i + 0.5) * minutesPerStep), plot.top - 6], `${100 * weight} %`, {
          of: 'small soft',
          anchor: 'middle',
        }),
      ]),
      plot.level(threshold, 'line stop dashed'),
      text([plot.left + 6, plot.y(threshold) - 7], 'stop at 100', { of: 'small stop-fill' }),
      line(ends[1] ?? [], 'line idle'),
      line(ends[0] ?? [], 'line candidate'),
      ...ends.map((points) => dot(points.at(-1) ?? [0, 0], 'stop-fill')),
      text([plot.left + 12, plot.y(3.2)], 'with a restart at each step', { of: 'candidate-fill' }),
      text([plot.left + 190, plot.y(0.003)], 'product of the steps', { of: 'soft' }),
    ],
  });
}
