import { playgroundDeployment, type SimulatedMesh } from '@spillway/adapter-cluster';
import { parseSplit, routingName, subsetsOf, liveGeneration } from '@spillway/domain-istio';
import { replay, type Plan, type Release, type ReleaseEvent } from '@spillway/domain-release';
import { NOTHING, clusterName } from '@spillway/kernel';
import { expect } from '@jest/globals';

const { name } = routingName(playgroundDeployment.service);

const ownObjects = (mesh: SimulatedMesh) => {
  const objects = mesh.objects().filter(({ metadata }) => metadata.name === name);
  return {
    virtualService: objects.find(({ kind }) => kind === 'VirtualService'),
    destinationRule: objects.find(({ kind }) => kind === 'DestinationRule'),
  };
};

/** Looks at a cluster after every write of Spillway and of others. */
export class ClusterWatch {
  readonly broken: string[] = [];
  private generation = 0;

  constructor(private readonly mesh: SimulatedMesh) {
    mesh.apiServer.onChange(() => this.look());
  }

  private look(): void {
    const { virtualService, destinationRule } = ownObjects(this.mesh);
    if (virtualService === undefined) return;
    const defined = subsetsOf({ foreign: [], ...(destinationRule && { destinationRule }) });
    const shares = parseSplit(virtualService)?.shares ?? new Map();
    for (const subset of shares.keys()) {
      if (!defined.some((one) => one === subset))
        this.complain(`route names missing subset ${subset}`);
    }
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    if (total !== 10_000) this.complain(`weights are ${total} basis points`);
    const generation = liveGeneration(virtualService) ?? 0;
    if (generation < this.generation)
      this.complain(`generation ${generation} after ${this.generation}`);
    this.generation = Math.max(this.generation, generation);
  }

  private complain(text: string): void {
    this.broken.push(`${this.mesh.cluster}: ${text}`);
  }
}

/** What must hold of a history, wherever it stopped. */
export function checkHistory(release: Release, events: readonly ReleaseEvent[]): void {
  expect(replay(events)).toEqual(release);
  // What JSON has no number for would come back from the database as something else.
  expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  let generation = -1;
  let isRollingBack = false;
  for (const event of events) {
    expect(event.because).not.toBe('');
    if (!('traffic' in event)) continue;
    expect(event.traffic.generation).toBeGreaterThan(generation);
    generation = event.traffic.generation;
    isRollingBack ||= event.type === 'rollbackStarted';
    if (isRollingBack) {
      for (const { weight } of event.traffic.clusters) expect(weight).toBe(NOTHING);
    }
    checkWeightsOfPlan(events, event);
  }
}

type TrafficEvent = Extract<ReleaseEvent, { traffic: unknown }>;

/** No cluster gets more than the step that is running gives its wave, unless a person promoted. */
function checkWeightsOfPlan(events: readonly ReleaseEvent[], event: TrafficEvent): void {
  if (event.type !== 'trafficShifted') return;
  const before = events.slice(0, events.indexOf(event));
  if (before.some(({ type }) => type === 'promotionStarted')) return;
  const plan = planAt(before);
  const index = before.map(begunBy).findLast((begun) => begun !== undefined);
  const step = index === undefined ? undefined : plan?.steps[index];
  for (const { cluster, weight } of event.traffic.clusters) {
    expect(step).toMatchObject({ kind: 'setWeight', weight });
    expect(plan?.waves[step?.wave ?? -1]).toContain(cluster);
  }
}

const planAt = (events: readonly ReleaseEvent[]): Plan | undefined =>
  events
    .map((event) => {
      if (event.type === 'created') return event.plan;
      return event.type === 'strategyChanged' ? event.plan.to : undefined;
    })
    .findLast((plan) => plan !== undefined);

const begunBy = (event: ReleaseEvent): number | undefined =>
  event.type === 'stepStarted' || event.type === 'wentBack' || event.type === 'strategyChanged'
    ? event.index
    : undefined;

/** What every cluster must hold once the release is over and the clusters could be reached. */
export function checkFinalRouting(release: Release, mesh: SimulatedMesh): void {
  const winner = release.phase === 'succeeded' ? release.candidate : release.stable;
  const { virtualService, destinationRule } = ownObjects(mesh);
  expect(virtualService).toBeDefined();
  expect([...(virtualService ? (parseSplit(virtualService)?.shares ?? []) : [])]).toEqual([
    [winner, 10_000],
  ]);
  expect(subsetsOf({ foreign: [], ...(destinationRule && { destinationRule }) })).toEqual([winner]);
  expect(release.rollouts.some(({ cluster }) => cluster === clusterName(mesh.cluster))).toBe(true);
}
