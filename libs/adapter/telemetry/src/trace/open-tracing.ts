import type { Clock, Logger } from '@spillway/application';
import { batchNews } from './batch-news.js';
import { lateSink } from './late-sink.js';
import { ReleaseTracing } from './release-tracing.js';
import type { SpanSink } from './span.js';
import type { TracingSettings } from './tracing-settings.js';
import { noTracing, type Tracing } from './tracing.js';

interface OpenedBy {
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Tracing to a collector, or none. The libraries of OpenTelemetry are loaded only for a collector,
 * and beside the start of the process, not before it.
 */
export function openTracing(
  settings: TracingSettings | undefined,
  { clock, logger }: OpenedBy,
): Tracing {
  if (settings === undefined) return noTracing;
  const sink = lateSink(() => loadSink(settings, logger));
  return new ReleaseTracing({ sink, clock, share: settings.share });
}

async function loadSink(settings: TracingSettings, logger: Logger): Promise<SpanSink> {
  try {
    const { createOtlpSink } = await import('./otlp-sink.js');
    return createOtlpSink(settings, batchNews(logger, new URL(settings.endpoint).origin));
  } catch (error) {
    logger.error(
      { reason: String(error) },
      'there are no traces: what sends them cannot be loaded',
    );
    return { write: () => undefined, close: () => Promise.resolve() };
  }
}
