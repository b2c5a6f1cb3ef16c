import { createApi } from './core/api.js';
import { Clusters } from './resource/clusters.js';
import { EgressPolicies } from './resource/egress-policies.js';
import { Measurements } from './resource/measurements.js';
import { Releases } from './resource/releases.js';
import { Secrets } from './resource/secrets.js';
import { Services } from './resource/services.js';
import { Sources } from './resource/sources.js';
import { Strategies } from './resource/strategies.js';

export interface SpillwayClientOptions {
  /** Where Spillway is, such as `https://spillway.example`. */
  readonly baseUrl: string;
  /** A service token of that server. */
  readonly token: string;
  /** Instead of the global `fetch`; for proxies and tests. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** For one try; default 10 s. */
  readonly timeoutMs?: number | undefined;
  /** Tries of a call when nobody answers or the server asks to come back; default 4. */
  readonly attempts?: number | undefined;
  /** Pause before the second try, doubling; default 250 ms. */
  readonly backOffMs?: number | undefined;
}

export interface SpillwayClient {
  readonly clusters: Clusters;
  readonly services: Services;
  readonly strategies: Strategies;
  readonly releases: Releases;
  readonly egressPolicies: EgressPolicies;
  readonly secrets: Secrets;
  readonly sources: Sources;
  readonly measurements: Measurements;
}

/**
 * A client of one Spillway server. Calls reject with `SpillwayError` when
 * Spillway says no, and with `SpillwayUnreachable` when nobody answers.
 *
 * ```ts
 * const spillway = createSpillwayClient({ baseUrl, token });
 * const { id } = await spillway.releases.start({ service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10' });
 * const { phase } = await waitForRelease(spillway, id);
 * ```
 */
export function createSpillwayClient({
  baseUrl,
  token,
  fetch = (request) => globalThis.fetch(request),
  timeoutMs = 10_000,
  attempts = 4,
  backOffMs = 250,
}: SpillwayClientOptions): SpillwayClient {
  const api = createApi({
    baseUrl: baseUrl.replace(/\/+$/, ''),
    token,
    fetch,
    timeoutMs,
    attempts,
    backOffMs,
  });
  return {
    clusters: new Clusters(api),
    services: new Services(api),
    strategies: new Strategies(api),
    releases: new Releases(api),
    egressPolicies: new EgressPolicies(api),
    secrets: new Secrets(api),
    sources: new Sources(api),
    measurements: new Measurements(api),
  };
}
