import type { Authenticate, Caller, UseCases } from '@spillway/application';
import type { Loaders } from './loading/loaders.js';
import type { Safelist } from './transport/safelist.js';

/** Where what callers are not told is written. A pino logger fits. */
export interface GraphqlLogger {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface GraphqlOptions {
  readonly useCases: UseCases;
  readonly authenticate: Authenticate;
  readonly logger: GraphqlLogger;
  /** Who may ask for the schema; all callers unless it is said. Nobody without a token, at any rate. */
  readonly introspection?: 'callers' | 'roles' | 'nobody';
  /** The only operations that are answered. Absent: all that the limits allow. */
  readonly safelist?: Safelist;
  /** Origins of web pages that may open sockets, besides that of the server itself; none unless it is said. */
  readonly corsOrigins?: readonly string[];
  /** Streams, and sockets, that may be open at once; as many as there are connections unless it is said. */
  readonly mostStreams?: number;
  /** After how many milliseconds an operation is given up; 20 seconds unless it is said. */
  readonly timeoutMs?: number;
}

/** What every resolver is given. */
export interface GraphqlContext {
  readonly caller: Caller;
  readonly loaders: Loaders;
}

export const GRAPHQL_PATH = '/graphql';
/** Where operations are answered by server-sent events. */
export const STREAM_PATH = '/graphql/stream';
export const GRAPHQL_USE_CASES = Symbol('UseCases of GraphQL');
export const GRAPHQL_OPTIONS = Symbol('GraphqlOptions');
