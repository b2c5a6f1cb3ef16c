import type { Clock, MetricQuestion, MetricsSource } from '@spillway/application';
import { namesVersion, type Reading } from '@spillway/domain-analysis';
import type { ClusterName, Version } from '@spillway/kernel';
import type { Connect } from '../backend-call/index.js';
import type { Answer, Series } from './answer.js';
import { AskedInTurn } from './asked-in-turn.js';
import { knownVersionLabels, metricLabelOf } from './istio-metrics.js';
import { MeshCounts, type Counted } from './mesh-counts.js';
import { PrometheusClient, type PrometheusConnection } from './prometheus-client.js';
import { renderTemplate } from './promql-template.js';
import { latency, successRate, type SampleOutcome } from './sample.js';
import { SharedAnswers } from './shared-answers.js';

/** Long enough for releases that measure in the same second, too short to hide a change. */
const keepMs = 5_000;

const error = (message: string): Failure => ({ kind: 'error', message });

/**
 * Istio's metrics from a Prometheus.
 *
 * Requests and latencies are asked for many of the services at once that are measured these days;
 * whoever asks at the same time, or a little later for the same window and moment, shares the answer.
 * Counts are exact, see `exactIncrease`: ask when the window's end is `lagMs` ago, or the last
 * scrape may be missed and its requests with it; and let a window that is to see nothing of an
 * older split begin `scrapeIntervalMs` after the split was live. Readings:
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
  deps: PrometheusSourceDeps,
): MetricsSource {
  return new PrometheusSource(connection, deps);
}

export interface PrometheusSourceDeps {
  /** Whose metrics these are, for templates that name it. */
  readonly cluster: ClusterName;
  readonly clock: Clock;
  readonly connect?: Connect;
}

class PrometheusSource implements MetricsSource {
  readonly #prometheus: AskedInTurn;
  readonly #counts: MeshCounts;
  readonly #templates: SharedAnswers<Answer>;
  readonly #cluster: ClusterName;

  constructor(connection: PrometheusConnection, { cluster, clock, connect }: PrometheusSourceDeps) {
    this.#cluster = cluster;
    this.#prometheus = new AskedInTurn(new PrometheusClient(connection, connect), clock);
    this.#counts = new MeshCounts(connection, clock, this.#prometheus);
    this.#templates = new SharedAnswers({
      clock,
      keepMs,
      isWorthKeeping: ({ kind }) => kind === 'series',
    });
  }

  read(question: MetricQuestion): Promise<Reading> {
    const { query } = question;
    switch (query.kind) {
      case 'requestSuccessRate':
        return this.#readMesh(question, 'requests', successRate);
      case 'requestLatency':
        return this.#readMesh(question, 'latencies', (series) => latency(series, query.quantile));
      case 'promql':
        return this.#readTemplate(question, query.template);
      case 'source':
      case 'sourceCounts':
      case 'pushed':
        return Promise.resolve(error(`a cluster's Prometheus is not asked for ${query.kind}`));
    }
  }

  close(): Promise<void> {
    this.#counts.clear();
    this.#templates.clear();
    return this.#prometheus.close();
  }

  async #readMesh(
    question: MetricQuestion,
    what: Counted,
    sampleOf: (series: readonly Series[]) => SampleOutcome,
  ): Promise<Reading> {
    const { service } = question;
    const label = metricLabelOf(service);
    if (label === undefined) {
      return error(
        `Istio's metrics do not have the pod label "${service.versionLabel}"; tell versions apart by ${knownVersionLabels.join(', ')}, or measure with a PromQL template`,
      );
    }
    const answer = await this.#counts.of(what, question);
    if (answer.kind === 'error') return answer;
    const sample = (version: Version): SampleOutcome =>
      sampleOf(answer.series.filter(({ labels }) => labels[label] === version));
    return combine(sample(question.candidate), sample(question.stable));
  }

  async #readTemplate(question: MetricQuestion, template: string): Promise<Reading> {
    // Looked at once for both versions, or a backend that is back would answer for one of them.
    const { refusal } = this.#prometheus;
    if (refusal !== undefined) return error(refusal.message);
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
    const rendered = renderTemplate(template, question, { cluster: this.#cluster, version });
    if (rendered.kind === 'unknownVariable') {
      return error(`the query has {{${rendered.name}}}, which is not known`);
    }
    const { text: promql } = rendered;
    const { at } = question;
    const answer = await this.#templates.get(`${at} ${promql}`, () =>
      this.#prometheus.query(promql, at),
    );
    if (answer.kind !== 'series') return error(answer.message);
    const [only, ...others] = answer.series;
    if (others.length > 0) {
      return error(
        `the query gave ${answer.series.length} series where one is needed; aggregate them, e.g. with sum(): ${promql}`,
      );
    }
    if (only === undefined) return 'empty';
    return Number.isFinite(only.value) ? { value: only.value } : 'notANumber';
  }
}

type Failure = Extract<Reading, { kind: 'error' }>;

const isFailure = (outcome: SampleOutcome | Failure): outcome is Failure =>
  typeof outcome === 'object' && 'kind' in outcome;

function combine(candidate: SampleOutcome, stable: SampleOutcome): Reading {
  if (typeof candidate === 'string') return { kind: candidate };
  return { kind: 'value', candidate, ...(typeof stable === 'string' ? {} : { stable }) };
}
