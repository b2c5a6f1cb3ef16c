import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { objectText } from '../schema/scalars.js';
import { versionTemplate } from './version-template.js';

const virtualService = objectText.describe(
  'The VirtualService as namespace/name; without a namespace it is in the service’s.',
);

const isUnique = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

const adoptDocument = document({
  virtualService,
  routes: z
    .array(z.string().min(1).max(1_000))
    .min(1, { error: 'must name a route' })
    .max(100)
    .refine(isUnique, { error: 'names a route twice' })
    .exactOptional()
    .describe('Names of the routes that may be touched. Default: each that goes to stable.'),
});

const replicasDocument = document({
  deployment: versionTemplate.describe('Name of a version’s Deployment; {version} is the version.'),
  total: z.int().min(2).max(10_000).describe('Pods of both versions together.'),
});

export const routingDocument = oneOf(
  ['managed', 'adopt', 'delegate', 'replicas'],
  [
    document({
      managed: document({}).describe('Spillway makes a VirtualService and a DestinationRule.'),
    }),
    document({
      adopt: adoptDocument.describe(
        'The VirtualService is yours. Spillway changes where its routes go, and gives that back.',
      ),
    }),
    document({
      delegate: document({ virtualService }).describe(
        'Spillway makes a VirtualService without hosts, to which yours delegate.',
      ),
    }),
    document({
      replicas: replicasDocument.describe(
        'No mesh: two Deployments behind one Service, and pods instead of weights.',
      ),
    }),
  ],
);

export type ParsedRouting = z.output<typeof routingDocument>;
