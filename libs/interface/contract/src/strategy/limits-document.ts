import type { Limits } from '@spillway/domain-release';
import type { z } from 'zod';
import { document } from '../schema/document.js';
import { toShare } from '../schema/scalars.js';
import { somePercent } from './cluster-choice.js';

export const limitsDocument = document({
  clustersPercent: somePercent
    .optional()
    .describe('In how many of the release’s clusters it serves requests.'),
  trafficPercent: somePercent
    .optional()
    .describe('Of all traffic, each cluster counting the same.'),
}).refine(
  ({ clustersPercent, trafficPercent }) => (clustersPercent ?? trafficPercent) !== undefined,
  {
    error: 'give clustersPercent, trafficPercent or both',
  },
);

type LimitsDocument = z.output<typeof limitsDocument>;

export const toLimits = ({ clustersPercent, trafficPercent }: LimitsDocument): Limits => ({
  ...(clustersPercent === undefined ? {} : { clusters: toShare(clustersPercent) }),
  ...(trafficPercent === undefined ? {} : { traffic: toShare(trafficPercent) }),
});

export const toLimitsDocument = ({ clusters, traffic }: Limits): LimitsDocument => ({
  ...(clusters === undefined ? {} : { clustersPercent: clusters / 100 }),
  ...(traffic === undefined ? {} : { trafficPercent: traffic / 100 }),
});
