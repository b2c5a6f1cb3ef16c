import { formatDuration, refusal, type Refusal } from '@spillway/kernel';
import { namesVersion } from './query-template.js';
import {
  isAnytimeValid,
  type MetricJudge,
  type MetricQuery,
  type MetricSpec,
} from './metric-spec.js';

const invalid = (field: string, message: string, next: string): Refusal =>
  refusal('INVALID_STRATEGY', message, next, field);

/** What each judge reads out of a measurement, and which queries give it. */
const fitting: Readonly<Partial<Record<MetricJudge['kind'], readonly MetricQuery['kind'][]>>> = {
  errorCount: ['requestSuccessRate', 'sourceCounts', 'pushed'],
  latency: ['requestLatency'],
  // A share of few requests is spread wider than one of many, and ranks take that for a difference.
  mannWhitney: ['promql', 'source', 'pushed'],
};

/** What is wrong with the way a metric compares, or with its share; `undefined` when nothing is. */
export function refuseJudge(spec: MetricSpec, path: string): Refusal | undefined {
  const { judge, weight = 1, name } = spec;
  if (!(Number.isFinite(weight) && weight > 0)) {
    return invalid(
      `${path}.weight`,
      `Metric "${name}" has weight ${weight}.`,
      'Write a number above 0: its share of the release’s α beside the other metrics.',
    );
  }
  if (judge === undefined) return undefined;
  return (
    refuseQuery(spec, judge, path) ??
    (isAnytimeValid(judge) ? refuseWindows(spec, path) : undefined) ??
    refuseNumbers(judge, path)
  );
}

function refuseQuery({ name, query }: MetricSpec, judge: MetricJudge, path: string) {
  const queries = fitting[judge.kind];
  if (queries?.includes(query.kind) === false) {
    return invalid(
      `${path}.judge`,
      `Metric "${name}" is judged by ${judge.kind}, which cannot read ${query.kind}.`,
      `Use one of ${queries.join(', ')}, or another judge.`,
    );
  }
  if (comparesVersions(query)) return undefined;
  return invalid(
    `${path}.query`,
    `Metric "${name}" is to be compared with stable, and its query does not name a version.`,
    'Put {{version}} into it: it is asked once for each version.',
  );
}

/** Windows that overlap, or are rounded until they do, count some requests twice. */
function refuseWindows({ name, interval, window }: MetricSpec, path: string): Refusal | undefined {
  if (interval % 1_000 !== 0) {
    return invalid(
      `${path}.interval`,
      `Metric "${name}" counts every ${interval} ms, and windows end on whole seconds.`,
      'Write whole seconds: a judge that counts must count each request once.',
    );
  }
  if (window === interval) return undefined;
  return invalid(
    `${path}.window`,
    `Metric "${name}" looks back ${formatDuration(window)} every ${formatDuration(interval)}.`,
    'Leave the window out: a judge that counts must count each request once.',
  );
}

/** Whether a query of people's own is asked for stable too. */
function comparesVersions(query: MetricQuery): boolean {
  if (query.kind === 'promql') return namesVersion(query.template);
  if (query.kind === 'source') return namesVersion(query.value);
  return query.kind !== 'sourceCounts' || [query.requests, query.errors].every(namesVersion);
}

function refuseNumbers(judge: MetricJudge, path: string): Refusal | undefined {
  const field = `${path}.judge.${judge.kind}`;
  if ('maxRatio' in judge && !(judge.maxRatio >= 1 && Number.isFinite(judge.maxRatio))) {
    return invalid(
      `${field}.maxRatio`,
      `The allowed ratio is ${judge.maxRatio}.`,
      'Write 1 for "no worse than stable", or more.',
    );
  }
  if (judge.kind !== 'errorCount' || judge.nonInferiorityMargin === undefined) return undefined;
  if (judge.nonInferiorityMargin > judge.maxRatio) return undefined;
  return invalid(
    `${field}.nonInferiorityMargin`,
    `The margin ${judge.nonInferiorityMargin} is not above the allowed ratio ${judge.maxRatio}.`,
    'Write a larger margin: the ratio must be shown to be below it.',
  );
}
