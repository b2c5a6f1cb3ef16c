import type { IncomingHttpHeaders } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '@spillway/application';
import type { GraphqlOptions } from '../options.js';

/** What is known of a request, whatever it came by. */
export interface Asked {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string | undefined;
}

/**
 * Who sent the request, or `undefined`: the one place where GraphQL asks for it. Browsers cannot set
 * headers on a socket, so that `authorization` may be what they send as its first message.
 */
export async function callerOf(
  { authenticate }: Pick<GraphqlOptions, 'authenticate'>,
  { id: requestId, headers, ip: address }: Asked,
  authorization = headers.authorization,
): Promise<Caller | undefined> {
  const identity = await authenticate(authorization);
  if (identity === undefined) return undefined;
  return {
    ...identity,
    origin: { via: 'graphql', requestId, ...(address === undefined ? {} : { address }) },
  };
}

/** Whether who began a subscription still is who they were, and may do what they might. */
export const isSameCaller = (began: Caller | undefined, now: Caller | undefined): boolean =>
  began !== undefined &&
  now !== undefined &&
  began.actor === now.actor &&
  isDeepStrictEqual(began.grants, now.grants);
