import type { MetricQuestion, MetricsSource } from '@spillway/application';
import type { Reading } from '@spillway/domain-analysis';
import { clusterName, instant, serviceName } from '@spillway/kernel';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  aConnection,
  aQuestion,
  startLoopbackPrometheus,
  vector,
  type LoopbackPrometheus,
  type Reply,
  type SeenQuery,
} from '../testing/index.js';
import type { PrometheusConnection } from './prometheus-client.js';
import { createPrometheusSource } from './prometheus-source.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Rig {
  readonly source: MetricsSource;
  readonly server: LoopbackPrometheus;
  /** Time that passes between questions. */
  readonly pass: (ms: number) => void;
}

async function connect(
  reply: (query: SeenQuery) => Reply,
  change: Partial<PrometheusConnection> = {},
): Promise<Rig> {
  const server = await startLoopbackPrometheus(reply);
  let now = 0;
  const source = createPrometheusSource(aConnection(server.url, change), {
    cluster: clusterName('eu'),
    clock: { now: () => instant(now) },
  });
  open.push(source, server);
  return { source, server, pass: (ms) => void (now += ms) };
}

const hostOf = (i: number): string => `s${i}.shop.svc.cluster.local`;
const askFor = (i: number): MetricQuestion =>
  aQuestion({
    service: { ...aQuestion().service, service: serviceName(`shop/s${i}`), host: hostOf(i) },
  });

/** Fifty services; the candidate of service i gets 100 requests, i of which fail. */
const fiftyServices = vector(
  ...Array.from({ length: 50 }, (_, i) => {
    const labels = { destination_service: hostOf(i), destination_version: 'v2' };
    return [
      [{ ...labels, response_code: '200' }, String(100 - i)],
      [{ ...labels, response_code: '503' }, String(i)],
    ] as const;
  }).flat(),
);

const template = (text: string): MetricQuestion =>
  aQuestion({ query: { kind: 'promql', template: text } });

describe('questions to a Prometheus source', () => {
  it('ask the backend once for fifty services', async () => {
    const { source, server } = await connect(() => ({ body: fiftyServices }));
    const questions = Array.from({ length: 50 }, (_, i) => askFor(i));
    const readings = await Promise.all(questions.map((question) => source.read(question)));
    expect(server.seen).toHaveLength(1);
    expect(readings[7]).toEqual({
      kind: 'value',
      candidate: { value: 93, requests: 100, errors: 7 },
    });
  });

  it('ask once for all quantiles of latency', async () => {
    const { source, server } = await connect(() => ({ body: vector() }));
    await Promise.all(
      [0.5, 0.9, 0.99].map((quantile) =>
        source.read(aQuestion({ query: { kind: 'requestLatency', quantile } })),
      ),
    );
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.promql).toContain('istio_request_duration_milliseconds_bucket');
  });

  it('share a failure only while it lasts', async () => {
    let reply: Reply = { status: 503, body: 'starting' };
    const { source, server } = await connect(() => reply);
    const readings = await Promise.all([source.read(askFor(1)), source.read(askFor(2))]);
    expect(readings.map(({ kind }) => kind)).toEqual(['error', 'error']);
    expect(server.seen).toHaveLength(1);
    reply = { body: fiftyServices };
    expect((await source.read(askFor(1))).kind).toBe('value');
  });

  it('are not asked of a backend that gave no answer a moment ago', async () => {
    let reply: Reply;
    const { source, server, pass } = await connect(() => reply, { timeoutMs: 250 });
    const silence = await source.read(askFor(1));
    expect(silence).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('no answer within 250 ms'),
    });
    reply = { body: fiftyServices };
    expect(await source.read(template('up'))).toEqual(silence);
    pass(4_999);
    expect(await source.read(askFor(2))).toEqual(silence);
    expect(server.seen).toHaveLength(1);
    pass(1);
    const [first, second] = await Promise.all([source.read(askFor(1)), source.read(askFor(2))]);
    expect([first.kind, second]).toEqual(['value', silence]);
    expect((await source.read(askFor(2))).kind).toBe('value');
  });

  it('ask a backend that is back for stable and candidate alike', async () => {
    let reply: Reply;
    const { source, pass } = await connect(() => reply, { timeoutMs: 250 });
    await source.read(askFor(1));
    reply = { body: vector([{}, '7']) };
    pass(5_000);
    expect(await source.read(template('q{v="{{version}}"}'))).toMatchObject({
      kind: 'value',
      stable: { value: 7 },
    });
  });

  it('tell versions apart by the label that the service uses', async () => {
    const series = { destination_service: hostOf(1), response_code: '200' };
    const { source } = await connect(() => ({
      body: vector(
        [{ ...series, destination_version: 'v2', destination_canonical_revision: 'r2' }, '10'],
        [{ ...series, destination_version: 'v3', destination_canonical_revision: 'v2' }, '20'],
      ),
    }));
    const { service, ...question } = askFor(1);
    const readBy = (versionLabel: string): Promise<Reading> =>
      source.read({ ...question, service: { ...service, versionLabel } });
    expect(await readBy('version')).toMatchObject({ candidate: { requests: 10 } });
    expect(await readBy('app.kubernetes.io/version')).toMatchObject({
      candidate: { requests: 20 },
    });
    expect(await readBy('tier')).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('"tier"'),
    });
  });
});

