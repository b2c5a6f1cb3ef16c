import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import type { FastifyRequest } from 'fastify';
import { setIdentity } from '../auth/identity.js';
import { REST_OPTIONS, type RestOptions } from '../options.js';

/**
 * Existing tools have an address and nothing else, so the token may be a part of it: HTTP clients
 * send what is in `http://spillway:<token>@host` as Basic authentication, with any user.
 */
@Injectable()
export class GateGuard implements CanActivate {
  constructor(@Inject(REST_OPTIONS) private readonly options: Pick<RestOptions, 'authenticate'>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const identity = await this.options.authenticate(asBearer(request.headers.authorization));
    if (identity === undefined) throw new Refused(noToken());
    setIdentity(request, identity);
    return true;
  }
}

/** The password of Basic credentials as a bearer token; anything else as it is. */
export function asBearer(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return authorization;
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  return `Bearer ${credentials.slice(credentials.indexOf(':') + 1)}`;
}

const noToken = () =>
  refusal(
    'UNAUTHENTICATED',
    'The request has no token that is valid here.',
    'Send "Authorization: Bearer <token>", or write http://spillway:<token>@host as the address.',
  );
