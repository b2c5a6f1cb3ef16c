import type { Exposition } from '@spillway/adapter-telemetry';
import type { HealthView } from '@spillway/interface-contract';
import type { MetricsAccess } from '../config/metrics-access.js';
import type { Health } from '../health/health.js';
import { mayScrape } from './may-scrape.js';
import type { OperatorAnswer, OperatorRoute } from './operator-route.js';

export interface OperatorParts {
  readonly health: Health;
  readonly scrape: () => Promise<Exposition>;
  readonly metrics: MetricsAccess;
}

/** What machines ask every process, whatever its role; none of it is part of the API. */
export function operatorRoutes(parts: OperatorParts): ReadonlyMap<string, OperatorRoute> {
  const { health, metrics } = parts;
  const routes = new Map<string, OperatorRoute>([
    ['/healthz', () => Promise.resolve(healthAnswer(health.live()))],
    ['/readyz', async () => healthAnswer(await health.ready())],
  ]);
  // Where nobody may scrape there is no such address.
  if (metrics.kind !== 'nobody') routes.set('/metrics', scraped(parts));
  return routes;
}

export const healthAnswer = (view: HealthView): OperatorAnswer => ({
  status: view.ok ? 200 : 503,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(view),
});

const scraped = ({ scrape, metrics }: OperatorParts): OperatorRoute => {
  const may = mayScrape(metrics);
  return async (request) => {
    if (!(await may(request))) return unauthenticated;
    const { contentType, text } = await scrape();
    return { status: 200, headers: { 'content-type': contentType }, body: text };
  };
};

const unauthenticated: OperatorAnswer = {
  status: 401,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'www-authenticate': 'Bearer realm="spillway metrics"',
  },
  body: 'Send the token of SPILLWAY_METRICS_TOKEN as "Authorization: Bearer TOKEN".\n',
};
