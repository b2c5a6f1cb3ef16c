import type { Clock, IdentityProviders, Logger } from '@spillway/application';
import type { ProviderSettings } from './provider-settings.js';
import { Provider } from './provider.js';

export interface JwtProvidersOptions {
  readonly providers: readonly ProviderSettings[];
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
}

const looksLikeJwt = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Tokens of these providers and of nobody else. What is wrong with one is logged, and not told to who sent it. */
export function createJwtProviders({
  providers: settings,
  clock,
  logger,
}: JwtProvidersOptions): IdentityProviders {
  const providers = settings.map((one) => new Provider(one, () => clock.now()));
  return {
    async verify(token) {
      if (!looksLikeJwt.test(token)) return undefined;
      const claimed = providers.filter((provider) => provider.claims(token));
      for (const provider of claimed) {
        try {
          return await provider.verify(token);
        } catch (error) {
          // Never the token itself: it may be good elsewhere.
          logger.warn({ reason: reasonOf(error) }, 'a token of an identity provider was refused');
        }
      }
      return undefined;
    },
  };
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'it could not be checked';
