import type { Caller, UseCases } from '@spillway/application';
import type { ServiceToken } from '@spillway/interface-contract';

/** Where what callers are not told is written. A pino logger fits. */
export interface GraphqlLogger {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface GraphqlOptions {
  readonly useCases: UseCases;
  /** Who may call. With none, nobody may. */
  readonly tokens: readonly ServiceToken[];
  readonly logger: GraphqlLogger;
}

/** What every resolver is given. */
export interface GraphqlContext {
  readonly caller: Caller;
}

export const GRAPHQL_PATH = '/graphql';
export const GRAPHQL_USE_CASES = Symbol('UseCases of GraphQL');
export const GRAPHQL_OPTIONS = Symbol('GraphqlOptions');
