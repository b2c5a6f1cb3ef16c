import type { Response } from 'express';

/** What is known of the request that a response answers. */
interface Exchange {
  requestId?: string;
  actor?: string;
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

export const setActor = (response: Response, actor: string): void => {
  exchangeOf(response).actor = actor;
};

/** Who asks; `undefined` where nobody has to say. */
export const actorOf = (response: Response): string | undefined => exchangeOf(response).actor;
