import type { Identity } from '@spillway/application';
import type { Response } from 'express';

/** What is known of the request that a response answers. */
interface Exchange {
  requestId?: string;
  identity?: Identity;
}

const exchanges = new WeakMap<Response, Exchange>();

function exchangeOf(response: Response): Exchange {
  const known = exchanges.get(response) ?? {};
  exchanges.set(response, known);
  return known;
}

export const setRequestId = (response: Response, id: string): void => {
  exchangeOf(response).requestId = id;
};

/** Empty only before the request id was given, which is the first thing that happens. */
export const requestIdOf = (response: Response): string => exchangeOf(response).requestId ?? '';

export const setIdentity = (response: Response, identity: Identity): void => {
  exchangeOf(response).identity = identity;
};

/** Who asks; `undefined` where nobody has to say. */
export const identityOf = (response: Response): Identity | undefined =>
  exchangeOf(response).identity;
