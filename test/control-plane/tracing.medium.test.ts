import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Collector, type ReceivedSpan } from '@spillway/adapter-telemetry/testing';
import { createSpillwayClient, waitForRelease, type Release } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { openStage, readyStage, token, type Stage } from './stage.js';

const sender = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

let database: FreshDatabase;
let collector: Collector;
let stages: Stage[];
/** Those of them that still run. */
let running: Set<Stage>;
let release: Release;
const open = (options: Partial<Parameters<typeof openStage>[0]>) => ({
  databaseUrl: database.url,
  env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  ...options,
});

async function worker(world: Stage['controlPlane']['engine']['world']): Promise<Stage> {
  const stage = await openStage(open({ role: 'worker', world }));
  await stage.controlPlane.started;
  stages.push(stage);
  running.add(stage);
  return stage;
}

/** As a deploy script does that is traced itself. */
const tracedClient = ({ url }: Stage) =>
  createSpillwayClient({
    baseUrl: url,
    token,
    fetch: (request) => {
      const headers = new Headers(request.headers);
      headers.set('traceparent', `00-${sender.traceId}-${sender.spanId}-01`);
      return fetch(new Request(request, { headers }));
    },
  });

/** A worker is stopped in the midst of it, and another one started. */
async function released(api: Stage): Promise<Release> {
  const { world } = api.controlPlane.engine;
  const [first] = await Promise.all([worker(world), worker(world)]);
  const client = tracedClient(api);
  const wanted = { service: documents.service.name, candidate: 'v2', strategy: 'judged' };
  const { id } = await client.releases.start(wanted);
  for await (const { progress } of client.releases.watch(id)) {
    if (progress.stepIndex > 0) break;
  }
  running.delete(first);
  await first.stop();
  await worker(world);
  return waitForRelease(client, id, { timeoutMs: 150_000 });
}

beforeAll(async () => {
  database = await freshDatabase();
  collector = await Collector.open();
  const api = await readyStage(open({ role: 'api' }));
  stages = [api];
  running = new Set(stages);
  try {
    release = await released(api);
  } finally {
    await Promise.all([...running].map((stage) => stage.stop()));
  }
}, 180_000);
afterAll(async () => {
  await collector.close();
  await database.drop();
  expect(stages.flatMap(({ log }) => log.errors)).toEqual([]);
});

const named = (name: string): readonly ReceivedSpan[] =>
  collector.spans.filter((span) => span.name === name);
const ofRelease = (): readonly ReceivedSpan[] =>
  collector.spans.filter(({ attributes }) => attributes['spillway.release'] === release.id);

describe('a release over an api, two workers and one that took over', () => {
  it('is one trace, whose id is the release’s', () => {
    expect(release.phase).toBe('succeeded');
    expect(ofRelease().length).toBe(collector.spans.length);
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(
      new Set([release.id.replaceAll('-', '')]),
    );
  });

  it('has spans of each process', () => {
    const processes = new Set(
      collector.spans.map(({ resource }) => resource['service.instance.id']),
    );
    const roles = collector.spans.map(({ resource }) => resource['spillway.role']);
    expect(processes.size).toBeGreaterThanOrEqual(3);
    expect(new Set(roles)).toEqual(new Set(['api', 'worker']));
  });

  it('has each span once, and none that lies in one that is not there', () => {
    const ids = collector.spans.map(({ spanId }) => spanId);
    expect(new Set(ids).size).toBe(ids.length);
    const parents = collector.spans.map(({ parentSpanId }) => parentSpanId ?? ids[0]);
    expect(parents.filter((id) => !ids.includes(id ?? ''))).toEqual([]);
    expect(named('release')).toMatchObject([
      { attributes: { 'spillway.outcome': 'succeeded', 'spillway.service': 'shop/catalog' } },
    ]);
  });

  it('has each step, and the clusters’ traffic with its writes in it', () => {
    expect(named('step setWeight').length + named('step analyze').length).toBe(
      release.progress.steps,
    );
    const traffic = named('traffic');
    const where = (span?: ReceivedSpan) => [
      span?.attributes['spillway.cluster'],
      span?.attributes['spillway.generation'],
    ];
    expect(new Set(traffic.map((span) => where(span)[0]))).toEqual(
      new Set(documents.service.clusters),
    );
    const writes = named('write VirtualService');
    expect(writes.length).toBeGreaterThanOrEqual(4);
    for (const write of writes) {
      expect(write.attributes['spillway.outcome']).toBe('applied');
      expect(where(write)).toEqual(
        where(traffic.find(({ spanId }) => spanId === write.parentSpanId)),
      );
    }
    expect(named('measure').length).toBeGreaterThanOrEqual(4);
  });

  it('is linked to the trace of the script that started it', () => {
    expect(named('startRelease')).toMatchObject([
      { links: [sender], attributes: { 'spillway.outcome': 'accepted' } },
    ]);
  });
});

it('every line of it that a process logs names the trace', () => {
  const lines = stages.flatMap(({ log }) => log.lines.map(({ fields }) => fields));
  const about = lines.filter((fields) => 'release' in fields && fields.release === release.id);
  expect(about.length).toBeGreaterThan(5);
  for (const fields of about) {
    expect(fields).toMatchObject({
      trace_id: release.id.replaceAll('-', ''),
      span_id: expect.stringMatching(/^[\da-f]{16}$/),
    });
  }
});
