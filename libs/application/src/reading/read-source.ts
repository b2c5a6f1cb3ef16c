import {
  namesVersion,
  renderQuery,
  type MetricQuery,
  type Reading,
  type Sample,
} from '@spillway/domain-analysis';
import {
  formatDuration,
  instant,
  splitServiceName,
  type ClusterName,
  type Version,
} from '@spillway/kernel';
import type { MetricQuestion } from '../port/metrics-source.js';
import type { NumberSource, SourceAnswer } from '../port/number-source.js';

type SourceQuery = Extract<MetricQuery, { kind: 'source' | 'sourceCounts' }>;
type Failure = Extract<Reading, { kind: 'error' }>;

/** One number of a version, or requests and errors of it. */
type Answer =
  { readonly kind: 'sample'; readonly sample: Sample } | Exclude<Reading, { kind: 'value' }>;

/**
 * Asks a source for the candidate, and for stable where the query names the version. A stable
 * without data leaves the reading without a stable sample; an error of either is an error.
 */
export async function readSource(
  query: SourceQuery,
  question: MetricQuestion,
  cluster: ClusterName,
  source: NumberSource,
): Promise<Reading> {
  const ask = (template: string, version: Version): Promise<SourceAnswer> =>
    askVersion(template, version, { question, cluster, source });
  const templates = query.kind === 'source' ? [query.value] : [query.requests, query.errors];
  const versions = templates.every(namesVersion)
    ? [question.candidate, question.stable]
    : [question.candidate];
  const [candidate, stable] = await Promise.all(
    versions.map(async (version) => {
      const answers = await Promise.all(templates.map((template) => ask(template, version)));
      return query.kind === 'source' ? numberOf(answers) : countsOf(answers);
    }),
  );
  if (candidate === undefined) return nothing;
  if (candidate.kind === 'error') return candidate;
  if (stable?.kind === 'error') return stable;
  if (candidate.kind !== 'sample') return candidate;
  return {
    kind: 'value',
    candidate: candidate.sample,
    ...(stable?.kind === 'sample' ? { stable: stable.sample } : {}),
  };
}

function askVersion(
  template: string,
  version: Version,
  asked: {
    readonly question: MetricQuestion;
    readonly cluster: ClusterName;
    readonly source: NumberSource;
  },
): Promise<SourceAnswer> {
  const { service, at, window } = asked.question;
  const { namespace, name } = splitServiceName(service.service);
  const rendered = renderQuery(template, {
    namespace,
    service: name,
    version,
    cluster: asked.cluster,
    window: formatDuration(window),
    windowSeconds: String(Math.round(window / 1_000)),
  });
  return rendered.kind === 'unknownVariable'
    ? Promise.resolve(failure(`the query has {{${rendered.name}}}, which is not known`))
    : asked.source.ask({ query: rendered.text, from: instant(at - window), to: at });
}

const nothing = { kind: 'empty' } as const;

const failure = (message: string): Failure => ({ kind: 'error', message });

const numberOf = ([answer = nothing]: readonly SourceAnswer[]): Answer =>
  answer.kind === 'value' ? { kind: 'sample', sample: { value: answer.value } } : noNumber(answer);

const noNumber = (answer: Exclude<SourceAnswer, { kind: 'value' }>): Answer =>
  answer.kind === 'error' ? failure(answer.message) : answer;

/** Many backends have no series of failures before the first one: requests without errors are good ones. */
function countsOf([requests = nothing, errors = nothing]: readonly SourceAnswer[]): Answer {
  if (requests.kind !== 'value') return noNumber(requests);
  if (errors.kind === 'value') return rateOf(requests.value, errors.value);
  return errors.kind === 'empty' ? rateOf(requests.value, 0) : noNumber(errors);
}

function rateOf(requests: number, errors: number): Answer {
  if (requests <= 0) return nothing;
  if (errors < 0 || errors > requests) {
    return failure(`the source counts ${errors} errors of ${requests} requests`);
  }
  return { kind: 'sample', sample: { value: 100 * (1 - errors / requests), requests, errors } };
}