describe('a PromQL template', () => {
  it('is asked for candidate and stable when it names the version', async () => {
    const { source, server } = await connect(({ promql }) => ({
      body: vector([{}, promql.includes('v2') ? '7' : '3']),
    }));
    const text = 'q{ns="{{namespace}}",s="{{ service }}",v="{{version}}"}[{{window}}]';
    expect(await source.read(template(text))).toEqual({
      kind: 'value',
      candidate: { value: 7 },
      stable: { value: 3 },
    });
    expect(server.seen.map(({ promql }) => promql).sort()).toEqual([
      'q{ns="shop",s="catalog",v="v1"}[1m]',
      'q{ns="shop",s="catalog",v="v2"}[1m]',
    ]);
  });

  it('is asked once when it does not', async () => {
    const { source, server } = await connect(() => ({ body: vector([{}, '7']) }));
    expect(await source.read(template('up'))).toEqual({ kind: 'value', candidate: { value: 7 } });
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, Reply, Reading['kind']]>([
    ['no series', { body: vector() }, 'empty'],
    ['NaN', { body: vector([{}, 'NaN']) }, 'notANumber'],
    ['infinity', { body: vector([{}, '+Inf']) }, 'notANumber'],
  ])('that gives %s is no value', async (_, reply, kind) => {
    const { source } = await connect(() => reply);
    expect(await source.read(template('up'))).toEqual({ kind });
  });

  it('that gives several series is an error, for nobody knows which one was meant', async () => {
    const { source } = await connect(() => ({
      body: vector([{ a: '1' }, '3'], [{ a: '2' }, '7']),
    }));
    expect(await source.read(template('up'))).toEqual({
      kind: 'error',
      message: expect.stringMatching(/2 series .* sum\(\)/),
    });
  });

  it('goes without stable when stable has no data, and fails when stable cannot be asked', async () => {
    const forStable = (reply: Reply) => (query: SeenQuery) =>
      query.promql.includes('v1') ? reply : { body: vector([{}, '7']) };
    const empty = await connect(forStable({ body: vector() }));
    const text = 'q{v="{{version}}"}';
    expect(await empty.source.read(template(text))).toEqual({
      kind: 'value',
      candidate: { value: 7 },
    });
    const broken = await connect(forStable({ status: 500, body: 'oops' }));
    expect(await broken.source.read(template(text))).toMatchObject({ kind: 'error' });
  });

  it('with a variable that does not exist asks nobody and names it', async () => {
    const { source, server } = await connect(() => ({ body: vector() }));
    expect(await source.read(template('up{x="{{target}}"}'))).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('{{target}}'),
    });
    expect(server.seen).toHaveLength(0);
  });
});
