import type { ServiceRecord } from '@spillway/application';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';

export const serviceView = z
  .object({
    name: z.string().describe('namespace/name.'),
    host: z.string().describe('Fully qualified host.'),
    port: z.int().describe('The service port that carries HTTP.'),
    versionLabel: z.string().describe('The pod label that tells versions apart.'),
    stable: z.string().describe('The version that serves now.'),
    clusters: z.array(z.string()).describe('Names of the clusters that it runs in.'),
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
  versionLabel: record.versionLabel,
  stable: record.stable,
  clusters: [...record.clusters],
  generation: record.generation,
  ...(record.latestRelease === undefined ? {} : { latestRelease: record.latestRelease }),
  createdAt: toMoment(record.createdAt),
  updatedAt: toMoment(record.updatedAt),
});
