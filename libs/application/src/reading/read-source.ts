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
  if (candidate === undefined || candidate.kind !== 'sample') return candidate ?? { kind: 'empty' };
  if (stable?.kind === 'error') return stable;
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

const failure = (message: string): Failure => ({ kind: 'error', message });

const numberOf = ([answer]: readonly SourceAnswer[]): Answer =>
  answer?.kind === 'value'
    ? { kind: 'sample', sample: { value: answer.value } }
    : noNumber(answer ?? { kind: 'empty' });

const noNumber = (answer: Exclude<SourceAnswer, { kind: 'value' }>): Answer =>
  answer.kind === 'error' ? failure(answer.message) : answer;

/** Many backends have no series of failures before the first one: requests without errors are good ones. */
function countsOf([requests, errors]: readonly SourceAnswer[]): Answer {
  if (requests?.kind !== 'value') return noNumber(requests ?? { kind: 'empty' });
  if (errors?.kind === 'error' || errors?.kind === 'notANumber') return noNumber(errors);
  const failed = errors?.kind === 'value' ? errors.value : 0;
  if (requests.value <= 0) return { kind: 'empty' };
  if (failed < 0 || failed > requests.value) {
    return failure(`the source counts ${failed} errors of ${requests.value} requests`);
  }
  const counts = { requests: requests.value, errors: failed };
  return {
    kind: 'sample',
    sample: { value: 100 * (1 - counts.errors / counts.requests), ...counts },
  };
}
