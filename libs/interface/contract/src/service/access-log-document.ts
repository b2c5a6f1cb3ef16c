import type { AccessLog } from '@spillway/domain-istio';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { labels, nameText } from '../schema/scalars.js';

export const accessLogDocument = document({
  during: z
    .enum(['release', 'always'])
    .default('release')
    .describe('While a release of the service runs, or at all times.'),
  selector: labels
    .refine((wanted) => Object.keys(wanted).length > 0, { error: 'must name at least one label' })
    .describe('Labels of the pods whose proxies log: the service’s, or its callers’.'),
  namespace: nameText
    .optional()
    .describe('Where those pods are. Default: in the service’s namespace.'),
  side: z
    .enum(['client', 'server', 'both'])
    .default('both')
    .describe('Requests that the pods make, that they get, or both. Callers know the route.'),
  provider: nameText
    .default('envoy')
    .describe('A provider of the mesh’s configuration; envoy writes to standard output.'),
  fromCode: z
    .int()
    .min(100)
    .max(599)
    .optional()
    .describe('Only answers from this status up, such as 500.'),
  ownRoutes: z
    .boolean()
    .default(false)
    .describe(
      'Only requests that took a route of Spillway’s; while it is released, of that release.',
    ),
});

export type ParsedAccessLog = z.output<typeof accessLogDocument>;

export const toAccessLog = ({ namespace, fromCode, ...log }: ParsedAccessLog): AccessLog => ({
  ...log,
  ...(namespace === undefined ? {} : { namespace }),
  ...(fromCode === undefined ? {} : { fromCode }),
});

export const toAccessLogView = ({ selector, ...log }: AccessLog): ParsedAccessLog => ({
  ...log,
  selector: { ...selector },
});
