import type { ClusterPlan, ReleasePlan } from '@spillway/application';
import { z } from 'zod';
import { gatesAheadFields, toGatesAhead } from '../gate/gates-ahead-view.js';
import { findingView, toFindingView } from './finding-view.js';
import { metricOutlookView, toMetricOutlookView } from './metric-outlook-view.js';
import { planView, toPlanView } from './plan-view.js';
import { plannedWriteView, toPlannedWriteView } from './planned-write-view.js';

const clusterPlanView = z
  .object({
    cluster: z.string().describe('Name of the cluster.'),
    unseen: z.string().optional().describe('Why nothing is known of it; then it has no writes.'),
    held: z.string().optional().describe('Why the release would be held here at once.'),
    refused: z.string().optional().describe('What its API server says against it in a dry run.'),
    findings: z.array(findingView).describe('What lint finds in what would be written.'),
    metrics: z.array(metricOutlookView).describe('What each metric shows now, and can find.'),
    writes: z
      .array(plannedWriteView)
      .describe('In their order, if all goes well and nobody else writes meanwhile.'),
  })
  .describe('What a release would do in one cluster.');

export const releasePlanView = z
  .object({
    id: z.string().describe('Start the release with it, and it writes what is shown here.'),
    service: z.string().describe('namespace/name of the service.'),
    stable: z.string().describe('The version that serves now.'),
    candidate: z.string().describe('The version that would be released.'),
    strategy: z
      .object({
        name: z.string().describe('Its name.'),
        version: z.int().describe('Its newest version.'),
      })
      .describe('The strategy that was expanded.'),
    plan: planView,
    ...gatesAheadFields,
    warnings: z.array(z.string()).describe('What it does that people do not expect.'),
    clusters: z.array(clusterPlanView).describe('Each cluster, in the order of the waves.'),
  })
  .describe('What a release would write where. Making it writes nothing.');

export type ReleasePlanView = z.output<typeof releasePlanView>;

export const toReleasePlanView = ({
  plan,
  ahead,
  warnings,
  clusters,
  ...release
}: ReleasePlan): ReleasePlanView => ({
  ...release,
  plan: toPlanView(plan),
  ...toGatesAhead(ahead),
  warnings: [...warnings],
  clusters: clusters.map(toClusterPlanView),
});

const toClusterPlanView = ({
  cluster,
  unseen,
  held,
  refused,
  findings,
  metrics,
  writes,
}: ClusterPlan): ReleasePlanView['clusters'][number] => ({
  cluster,
  ...(unseen === undefined ? {} : { unseen }),
  ...(held === undefined ? {} : { held }),
  ...(refused === undefined ? {} : { refused }),
  findings: findings.map(toFindingView),
  metrics: metrics.map(toMetricOutlookView),
  writes: writes.map(toPlannedWriteView),
});
