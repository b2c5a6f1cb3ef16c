import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '@spillway/application';
import type { GraphqlOptions } from '../options.js';

interface Sent {
  /** Browsers cannot set headers on a socket: what they send as its first message. */
  readonly authorization?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Who sent the request, or `undefined`: the one place where GraphQL asks for it. */
export async function callerOf(
  { authenticate }: Pick<GraphqlOptions, 'authenticate'>,
  { headers, socket }: IncomingMessage,
  { authorization, requestId = randomUUID() }: Sent = {},
): Promise<Caller | undefined> {
  const identity = await authenticate(authorization ?? headers.authorization);
  if (identity === undefined) return undefined;
  const address = socket.remoteAddress;
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
