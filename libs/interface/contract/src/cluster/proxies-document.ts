import type { ProxyAccess } from '@spillway/application';
import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { webAddress } from '../schema/web-address.js';

const addresses = z
  .array(webAddress())
  .min(1)
  .max(50)
  .refine((all) => new Set(all).size === all.length, { error: 'names an address twice' });

export const proxiesDocument = oneOf(
  ['istiod', 'envoy'],
  [
    document({
      istiod: addresses.describe(
        'Debug address of every istiod replica, such as http://istiod-0:15014. One that stands for several replicas answers for one of them.',
      ),
    }),
    document({ envoy: addresses.describe('Admin address of each Envoy.') }),
  ],
).describe('Who is asked whether proxies have a routing. Without it nobody is.');

export type ParsedProxies = z.output<typeof proxiesDocument>;

export const toProxyAccess = (proxies: ParsedProxies): ProxyAccess =>
  'istiod' in proxies
    ? { kind: 'istiod', urls: proxies.istiod }
    : { kind: 'envoy', urls: proxies.envoy };

export const proxiesView = z
  .object({
    kind: z.enum(['istiod', 'envoy']).describe('Whether istiods or the proxies are asked.'),
    urls: z.array(z.string()).describe('Their addresses.'),
  })
  .describe('Who is asked whether proxies have a routing.');
