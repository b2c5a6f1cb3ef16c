import { SpanKind, SpanStatusCode, TraceFlags, type HrTime } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { Instant } from '@spillway/kernel';
import type { Span, SpanPlace, SpanSink } from './span.js';
import type { TracingSettings } from './tracing-settings.js';

/** Spans wait so long for others to go with them. */
const gatheringMs = 1_000;

/** Some megabytes at the most; what comes then is dropped. */
const mostWaiting = 4_096;

/** Told of each batch: why it was lost, or nothing. */
export type OnBatch = (lost: Error | undefined) => void;

/** Sends spans to a collector by OTLP over HTTP, in batches, beside everything else. */
export function createOtlpSink(settings: TracingSettings, onBatch: OnBatch): SpanSink {
  const { endpoint, headers, timeoutMs } = settings;
  const exporter = new OTLPTraceExporter({ url: endpoint, headers, timeoutMillis: timeoutMs });
  const processor = new BatchSpanProcessor(heard(exporter, onBatch), {
    scheduledDelayMillis: gatheringMs,
    maxQueueSize: mostWaiting,
    exportTimeoutMillis: timeoutMs + gatheringMs,
  });
  const resource = resourceFromAttributes({
    ...settings.resource,
    'service.name': settings.serviceName,
    'service.instance.id': settings.instance,
  });
  return {
    write: (span) => processor.onEnd(toReadable(span, resource)),
    close: () => processor.shutdown(),
  };
}

const heard = (exporter: SpanExporter, onBatch: OnBatch): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(spans, (result) => {
      onBatch(result.code === 0 ? undefined : (result.error ?? new Error('no reason was given')));
      done(result);
    }),
  shutdown: () => exporter.shutdown(),
});

const kinds = {
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  server: SpanKind.SERVER,
} as const satisfies Record<Span['kind'], SpanKind>;

/** A span that has ended, as exporters read it; there is no other one, so no tracer is needed. */
function toReadable(span: Span, resource: Resource): ReadableSpan {
  const { traceId, parentId, from, to, failure } = span;
  return {
    name: span.name,
    kind: kinds[span.kind],
    spanContext: () => contextOf(span),
    ...(parentId === undefined
      ? {}
      : { parentSpanContext: contextOf({ traceId, spanId: parentId }) }),
    startTime: toHrTime(from),
    endTime: toHrTime(to),
    duration: toHrTime(Math.max(0, to - from)),
    status:
      failure === undefined
        ? { code: SpanStatusCode.UNSET }
        : { code: SpanStatusCode.ERROR, message: failure },
    attributes: { ...span.attributes },
    links: span.links.map((place) => ({ context: contextOf(place) })),
    events: [],
    ended: true,
    resource,
    instrumentationScope: { name: 'spillway' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

const contextOf = ({ traceId, spanId }: SpanPlace) => ({
  traceId,
  spanId,
  traceFlags: TraceFlags.SAMPLED,
});

const toHrTime = (ms: Instant | number): HrTime => [
  Math.floor(ms / 1_000),
  Math.round((ms % 1_000) * 1_000_000),
];
