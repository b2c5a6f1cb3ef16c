import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import type { FastifyRequest } from 'fastify';
import { setIdentity } from './identity.js';
import { REST_OPTIONS, type RestOptions } from '../options.js';
import { UNAUTHENTICATED } from '@spillway/interface-contract';

/**
 * Stands before every handler of the process, so that a new one is closed until
 * it says otherwise. GraphQL has its own door: it must answer in its own way.
 */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    @Inject(REST_OPTIONS) private readonly options: Pick<RestOptions, 'authenticate'>,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType<string>() !== 'http') return true;
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(UNAUTHENTICATED, places) === true) {
      return true;
    }
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const identity = await this.options.authenticate(request.headers.authorization);
    if (identity === undefined) throw new Refused(noToken());
    setIdentity(request, identity);
    return true;
  }
}

const noToken = () =>
  refusal(
    'UNAUTHENTICATED',
    'The request has no token that is valid here.',
    'Send "Authorization: Bearer <token>" with a token of this server.',
  );
