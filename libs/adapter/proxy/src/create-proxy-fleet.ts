import type { ProxyAccess, ProxyFleet } from '@spillway/application';
import { EnvoyFleet } from './envoy-fleet.js';
import { IstiodFleet } from './istiod-fleet.js';
import { JsonSource, type Connect } from './json-source.js';

/** How much one look may ask for. */
export interface ProxyFleetLimits {
  /** For one answer. */
  readonly timeoutMs: number;
  /** Proxies of one istiod; of more of them nobody can say in time. */
  readonly maxProxies: number;
}

const limits: ProxyFleetLimits = { timeoutMs: 3_000, maxProxies: 2_000 };

/** Proxies as their istiods, or they themselves, say what they have. */
export function createProxyFleet(
  { kind, urls }: ProxyAccess,
  { timeoutMs, maxProxies }: ProxyFleetLimits = limits,
  connect?: Connect,
): ProxyFleet {
  const sources = urls.map((url) => new JsonSource(url, timeoutMs, connect));
  return kind === 'istiod' ? new IstiodFleet(sources, maxProxies) : new EnvoyFleet(sources);
}
