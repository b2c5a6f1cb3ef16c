import { z } from 'zod';

export const loginProviderView = z
  .object({
    name: z.string().describe('How members name it.'),
    issuer: z.string().describe('Its address.'),
    clientId: z.string().describe('The public client with which people log in.'),
  })
  .describe('An identity provider at which people can log in.');

export type LoginProviderView = z.output<typeof loginProviderView>;

export const loginProvidersView = z
  .object({ items: z.array(loginProviderView).describe('Those at which people can log in.') })
  .describe('The identity providers of this server.');
