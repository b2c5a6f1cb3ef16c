import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from '@spillway/application';
import { InvariantBroken } from '@spillway/kernel';
import { withIdempotencyKey } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { FastifyRequest } from 'fastify';
import { identityOf } from './identity.js';

/** The `Caller` of a handler: who it is and from where, the idempotency key, and what was read before. */
export const Asking: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const identity = identityOf(request);
    if (identity === undefined)
      throw new InvariantBroken('a handler that needs a caller is open to all');
    const { 'if-match': ifMatch, 'idempotency-key': key } = request.headers;
    const caller: Caller = {
      ...identity,
      origin: { via: 'rest', requestId: request.id, address: request.ip },
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
    return key === undefined ? caller : orRefuse(withIdempotencyKey(caller, String(key)));
  },
);
