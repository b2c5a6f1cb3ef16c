import type { Caller } from '@spillway/application';
import type { GraphqlContext, GraphqlOptions } from './options.js';

/** For one operation: what it loads is remembered no longer. */
export const newContext = (_options: GraphqlOptions, caller: Caller): GraphqlContext => ({
  caller,
});
