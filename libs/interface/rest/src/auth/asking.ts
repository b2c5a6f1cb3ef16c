import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { InvariantBroken } from '@spillway/kernel';
import { toCaller } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { Request, Response } from 'express';
import { actorOf } from '../http/exchange.js';

/** The `Caller` of a handler: the token’s name and the idempotency key. */
export const Asking: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext) => {
    const http = context.switchToHttp();
    const actor = actorOf(http.getResponse<Response>());
    if (actor === undefined)
      throw new InvariantBroken('a handler that needs a caller is open to all');
    return orRefuse(toCaller(actor, http.getRequest<Request>().get('idempotency-key')));
  },
);
