import { Spillway } from './client.js';
import type { Fetch } from './core/patient-fetch.js';

export interface SpillwayClientOptions {
  /** Where Spillway is, such as `https://spillway.example`. */
  readonly baseUrl: string;
  /** A service token of that server. */
  readonly token: string;
  /** Instead of the global `fetch`; for proxies and tests. */
  readonly fetch?: Fetch | undefined;
  /** For one try; default 10 s. */
  readonly timeoutMs?: number | undefined;
  /** Tries of a call when nobody answers or the server asks to come back; default 4. */
  readonly attempts?: number | undefined;
  /** Bound of the random pause before the second try, doubling; default 250 ms. */
  readonly backOffMs?: number | undefined;
}

export type SpillwayClient = Spillway;

/** The first way to make a client, and kept: `new Spillway` takes more options. */
export const createSpillwayClient = ({
  attempts = 4,
  ...options
}: SpillwayClientOptions): SpillwayClient =>
  new Spillway({ ...options, retries: attempts - 1, deadlineMs: Number.POSITIVE_INFINITY });
