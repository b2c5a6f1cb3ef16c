import { setTimeout as sleep } from 'node:timers/promises';
import {
  Histories,
  witnessed,
  type Clock,
  type ClusterLink,
  type Job,
  type Logger,
  type MetricsSource,
  type NumberSource,
  type OutgoingCalls,
  type UnitOfWork,
  type UseCases,
} from '@spillway/application';
import type { ReleaseId } from '@spillway/kernel';
import { endedSpans } from './history-spans.js';
import { isAmong } from './ids.js';
import { LiveSpans } from './live-spans.js';
import { placeOfLine } from './place-of-line.js';
import { Scopes } from './scopes.js';
import type { SpanSink } from './span.js';
import { tracedLink, tracedHooks, tracedMetrics, tracedSource } from './traced-calls.js';
import { Senders, tracedUseCases } from './traced-commands.js';
import { tracedJob } from './traced-job.js';
import { tracedLogger } from './traced-logger.js';
import type { Tracing } from './tracing.js';

export interface ReleaseTracingOptions {
  readonly sink: SpanSink;
  readonly clock: Clock;
  /** Of all releases, from 0 to 1. */
  readonly share: number;
}

/** A stop waits so long for the last spans, and no longer. */
const patienceMs = 1_000;

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** One trace per release, from whatever process has a part in it. */
export class ReleaseTracing implements Tracing {
  private readonly scopes = new Scopes((release) => this.isTraced(release));
  private readonly senders = new Senders();
  private readonly live: LiveSpans;
  readonly request = (traceparent: string | undefined, work: () => void): void =>
    this.senders.during(traceparent, work);
  private histories: Histories | undefined;

  constructor(private readonly options: ReleaseTracingOptions) {
    this.live = new LiveSpans(this.scopes, options.sink, options.clock);
  }

  unitOfWork(plain: UnitOfWork): UnitOfWork {
    const histories = new Histories(plain);
    this.histories = histories;
    return witnessed(plain, {
      seen: (release) => this.scopes.seen(release),
      saved: ({ release, events }) => {
        if (!this.isTraced(release.id)) return;
        // The spans that ended now began somewhere in all that came before.
        histories.read(release, 0, (history) => {
          for (const span of endedSpans(history, events.length)) this.options.sink.write(span);
        });
      },
    });
  }

  handle(plain: (job: Job) => Promise<void>): (job: Job) => Promise<void> {
    return tracedJob(plain, this.scopes, this.options);
  }

  link(plain: ClusterLink): ClusterLink {
    return tracedLink(plain, this.live);
  }

  metrics(plain: MetricsSource): MetricsSource {
    return tracedMetrics(plain, this.live);
  }

  source(plain: NumberSource, name: string): NumberSource {
    return tracedSource(plain, name, this.live);
  }

  hooks(plain: OutgoingCalls): OutgoingCalls {
    return tracedHooks(plain, this.live);
  }

  useCases(plain: UseCases): UseCases {
    const { sink, clock } = this.options;
    const isTraced = (release: ReleaseId) => this.isTraced(release);
    return tracedUseCases(plain, this.senders, { sink, clock, isTraced });
  }

  logger(plain: Logger): Logger {
    return tracedLogger(plain, (fields) => {
      const place = placeOfLine(fields, this.scopes.current());
      return place !== undefined && this.isTraced(place.release) ? place : undefined;
    });
  }

  async close(): Promise<void> {
    const patience = new AbortController();
    const last = async (): Promise<void> => {
      await this.histories?.idle();
      await this.options.sink.close();
    };
    await Promise.race([
      last().catch(() => undefined),
      sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }

  private isTraced(release: ReleaseId): boolean {
    return uuid.test(release) && isAmong(this.options.share, release);
  }
}
