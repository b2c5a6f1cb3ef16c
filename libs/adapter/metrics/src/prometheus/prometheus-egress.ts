import type { EgressAnswer, EgressMetrics, EgressQuestion } from '@spillway/application';
import type { SeenEgress } from '@spillway/domain-egress';
import { instant, type Instant } from '@spillway/kernel';
import type { Connect } from '../backend-call/index.js';
import type { Answer, Series } from './answer.js';
import { blocked, egressMomentQuery, egressQuery, sentQuery } from './egress-queries.js';
import { PrometheusClient, type PrometheusConnection } from './prometheus-client.js';

/** People wait for a report: those who asked for longer time-outs meant analyses, which nobody waits for. */
const longestMs = 8_000;

/** What left the mesh, from Istio's metrics. Asked rarely and by people, so nothing is shared or kept. */
export function createPrometheusEgress(
  connection: PrometheusConnection,
  connect?: Connect,
  mostMs: number = longestMs,
): EgressMetrics {
  const timeoutMs = Math.min(connection.timeoutMs, mostMs);
  const client = new PrometheusClient({ ...connection, timeoutMs }, connect);
  return { ask: (question) => ask(client, question), close: () => client.close() };
}

async function ask(
  client: PrometheusClient,
  { namespace, hosts, at, window }: EgressQuestion,
): Promise<EgressAnswer> {
  const [sent, counted, first, last] = await Promise.all([
    client.query(sentQuery(namespace, window), at),
    client.query(egressQuery(namespace, hosts, window), at),
    client.query(egressMomentQuery('first', namespace, hosts, window), at),
    client.query(egressMomentQuery('last', namespace, hosts, window), at),
  ]);
  const failed = [sent, counted, first, last].find(isFailed);
  if (failed !== undefined) return { kind: 'error', because: failed.message };
  const requests = seriesOf(sent)[0]?.value;
  if (requests === undefined || !(requests > 0)) {
    return { kind: 'noData', because: noProxy(namespace) };
  }
  const moments = { first: byKey(seriesOf(first)), last: byKey(seriesOf(last)) };
  return {
    kind: 'measured',
    requests,
    seen: seriesOf(counted).map((series) => toSeen(series, moments)),
  };
}

const noProxy = (namespace: string): string =>
  `no proxy of ${namespace} has counted a call in this time, as clients do with reporter="source"`;

const isFailed = (answer: Answer): answer is Exclude<Answer, { kind: 'series' }> =>
  answer.kind !== 'series';

const seriesOf = (answer: Answer): readonly Series[] =>
  answer.kind === 'series' ? answer.series : [];

type Moments = ReadonlyMap<string, Instant>;

const keyOf = ({ labels }: Series): string =>
  [
    labels['source_workload'],
    labels['destination_service'],
    labels['destination_service_name'],
    labels['request_protocol'],
  ].join(' ');

const byKey = (series: readonly Series[]): Moments =>
  new Map(
    series
      .filter(({ value }) => Number.isFinite(value))
      .map((one) => [keyOf(one), instant(Math.round(one.value * 1_000))]),
  );

function toSeen(
  series: Series,
  { first, last }: { readonly first: Moments; readonly last: Moments },
): SeenEgress {
  const { labels, value } = series;
  const protocol = labels['request_protocol'] ?? 'unknown';
  const [firstSeen, lastSeen] = [first.get(keyOf(series)), last.get(keyOf(series))];
  return {
    workload: labels['source_workload'] ?? 'unknown',
    ...destinationOf(labels['destination_service'] ?? '', protocol),
    protocol,
    requests: value,
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
    isBlocked: labels['destination_service_name'] === blocked,
  };
}

/** The Host header, where there is one. HTTP without a port in it went to 80. */
function destinationOf(
  service: string,
  protocol: string,
): { readonly host?: string; readonly port?: number } {
  const [, host, port] = /^([^:]*\.[^:]*)(?::(\d+))?$/.exec(service) ?? [];
  if (host === undefined) return {};
  const usual = protocol === 'http' ? 80 : undefined;
  const known = port === undefined ? usual : Number(port);
  return { host: host.toLowerCase(), ...(known === undefined ? {} : { port: known }) };
}
