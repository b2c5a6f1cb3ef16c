export { createJwtProviders, type JwtProvidersOptions } from './jwt-providers.js';
export type { ProviderSettings } from './provider-settings.js';
