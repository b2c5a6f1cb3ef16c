import { z } from 'zod';
import { document } from '../schema/document.js';
import { labelKeyText, nameText, serviceText, versionText } from '../schema/scalars.js';
import { onBusy } from '../release/command-documents.js';
import { accessLogDocument } from './access-log-document.js';
import { edgeDocument } from './edge-document.js';
import { routingDocument } from './routing-document.js';
import { versionTemplate } from './version-template.js';

/** Each field by itself. */
export const serviceFields = document({
  name: serviceText.describe('namespace/name of the mesh service.'),
  host: z
    .string()
    .regex(/^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/, { error: 'must be a host name' })
    .optional()
    .describe('Fully qualified host. Default: name.namespace.svc.cluster.local.'),
  port: z.int().min(1).max(65_535).describe('The service port that is released.'),
  protocol: z
    .enum(['http', 'grpc', 'tcp', 'tls'])
    .default('http')
    .describe('What the port carries. TLS is routed by its host name and stays encrypted.'),
  versionLabel: labelKeyText
    .default('version')
    .describe('The pod label that tells versions apart.'),
  versionHost: versionTemplate
    .optional()
    .describe(
      'Host of each version’s own Kubernetes Service, such as catalog-{version}. Default: versions are subsets.',
    ),
  stable: versionText.describe('The version that serves now; a release that succeeds changes it.'),
  clusters: z
    .array(nameText)
    .min(1)
    .max(500)
    .refine((names) => new Set(names).size === names.length, { error: 'names a cluster twice' })
    .describe('Names of the clusters that it runs in.'),
  edge: edgeDocument
    .optional()
    .describe('Where it is reached from outside the mesh. Routed there as in the mesh.'),
  routing: routingDocument.default({ managed: {} }).describe('Who owns the routing.'),
  accessLog: accessLogDocument
    .optional()
    .describe('Which of its requests proxies write down, and when. Without it nothing is changed.'),
  drift: z
    .enum(['heal', 'hold'])
    .default('heal')
    .describe('What happens when somebody changes the routing: write it again, or hold.'),
  onBusy: onBusy
    .default('refuse')
    .describe('What becomes of a new release while one runs, where that one does not say it.'),
});

export type ParsedService = z.output<typeof serviceFields>;
