import type { Clock, MetricQuestion } from '@spillway/application';
import { duration, type Duration, type Instant } from '@spillway/kernel';
import type { Series } from './answer.js';
import type { AskedInTurn } from './asked-in-turn.js';
import type { InstantQuery } from './exact-increase.js';
import { latencyQuery, requestsQuery, type CountQuestion } from './istio-metrics.js';
import type { PrometheusConnection } from './prometheus-client.js';
import { ScopedAnswers } from './scoped-answers.js';
import { seriesByHost } from './series-by-host.js';

/**
 * Until the last of those that are asked for together has had its turn, and for as long as looks may
 * be late: asked for again, one by one, what is late would only grow.
 */
const keepMs = 12_000;

export type Counted = 'requests' | 'latencies';

const queries: Readonly<Record<Counted, (question: CountQuestion) => InstantQuery>> = {
  requests: requestsQuery,
  latencies: latencyQuery,
};

export type HostSeries =
  | { readonly kind: 'series'; readonly series: readonly Series[] }
  | { readonly kind: 'error'; readonly message: string };

/** An answer for many services. */
type Sorted =
  | { readonly kind: 'series'; readonly of: (host: string) => readonly Series[] }
  | { readonly kind: 'error'; readonly message: string };

/** What Istio's proxies counted, asked for many of the measured services at once. */
export class MeshCounts {
  readonly #shared: ScopedAnswers<Sorted>;

  constructor(
    private readonly connection: PrometheusConnection,
    private readonly clock: Clock,
    private readonly prometheus: AskedInTurn,
  ) {
    this.#shared = new ScopedAnswers({
      clock,
      keepMs,
      isWorthKeeping: ({ kind }) => kind === 'series',
    });
  }

  async of(
    what: Counted,
    { service, at, window }: Pick<MetricQuestion, 'service' | 'at' | 'window'>,
  ): Promise<HostSeries> {
    const question = { kind: `${what} ${window}${this.#timing(at)}`, end: at, host: service.host };
    this.#shared.note(question);
    // Who asks in the same moment is noted, too, before the backend is asked.
    await Promise.resolve();
    const { refusal } = this.prometheus;
    if (refusal !== undefined) return { kind: 'error', message: refusal.message };
    const answer = await this.#shared.get(question, (hosts) =>
      this.#ask(what, { at, window, ...(hosts === undefined ? {} : { hosts: [...hosts] }) }),
    );
    if (answer.kind === 'error') return answer;
    return { kind: 'series', series: answer.of(service.host) };
  }

  clear(): void {
    this.#shared.clear();
  }

  /** What is said before the last scrape is sure to be there is not for those who ask when it is. */
  #timing(at: Instant): string {
    return this.clock.now() < at + this.connection.lagMs ? ' early' : '';
  }

  async #ask(
    what: Counted,
    when: { readonly at: Instant; readonly window: Duration; readonly hosts?: readonly string[] },
  ): Promise<Sorted> {
    const { reporter, scrapeIntervalMs } = this.connection;
    const query = queries[what]({ ...when, reporter, scrapeInterval: duration(scrapeIntervalMs) });
    const answer = await this.prometheus.query(query.promql, query.time);
    return answer.kind === 'series'
      ? { kind: 'series', of: seriesByHost(answer.series) }
      : { kind: 'error', message: answer.message };
  }
}
