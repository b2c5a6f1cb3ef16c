import type { Authenticate, UseCases } from '@spillway/application';
import type { HealthView, LoginProviderView } from '@spillway/interface-contract';

/** Where what callers are not told is written. A pino logger fits. */
export interface RestLogger {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface RestOptions {
  readonly useCases: UseCases;
  readonly authenticate: Authenticate;
  /** At which people can log in; none by default. */
  readonly loginProviders?: readonly LoginProviderView[];
  readonly readiness: () => Promise<HealthView>;
  readonly logger: RestLogger;
  /** Time between the signs of life on an event stream; default 15 s, below common proxy time-outs. */
  readonly heartbeatMs?: number;
  /** Event streams that may be open at once; default 8,000. Leaves connections for commands. */
  readonly mostStreams?: number;
}

export const USE_CASES = Symbol('UseCases');
export const REST_OPTIONS = Symbol('RestOptions');
