import type { StoredEvent } from '@spillway/application';
import type { ReleaseEvent, TrafficChange } from '@spillway/domain-release';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { exposureFields, toExposureView } from './exposure-view.js';
import { holdReasonView, toHoldReasonView } from './hold-view.js';
import { planView, toPlanView } from './plan-view.js';
import { toVerdictView, verdictView } from './verdict-view.js';

type StrategyChanged = Extract<ReleaseEvent, { type: 'strategyChanged' }>;

const clusterWeightView = z
  .object({
    cluster: z.string().describe('Name of the cluster.'),
    weight: z.number().describe('Percent for the candidate.'),
    ...exposureFields,
  })
  .describe('What one cluster should have.');

const trafficChangeView = z
  .object({
    generation: z.int().describe('The generation that this change is.'),
    clusters: z.array(clusterWeightView).describe('What each cluster should have from now on.'),
  })
  .describe('A change of desired traffic.');

const planChangeView = z
  .object({
    strategy: z.string().describe('Name of the strategy.'),
    version: z.int().describe('Version of the strategy.'),
    plan: planView,
  })
  .describe('A strategy, as it was expanded for the release.');

const strategyChangeView = z
  .object({ from: planChangeView, to: planChangeView })
  .describe('What a release went on with until then, and from then on.');

export const eventView = z
  .object({
    sequence: z.int().describe('Its place in the release’s history, from 1.'),
    type: z.string().describe('What happened, such as stepStarted; new ones may be added.'),
    because: z.string().describe('Why, in a sentence.'),
    actor: z.string().describe('Who: a token’s name, or spillway for what the loop decided.'),
    at: moment.describe('When.'),
    step: z.int().optional().describe('Index of the step, where the event is about one.'),
    cluster: z.string().optional().describe('The cluster, where the event is about one.'),
    generation: z.int().optional().describe('The generation, where the event is about one.'),
    gate: z.string().optional().describe('The gate, where the event is about one.'),
    proxies: z.int().optional().describe('How many proxies have it, where the event says that.'),
    traffic: trafficChangeView.optional(),
    held: holdReasonView.optional(),
    detail: z
      .string()
      .optional()
      .describe(
        'The API server’s words where it refused a write; who changed what where the service wants to be asked; what was counted, or who is behind, where it is about proof.',
      ),
    changed: strategyChangeView.optional(),
    supersededBy: z
      .string()
      .optional()
      .describe('Id of the release that takes its place, where the event says that.'),
    verdicts: z.array(verdictView).describe('The verdicts behind it.'),
    hash: z
      .string()
      .describe('SHA-256 over the previous hash and this event; makes edits visible.'),
  })
  .describe('Something that happened to a release. History is only ever appended to.');

export type EventView = z.output<typeof eventView>;

export const toEventView = ({ sequence, event, hash }: StoredEvent): EventView => ({
  sequence,
  type: event.type,
  because: event.because,
  actor: event.actor,
  at: toMoment(event.at),
  ...place(event),
  ...('gate' in event ? { gate: event.gate } : {}),
  ...('proxies' in event ? { proxies: event.proxies } : {}),
  ...('traffic' in event ? { traffic: toTrafficView(event.traffic) } : {}),
  ...('reason' in event ? { held: toHoldReasonView(event.reason) } : {}),
  ...('detail' in event ? { detail: event.detail } : {}),
  ...(event.type === 'strategyChanged' ? { changed: toStrategyChange(event) } : {}),
  ...supersededBy(event),
  verdicts: 'verdicts' in event ? event.verdicts.map(toVerdictView) : [],
  hash,
});

const place = (event: ReleaseEvent): Pick<EventView, 'step' | 'cluster' | 'generation'> => ({
  ...('index' in event ? { step: event.index } : {}),
  ...('cluster' in event ? { cluster: event.cluster } : {}),
  ...('generation' in event ? { generation: event.generation } : {}),
});

const toStrategyChange = ({ strategy, plan }: StrategyChanged): EventView['changed'] => {
  const side = (which: 'from' | 'to') => ({
    strategy: strategy[which].name,
    version: strategy[which].version,
    plan: toPlanView(plan[which]),
  });
  return { from: side('from'), to: side('to') };
};

function supersededBy(event: ReleaseEvent): Pick<EventView, 'supersededBy'> {
  if (event.type === 'superseded') return { supersededBy: event.by };
  return 'supersededBy' in event ? { supersededBy: event.supersededBy } : {};
}

const toTrafficView = ({ generation, clusters }: TrafficChange): EventView['traffic'] => ({
  generation,
  clusters: clusters.map(({ cluster, ...exposure }) => ({
    cluster,
    weight: exposure.weight / 100,
    ...toExposureView(exposure),
  })),
});
