import type { Environment } from './environment.js';
import { loopback } from './loopback.js';

/** Who may read the metrics: they name clusters, and tell how much is going on. */
export type MetricsAccess =
  | { readonly kind: 'token'; readonly token: string }
  /** Whoever is on this machine. */
  | { readonly kind: 'loopback' }
  | { readonly kind: 'nobody' };

/** Nothing is open to a network because somebody forgot a setting. */
export function metricsAccessOf(env: Environment): MetricsAccess {
  const token = env.SPILLWAY_METRICS_TOKEN;
  if (token !== undefined) return { kind: 'token', token };
  return { kind: loopback.has(env.SPILLWAY_HOST) ? 'loopback' : 'nobody' };
}
