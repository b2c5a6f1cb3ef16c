/** What holds for every request of the process. */
export interface HttpSettings {
  /** Requests that a token may send in a minute; 0: as many as it likes. */
  readonly requestsPerMinute: number;
  /** Requests without a valid token that an address may send in a minute; 0: as many as it likes. */
  readonly failedLoginsPerMinute: number;
  /** Origins of web pages that may read answers, such as `https://portal.example.com`. */
  readonly corsOrigins: readonly string[];
  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly maxConnections: number;
  /** Time in which the head of a request, and all of it, has to arrive. */
  readonly headMs: number;
  readonly requestMs: number;
  /** Further requests that no limit may refuse, since they take traffic back. */
  readonly isRollback?: (path: string, body: unknown) => boolean;
}

export const standardHttpSettings: HttpSettings = {
  requestsPerMinute: 6_000,
  failedLoginsPerMinute: 60,
  corsOrigins: [],
  trustedProxies: [],
  maxConnections: 10_000,
  headMs: 10_000,
  requestMs: 30_000,
};
