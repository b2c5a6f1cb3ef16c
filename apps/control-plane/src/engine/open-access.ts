import { createJwtProviders } from '@spillway/adapter-identity';
import {
  createAuthenticator,
  settingsActor,
  type AccessFeed,
  type Authenticate,
  type Clock,
  type Logger,
  type UnitOfWork,
} from '@spillway/application';
import { fixedTokens } from '@spillway/interface-contract/bearer';
import type { Config } from '../config/load-config.js';

export interface AccessParts {
  readonly unitOfWork: UnitOfWork;
  readonly accessFeed: AccessFeed;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Who somebody is. The token of the settings comes first and needs no database: with it
 * people begin, and get in again when every other token is lost.
 */
export function openAccess(
  { token, identityProviders }: Config,
  { unitOfWork, accessFeed, clock, logger }: AccessParts,
): Authenticate {
  const fixed = fixedTokens([{ actor: settingsActor, token, grants: [{ role: 'admin' }] }]);
  const stored = createAuthenticator({
    unitOfWork,
    feed: accessFeed,
    clock,
    providers: createJwtProviders({ providers: identityProviders, clock, logger }),
  });
  return async (authorization) => (await fixed(authorization)) ?? stored(authorization);
}
