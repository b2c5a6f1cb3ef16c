import { duration, formatDuration, type Duration } from '@spillway/kernel';

/** `istio_stats` names a route's fate, not its host, for what goes to no known host (istio §6.6). */
export const passed = 'PassthroughCluster';
export const blocked = 'BlackHoleCluster';

const grouping = 'source_workload, destination_service, destination_service_name, request_protocol';

/** Looks so many times at a window to tell when something was seen; more only costs the backend. */
const looks = 100;
const shortestStep = 60_000;

/** How exactly a moment is known. */
export const stepOf = (window: Duration): Duration =>
  duration(Math.max(shortestStep, Math.ceil(window / looks / 1_000) * 1_000));

/** Calls of HTTP are counted one by one, those of TCP by connection. */
const counters = ['istio_requests_total', 'istio_tcp_connections_opened_total'] as const;

/**
 * The client's proxy alone knows of a call that left the mesh. A regular
 * expression on one label: what went to no known host, and to hosts by name.
 */
function selectors(namespace: string, hosts: readonly string[]): readonly string[] {
  const from = `reporter="source",source_workload_namespace="${namespace}"`;
  const lost = `{${from},destination_service_name=~"${passed}|${blocked}"}`;
  const named = `{${from},destination_service=~"${hosts.map(hostPattern).join('|')}"}`;
  return hosts.length === 0 ? [lost] : [lost, named];
}

/** PromQL anchors patterns and reads RE2 inside of a quoted text; host names hold nothing worse than a dot. */
const hostPattern = (host: string): string =>
  host.replaceAll('.', '[.]').replace(/^\*/, '.+') + '(?::[0-9]+)?';

/**
 * How much was counted in the window. `increase` does not see what a series
 * counted before its first scrape, which may be all there is of a rare call: one
 * that was born in the window counts from zero.
 */
const counted = (series: string, window: string): string =>
  `((max_over_time(${series}[${window}]) unless ${series} offset ${window}) or increase(${series}[${window}]))`;

/** Requests and connections by workload and destination. */
export const egressQuery = (
  namespace: string,
  hosts: readonly string[],
  window: Duration,
): string =>
  `sum by (${grouping}) (${union(namespace, hosts, (one) => counted(one, formatDuration(window)))}) > 0`;

/** When that was seen first, or last, in seconds. */
export function egressMomentQuery(
  which: 'first' | 'last',
  namespace: string,
  hosts: readonly string[],
  window: Duration,
): string {
  const step = formatDuration(stepOf(window));
  const [over, by] = which === 'first' ? ['min_over_time', 'min'] : ['max_over_time', 'max'];
  const moments = union(namespace, hosts, (series) => {
    const moved = `(timestamp(${series}) and (${counted(series, step)} > 0))`;
    // Looks are at whole steps; what came since the last of them is seen by the second part.
    return `(${over}(${moved}[${formatDuration(window)}:${step}]) or ${moved})`;
  });
  return `${by} by (${grouping}) (${moments})`;
}

/** All that the namespace's workloads sent, to wherever; no series when no proxy of it is measured. */
export const sentQuery = (namespace: string, window: Duration): string => {
  const series = `{reporter="source",source_workload_namespace="${namespace}"}`;
  const all = counters.map((name) => counted(`${name}${series}`, formatDuration(window)));
  return `sum(${all.join(' or ')})`;
};

const union = (
  namespace: string,
  hosts: readonly string[],
  of: (series: string) => string,
): string =>
  counters
    .flatMap((name) => selectors(namespace, hosts).map((selector) => of(name + selector)))
    .join(' or ');
