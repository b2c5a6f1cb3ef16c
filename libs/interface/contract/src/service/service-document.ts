import type { NewService } from '@spillway/application';
import {
  clusterName,
  ok,
  serviceName,
  splitServiceName,
  version,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { labelKeyText, nameText, serviceText, versionText } from '../schema/scalars.js';

export const serviceDocument = document({
  name: serviceText.describe('namespace/name of the mesh service.'),
  host: z
    .string()
    .regex(/^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/, { error: 'must be a host name' })
    .optional()
    .describe('Fully qualified host. Default: name.namespace.svc.cluster.local.'),
  port: z.int().min(1).max(65_535).describe('The service port that carries HTTP.'),
  versionLabel: labelKeyText
    .default('version')
    .describe('The pod label that tells versions apart.'),
  stable: versionText.describe('The version that serves now; a release that succeeds changes it.'),
  clusters: z
    .array(nameText)
    .min(1)
    .max(500)
    .refine((names) => new Set(names).size === names.length, { error: 'names a cluster twice' })
    .describe('Names of the clusters that it runs in.'),
}).meta({
  description: 'A mesh service that can be released.',
  examples: [{ name: 'shop/catalog', port: 8080, stable: 'v1', clusters: ['eu-west', 'us-east'] }],
});

export type ServiceDocument = z.input<typeof serviceDocument>;

/** A service document, as it came, to what `putService` takes. */
export function toNewService(input: unknown): Result<NewService, Refusal> {
  const parsed = parse(serviceDocument, input);
  if (!parsed.ok) return parsed;
  const service = serviceName(parsed.value.name);
  const { namespace, name } = splitServiceName(service);
  const { host, port, versionLabel, stable, clusters } = parsed.value;
  return ok({
    service,
    host: host ?? `${name}.${namespace}.svc.cluster.local`,
    port,
    versionLabel,
    stable: version(stable),
    clusters: clusters.map(clusterName),
  });
}
