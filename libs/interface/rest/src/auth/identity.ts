import type { Identity } from '@spillway/application';
import type { FastifyRequest } from 'fastify';

const identities = new WeakMap<FastifyRequest, Identity>();

export const setIdentity = (request: FastifyRequest, identity: Identity): void => {
  identities.set(request, identity);
};

/** Who asks; `undefined` where nobody has to say. */
export const identityOf = (request: FastifyRequest): Identity | undefined =>
  identities.get(request);
