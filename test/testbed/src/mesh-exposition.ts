import type { MeshCounters } from './mesh-counters.js';

const requests = 'istio_requests_total';
const duration = 'istio_request_duration_milliseconds';

/** Prometheus' text format. */
export function exposition(services: readonly MeshCounters[]): string {
  const reported = services.flatMap((service) => [...service.reported()]);
  const lines = [
    `# TYPE ${requests} counter`,
    ...reported.map(({ labels, count }) => `${requests}{${labels}} ${count}`),
    `# TYPE ${duration} histogram`,
    ...reported.flatMap(({ labels, count, sumMs, buckets }) => [
      ...buckets.map(([le, n]) => `${duration}_bucket{${labels},le="${le}"} ${n}`),
      `${duration}_sum{${labels}} ${sumMs}`,
      `${duration}_count{${labels}} ${count}`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
