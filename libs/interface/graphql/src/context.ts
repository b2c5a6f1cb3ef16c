import type { Caller } from '@spillway/application';
import { createLoaders } from './loading/loaders.js';
import type { GraphqlContext, GraphqlOptions } from './options.js';

/** For one operation: what it loads is remembered no longer. */
export const newContext = (
  { useCases }: Pick<GraphqlOptions, 'useCases'>,
  caller: Caller,
): GraphqlContext => ({ caller, loaders: createLoaders(useCases, caller) });
