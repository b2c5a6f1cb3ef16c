import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '@spillway/application/testing';
import { instant, releaseId } from '@spillway/kernel';
import { Collector } from '../testing/collector.js';
import { batchNews } from './batch-news.js';
import { createOtlpSink } from './otlp-sink.js';
import { openTracing } from './open-tracing.js';
import type { Span } from './span.js';

let collector: Collector;
beforeEach(async () => {
  collector = await Collector.open();
});
afterEach(() => collector.close());

const settings = (timeoutMs = 5_000) => ({
  endpoint: `${collector.url}/v1/traces`,
  headers: { 'api-key': 'secret' },
  timeoutMs,
  serviceName: 'spillway',
  instance: 'one',
  resource: { 'spillway.role': 'worker' },
  share: 1,
});

const aSpan = (more: Partial<Span> = {}): Span => ({
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'release',
  kind: 'internal',
  from: instant(1_700_000_000_123),
  to: instant(1_700_000_001_456),
  attributes: { 'spillway.generation': 7, 'spillway.cluster': undefined },
  links: [],
  ...more,
});

const clock = { now: () => instant(Date.now()) };

/** Lines, shortened to their level and what they say. */
function aLog() {
  const lines: string[] = [];
  const note = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { lines, info: note('info'), warn: note('warn'), error: note('error') };
}

/** Batches gather for a second each. */
jest.setTimeout(30_000);

describe('spans on their way to a collector', () => {
  it('arrive as they are, with who sent them', async () => {
    const sink = createOtlpSink(settings(), () => undefined);
    const link = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) };
    sink.write(aSpan({ parentId: 'e'.repeat(16), failure: 'it failed', links: [link] }));
    await sink.close();
    expect(collector.requests).toMatchObject([
      { path: '/v1/traces', headers: { 'api-key': 'secret' } },
    ]);
    const [span] = collector.spans;
    expect(span).toMatchObject({
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      parentSpanId: 'e'.repeat(16),
      name: 'release',
      resource: {
        'service.name': 'spillway',
        'service.instance.id': 'one',
        'spillway.role': 'worker',
      },
      links: [link],
      status: { code: 2, message: 'it failed' },
    });
    expect(span?.attributes).toEqual({ 'spillway.generation': 7 });
    expect([span?.from, span?.to]).toEqual([1_700_000_000_123, 1_700_000_001_456]);
  });

  it('are lost with one line while it does not take them, and with another when it does again', async () => {
    collector.answers = 400;
    const log = aLog();
    const sink = createOtlpSink(settings(), batchNews(log, collector.url));
    sink.write(aSpan());
    await until(() => collector.requests.length === 1);
    sink.write(aSpan());
    await until(() => collector.requests.length === 2);
    collector.answers = 200;
    sink.write(aSpan());
    await until(() => collector.spans.length === 1);
    await sink.close();
    expect(log.lines).toEqual([
      expect.stringMatching(/^warn spans are lost.*Bad Request/),
      expect.stringMatching(/^info spans reach the collector again/),
    ]);
  });

  it('are lost with one line where nobody is', async () => {
    const log = aLog();
    const { url } = collector;
    const sink = createOtlpSink({ ...settings(200), endpoint: `${url}/` }, batchNews(log, url));
    await collector.close();
    collector = await Collector.open();
    sink.write(aSpan());
    await until(() => log.lines.length === 1);
    expect(log.lines[0]).toMatch(/^warn spans are lost.*ECONNREFUSED/);
  });

  it('are dropped where there are more than it holds', async () => {
    const sink = createOtlpSink(settings(), () => undefined);
    for (let written = 0; written < 50_000; written += 1) sink.write(aSpan());
    await sink.close();
    expect(collector.spans.length).toBeGreaterThan(4_000);
    expect(collector.spans.length).toBeLessThan(5_000);
  });
});

describe('a stop', () => {
  it('waits for a collector that hangs about a second, and no longer', async () => {
    collector.answers = 'never';
    const log = aLog();
    const tracing = openTracing(settings(60_000), { clock, logger: log });
    const useCases = tracing.useCases({
      commandRelease: () => Promise.resolve({ ok: false, error: { code: 'X', message: 'no' } }),
    } as never);
    const release = releaseId('00000000-0000-4000-8000-000000000001');
    const caller = { actor: 'anna', grants: [], origin: { via: 'rest', requestId: '1' } } as const;
    await useCases.commandRelease({ release, verb: 'abort', comment: '' }, caller);
    const before = performance.now();
    await tracing.close();
    const took = performance.now() - before;
    expect(collector.requests).toHaveLength(1);
    expect(took).toBeGreaterThan(900);
    expect(took).toBeLessThan(10_000);
  });
});
