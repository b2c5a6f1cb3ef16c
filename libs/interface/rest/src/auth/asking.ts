import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from '@spillway/application';
import { InvariantBroken } from '@spillway/kernel';
import { withIdempotencyKey } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { Request, Response } from 'express';
import { identityOf, requestIdOf } from '../http/exchange.js';

/** The `Caller` of a handler: who it is and from where, the idempotency key, and what was read before. */
export const Asking: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const identity = identityOf(response);
    if (identity === undefined)
      throw new InvariantBroken('a handler that needs a caller is open to all');
    const address = request.ip;
    const ifMatch = request.get('if-match');
    const caller: Caller = {
      ...identity,
      origin: {
        via: 'rest',
        requestId: requestIdOf(response),
        ...(address === undefined ? {} : { address }),
      },
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
    return orRefuse(withIdempotencyKey(caller, request.get('idempotency-key')));
  },
);
