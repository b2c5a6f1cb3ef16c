import type { Clock, MetricQuestion, MetricsSource } from '@spillway/application';
import type { Reading } from '@spillway/domain-analysis';
import type { Duration, Instant, Version } from '@spillway/kernel';
import type { Series } from './answer.js';
import { Breaker } from './breaker.js';
import {
  hostLabel,
  knownVersionLabels,
  latencyQuery,
  metricLabelOf,
  requestsQuery,
} from './istio-metrics.js';
import { PrometheusClient, type PrometheusConnection } from './prometheus-client.js';
import { namesVersion, renderTemplate } from './promql-template.js';
import { latency, successRate, type SampleOutcome } from './sample.js';
import { SharedAnswers } from './shared-answers.js';

/** Long enough for releases that measure in the same second, too short to hide a change. */
const keepMs = 5_000;

/** Series by the host of their service; PromQL templates have no host to go by. */
type Sorted =
  | { readonly kind: 'series'; readonly byHost: ReadonlyMap<string, readonly Series[]> }
  | { readonly kind: 'error'; readonly message: string };

const error = (message: string): Reading => ({ kind: 'error', message });

/**
 * Istio's metrics from a Prometheus.
 *
 * Success rate and latency are asked for once for all services of the mesh;
 * whoever asks at the same time, or a little later for the same window and
 * moment, shares the answer. Readings:
 * - `error`: no answer, an answer with an error or a warning, or an answer that
 *   does not fit the question (a template that gives several series). For five
 *   seconds after no answer came, the same error again without asking, and then
 *   too while another one tries: a dead backend keeps one reader waiting, not all;
 * - `empty`: no series for the candidate, or none of its counters moved;
 * - `notANumber`: the backend itself gave NaN or an infinite number.
 *
 * A template is asked for stable too when it names `{{version}}`; a stable
 * without data leaves the reading without a stable sample.
 */
export function createPrometheusSource(
  connection: PrometheusConnection,
  { clock }: { readonly clock: Clock },
): MetricsSource {
  return new PrometheusSource(new PrometheusClient(connection), connection.reporter, clock);
}

class PrometheusSource implements MetricsSource {
  readonly #shared: SharedAnswers<Sorted>;
  readonly #breaker: Breaker;

  constructor(
    private readonly client: PrometheusClient,
    private readonly reporter: PrometheusConnection['reporter'],
    clock: Clock,
  ) {
    this.#breaker = new Breaker(clock);
    this.#shared = new SharedAnswers({
      clock,
      keepMs,
      isWorthKeeping: ({ kind }) => kind === 'series',
    });
  }

  read(question: MetricQuestion): Promise<Reading> {
    // Asked once for all queries of a reading, or a backend that is back would answer a part of them.
    const { refusal } = this.#breaker;
    if (refusal !== undefined) return Promise.resolve(error(refusal.message));
    const { query } = question;
    switch (query.kind) {
      case 'requestSuccessRate':
        return this.#readMesh(question, requestsQuery, successRate);
      case 'requestLatency':
        return this.#readMesh(question, latencyQuery, (series) => latency(series, query.quantile));
      case 'promql':
        return this.#readTemplate(question, query.template);
    }
  }

  close(): Promise<void> {
    this.#shared.clear();
    return this.client.close();
  }

  async #readMesh(
    question: MetricQuestion,
    queryFor: (reporter: PrometheusConnection['reporter'], window: Duration) => string,
    sampleOf: (series: readonly Series[]) => SampleOutcome,
  ): Promise<Reading> {
    const { service, at, window } = question;
    const label = metricLabelOf(service);
    if (label === undefined) {
      return error(
        `Istio's metrics do not have the pod label "${service.versionLabel}"; tell versions apart by ${knownVersionLabels.join(', ')}, or measure with a PromQL template`,
      );
    }
    const answer = await this.#ask(queryFor(this.reporter, window), at);
    if (answer.kind === 'error') return answer;
    const ofService = answer.byHost.get(service.host) ?? [];
    const sample = (version: Version): SampleOutcome =>
      sampleOf(ofService.filter(({ labels }) => labels[label] === version));
    return combine(sample(question.candidate), sample(question.stable));
  }

  async #readTemplate(question: MetricQuestion, template: string): Promise<Reading> {
    const [candidate, stable] = await Promise.all([
      this.#evaluate(question, template, question.candidate),
      namesVersion(template)
        ? this.#evaluate(question, template, question.stable)
        : ('empty' as const),
    ]);
    if (isFailure(candidate)) return candidate;
    return isFailure(stable) ? stable : combine(candidate, stable);
  }

  async #evaluate(
    question: MetricQuestion,
    template: string,
    version: Version,
  ): Promise<SampleOutcome | Failure> {
    const rendered = renderTemplate(template, question, version);
    if (rendered.kind === 'unknownVariable') {
      return {
        kind: 'error',
        message: `the template uses {{${rendered.name}}}; it may use {{namespace}}, {{service}}, {{version}} and {{window}}`,
      };
    }
    const answer = await this.#ask(rendered.promql, question.at);
    if (answer.kind === 'error') return answer;
    const series = [...answer.byHost.values()].flat();
    if (series.length > 1) {
      return {
        kind: 'error',
        message: `the query gave ${series.length} series where one is needed; aggregate them, e.g. with sum(): ${rendered.promql}`,
      };
    }
    const value = series[0]?.value;
    if (value === undefined) return 'empty';
    return Number.isFinite(value) ? { value } : 'notANumber';
  }

  #ask(promql: string, at: Instant): Promise<Sorted> {
    return this.#shared.get(`${at} ${promql}`, async () => {
      const answer = await this.#breaker.watch(() => this.client.query(promql, at));
      return answer.kind === 'series'
        ? { kind: 'series', byHost: sortByHost(answer.series) }
        : { kind: 'error', message: answer.message };
    });
  }
}

type Failure = Extract<Reading, { kind: 'error' }>;

const isFailure = (outcome: SampleOutcome | Failure): outcome is Failure =>
  typeof outcome === 'object' && 'kind' in outcome;

function combine(candidate: SampleOutcome, stable: SampleOutcome): Reading {
  if (typeof candidate === 'string') return { kind: candidate };
  return { kind: 'value', candidate, ...(typeof stable === 'string' ? {} : { stable }) };
}

function sortByHost(series: readonly Series[]): ReadonlyMap<string, readonly Series[]> {
  const byHost = new Map<string, Series[]>();
  for (const one of series) {
    const host = one.labels[hostLabel] ?? '';
    const others = byHost.get(host);
    if (others === undefined) byHost.set(host, [one]);
    else others.push(one);
  }
  return byHost;
}
