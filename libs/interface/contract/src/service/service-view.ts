import type { ServiceRecord } from '@spillway/application';
import { ownershipOf, protocolOf, type ObjectPlace, type Ownership } from '@spillway/domain-istio';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { toAccessLogView } from './access-log-document.js';
import type { ParsedRouting } from './routing-document.js';
import { serviceFields } from './service-fields.js';

const { protocol, edge, routing, drift, onBusy, accessLog } = serviceFields.shape;

export const serviceView = z
  .object({
    name: z.string().describe('namespace/name.'),
    host: z.string().describe('Fully qualified host.'),
    port: z.int().describe('The service port that is released.'),
    protocol,
    versionLabel: z.string().describe('The pod label that tells versions apart.'),
    versionHost: z
      .string()
      .optional()
      .describe('Host of each version’s own Kubernetes Service, such as catalog-{version}.'),
    stable: z.string().describe('The version that serves now.'),
    clusters: z.array(z.string()).describe('Names of the clusters that it runs in.'),
    edge,
    routing,
    drift,
    onBusy,
    accessLog,
    generation: z.int().describe('Counts the changes of its desired traffic.'),
    latestRelease: z
      .string()
      .optional()
      .describe('The release that wrote its routing last, running or not.'),
    createdAt: moment.describe('When it was added.'),
    updatedAt: moment.describe('When it was last changed.'),
  })
  .describe('A mesh service.');

export type ServiceView = z.output<typeof serviceView>;

export const toServiceView = (record: ServiceRecord): ServiceView => ({
  name: record.service,
  host: record.host,
  port: record.port,
  protocol: protocolOf(record),
  versionLabel: record.versionLabel,
  ...(record.versionHost === undefined ? {} : { versionHost: record.versionHost }),
  stable: record.stable,
  clusters: [...record.clusters],
  ...(record.edge === undefined
    ? {}
    : { edge: { gateways: [...record.edge.gateways], hosts: [...record.edge.hosts] } }),
  routing: toRouting(ownershipOf(record)),
  drift: record.drift ?? 'heal',
  onBusy: record.onBusy ?? 'refuse',
  ...(record.accessLog === undefined ? {} : { accessLog: toAccessLogView(record.accessLog) }),
  generation: record.generation,
  ...(record.latestRelease === undefined ? {} : { latestRelease: record.latestRelease }),
  createdAt: toMoment(record.createdAt),
  updatedAt: toMoment(record.updatedAt),
});

function toRouting(ownership: Ownership): ParsedRouting {
  switch (ownership.kind) {
    case 'managed':
      return { managed: {} };
    case 'adopted':
      return {
        adopt: {
          virtualService: textOf(ownership.virtualService),
          ...(ownership.routes === undefined ? {} : { routes: [...ownership.routes] }),
        },
      };
    case 'delegate':
      return { delegate: { virtualService: textOf(ownership.virtualService) } };
    case 'replicas':
      return { replicas: { deployment: ownership.deployment, total: ownership.total } };
  }
}

const textOf = ({ namespace, name }: ObjectPlace): string => `${namespace}/${name}`;
