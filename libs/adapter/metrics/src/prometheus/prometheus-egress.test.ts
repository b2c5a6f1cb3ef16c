import { afterEach, describe, expect, it } from '@jest/globals';
import { duration, instant, namespaceName } from '@spillway/kernel';
import {
  aConnection,
  startLoopbackPrometheus,
  vector,
  type Reply,
  type SeenQuery,
} from '../testing/index.js';
import { createPrometheusEgress } from './prometheus-egress.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const day = duration(86_400_000);
const at = instant(1_700_000_000_000);

async function ask(reply: (query: SeenQuery) => Reply, hosts: readonly string[] = []) {
  const server = await startLoopbackPrometheus(reply);
  const metrics = createPrometheusEgress(aConnection(server.url));
  open.push(metrics, server);
  const namespace = namespaceName('shop');
  const answer = await metrics.ask({ namespace, hosts, at, window: day });
  return { answer, queries: server.seen.map(({ promql }) => promql) };
}

type Counted = readonly [labels: Readonly<Record<string, string>>, value: string];

/** What is counted, by which of the four queries it is. */
const answering =
  (sent: string, seen: readonly Counted[]): ((query: SeenQuery) => Reply) =>
  ({ promql }) => {
    if (promql.startsWith('sum('))
      return { body: vector(...(sent === '' ? [] : [[{}, sent] as const])) };
    if (promql.startsWith('sum by')) return { body: vector(...seen) };
    const moment = promql.startsWith('min') ? '1699990000' : '1699999000.5';
    return { body: vector(...seen.map(([labels]) => [labels, moment] as const)) };
  };

const labels = (destination: string, name: string, protocol = 'http') => ({
  source_workload: 'catalog',
  destination_service: destination,
  destination_service_name: name,
  request_protocol: protocol,
});

it('keeps nobody waiting for as long as an analysis may wait', async () => {
  const server = await startLoopbackPrometheus(() => undefined);
  const patient = aConnection(server.url, { timeoutMs: 600_000 });
  const metrics = createPrometheusEgress(patient, undefined, 40);
  open.push(metrics, server);
  const namespace = namespaceName('shop');
  expect(await metrics.ask({ namespace, hosts: [], at, window: day })).toMatchObject({
    kind: 'error',
    because: expect.stringContaining('no answer within 40 ms'),
  });
});

describe('egress from Prometheus', () => {
  it('reads who called what, how often, when, and what became of it', async () => {
    const { answer } = await ask(
      answering('1000', [
        [labels('Feeds.example.com:8080', 'PassthroughCluster'), '12.4'],
        [labels('plain.example.com', 'BlackHoleCluster'), '3'],
        [labels('unknown', 'PassthroughCluster', 'tcp'), '5'],
        [labels('rpc.example.com', 'PassthroughCluster', 'grpc'), '1'],
      ]),
    );
    const moments = { firstSeen: 1_699_990_000_000, lastSeen: 1_699_999_000_500 };
    const common = { workload: 'catalog', ...moments };
    expect(answer).toEqual({
      kind: 'measured',
      requests: 1_000,
      seen: [
        {
          ...common,
          host: 'feeds.example.com',
          port: 8080,
          protocol: 'http',
          requests: 12.4,
          isBlocked: false,
        },
        {
          ...common,
          host: 'plain.example.com',
          port: 80,
          protocol: 'http',
          requests: 3,
          isBlocked: true,
        },
        { ...common, protocol: 'tcp', requests: 5, isBlocked: false },
        { ...common, host: 'rpc.example.com', protocol: 'grpc', requests: 1, isBlocked: false },
      ],
    });
  });

  it.each([[''], ['0'], ['NaN']])(
    'takes a namespace whose proxies counted "%s" for one that is not measured',
    async (sent) => {
      const { answer } = await ask(answering(sent, []));
      expect(answer).toMatchObject({ kind: 'noData', because: expect.stringContaining('shop') });
    },
  );

  it('asks for hosts by name only where there are some, and takes a dot for a dot', async () => {
    const none = await ask(answering('1', []));
    expect(none.queries.join()).not.toContain('destination_service=~');
    const some = await ask(answering('1', []), ['a.example.com', '*.b.org']);
    expect(some.queries.join()).toContain(
      'destination_service=~"a[.]example[.]com(?::[0-9]+)?|.+[.]b[.]org(?::[0-9]+)?"',
    );
  });

  it('is an error when any part of it is', async () => {
    const { answer } = await ask((query) =>
      query.promql.startsWith('min')
        ? { status: 503, body: 'overloaded' }
        : answering('1', [])(query),
    );
    expect(answer).toMatchObject({ kind: 'error', because: expect.stringContaining('503') });
  });
});
