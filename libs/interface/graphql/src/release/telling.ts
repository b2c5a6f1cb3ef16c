import { forget } from '../loading/loaders.js';
import type { GraphqlContext } from '../options.js';
import { stoppable } from './stoppable.js';

/**
 * What a subscription tells, message by message: with each, what earlier ones have
 * loaded is forgotten. The controller is aborted when nobody listens any more.
 */
export const telling = <From, To>(
  { loaders }: GraphqlContext,
  controller: AbortController,
  source: AsyncIterable<From>,
  map: (item: From) => To,
): AsyncIterableIterator<To, undefined> =>
  stoppable(source, controller, (item) => {
    forget(loaders);
    return map(item);
  });
