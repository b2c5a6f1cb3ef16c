import { createApi, type Api } from './core/api.js';
import type { Fetch } from './core/patient-fetch.js';
import { Audit } from './resource/audit.js';
import { Clusters } from './resource/clusters.js';
import { Deliveries } from './resource/deliveries.js';
import { EgressPolicies } from './resource/egress-policies.js';
import { FreezeWindows } from './resource/freeze-windows.js';
import { Gates } from './resource/gates.js';
import { Measurements } from './resource/measurements.js';
import { Members } from './resource/members.js';
import { Notifications } from './resource/notifications.js';
import { Releases } from './resource/releases.js';
import { Rules } from './resource/rules.js';
import { Secrets } from './resource/secrets.js';
import { Server } from './resource/server.js';
import { Services } from './resource/services.js';
import { Sources } from './resource/sources.js';
import { Strategies } from './resource/strategies.js';
import { Webhooks } from './resource/webhooks.js';
import { Tokens } from './resource/tokens.js';

export interface SpillwayOptions {
  /** Where Spillway is, such as `https://spillway.example`. */
  readonly baseUrl: string;
  /** A token of that server. */
  readonly token: string;
  /** Instead of the global `fetch`; for proxies and tests. */
  readonly fetch?: Fetch | undefined;
  /** For one try; default 10 s. */
  readonly timeoutMs?: number | undefined;
  /** For a call with all its tries and the pauses between; default 60 s. */
  readonly deadlineMs?: number | undefined;
  /** How often a call is repeated when nobody answers or the server asks to come back; default 3. */
  readonly retries?: number | undefined;
  /** Bound of the random pause before the first repetition, doubling; default 250 ms. */
  readonly backOffMs?: number | undefined;
  /** Gives up every call, as when a process stops. */
  readonly signal?: AbortSignal | undefined;
}

/** What the resources share. They are made when it is there, so each is one line below. */
abstract class Connection {
  protected readonly api: Api;

  constructor(protected readonly options: SpillwayOptions) {
    const { fetch = (request) => globalThis.fetch(request), retries = 3, signal } = options;
    this.api = createApi({
      baseUrl: options.baseUrl.replace(/\/+$/, ''),
      token: options.token,
      timeoutMs: options.timeoutMs ?? 10_000,
      deadlineMs: options.deadlineMs ?? 60_000,
      attempts: Math.max(0, retries) + 1,
      backOffMs: options.backOffMs ?? 250,
      fetch,
      signal,
    });
  }
}

/**
 * One Spillway server. Calls reject with a `SpillwayError` when Spillway says no, and with
 * `SpillwayUnreachable` when nobody answers.
 *
 * ```ts
 * const spillway = new Spillway({ baseUrl, token });
 * const { id } = await spillway.releases.start({ service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10' });
 * const { phase } = await spillway.releases.waitFor(id);
 * ```
 */
export class Spillway extends Connection {
  readonly clusters = new Clusters(this.api);
  readonly services = new Services(this.api);
  readonly strategies = new Strategies(this.api);
  readonly releases = new Releases(this.api);
  readonly egressPolicies = new EgressPolicies(this.api);
  readonly secrets = new Secrets(this.api);
  readonly sources = new Sources(this.api);
  readonly webhooks = new Webhooks(this.api);
  readonly rules = new Rules(this.api);
  readonly deliveries = new Deliveries(this.api);
  readonly notifications = new Notifications(this.api);
  readonly measurements = new Measurements(this.api);
  readonly tokens = new Tokens(this.api);
  readonly members = new Members(this.api);
  readonly audit = new Audit(this.api);
  readonly gates = new Gates(this.api);
  readonly freezeWindows = new FreezeWindows(this.api);
  readonly server = new Server(this.api);

  /** The same server under other terms, such as `spillway.with({ timeoutMs: 60_000 }).releases.plan(…)`. */
  with(terms: Partial<SpillwayOptions>): Spillway {
    return new Spillway({ ...this.options, ...terms });
  }
}
