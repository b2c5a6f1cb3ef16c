import { beforeEach, describe, expect, it } from '@jest/globals';
import { renderDestinationRule, renderVirtualService } from '@spillway/domain-istio';
import { aTraffic } from '@spillway/domain-istio/testing';
import type { ClusterSeen } from '@spillway/domain-release';
import { aMoment, aRelease } from '@spillway/domain-release/testing';
import { basisPoints, generation, version } from '@spillway/kernel';
import { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { VirtualClock } from '../testing/fake/virtual-clock.js';
import { aService, eu, us } from '../testing/index.js';
import { desiredTraffic } from './desired-traffic.js';
import { observe } from './observe.js';

const service = {
  ...aService(),
  generation: generation(1),
  createdAt: aMoment,
  updatedAt: aMoment,
};
const desired = { generation: generation(1), weight: basisPoints(1_000) };
const rollout = { cluster: eu, wave: 0, desired };
const release = aRelease({ phase: 'progressing', rollouts: [rollout] });
const wanted = desiredTraffic(release, rollout, service);
let link: ScriptedCluster;
const look = (): ClusterSeen | undefined =>
  observe(release, service, new Map([[eu, link]]), []).clusters.get(eu);

beforeEach(() => {
  link = new ScriptedCluster(eu, new VirtualClock(aMoment));
  link.put(renderDestinationRule(wanted));
  link.put(renderVirtualService(wanted));
});

it('sees a cluster that has what it should have, and its endpoints', () => {
  link.endpoints.set(version('v2'), 2);
  expect(look()).toEqual({
    kind: 'reachable',
    inForce: 1,
    candidateEndpoints: 2,
    stableEndpoints: 3,
  });
});

it('does not take endpoints that are not known yet for none', () => {
  link.endpoints.set(version('v2'), undefined);
  expect(look()).toMatchObject({ candidateEndpoints: undefined, stableEndpoints: 3 });
});

it.each([
  ['that this process has no link to', () => undefined],
  ['whose link is connecting', () => void link.become('connecting')],
  ['whose link is being made anew', () => void (link.live = undefined)],
])('concludes nothing of a cluster %s', (what, happen) => {
  happen();
  const links = what.includes('no link') ? new Map() : new Map([[eu, link]]);
  expect(observe(release, service, links, []).clusters.get(eu)).toEqual({ kind: 'connecting' });
});

it('sees a cluster that is lost, since when and why', () => {
  expect(link.become('unreachable')).toEqual(look());
});

it('sees every cluster of the plan, and says nothing of the routing of one that was told nothing', () => {
  const { clusters } = observe(
    release,
    service,
    new Map([[us, new ScriptedCluster(us, new VirtualClock(aMoment))]]),
    [],
  );
  expect([...clusters.keys()]).toEqual(['eu', 'us']);
  expect(clusters.get(us)).toEqual({
    kind: 'reachable',
    candidateEndpoints: 3,
    stableEndpoints: 3,
  });
});

it('sees who else claims the host, beside which nothing of ours is in force', () => {
  const foreign = link.live?.virtualService;
  if (foreign === undefined) throw new Error('it was put');
  link.live = { ...link.live, foreign: [foreign] };
  expect(look()).toMatchObject({ foreign: expect.stringContaining('claims the same host') });
  expect(look()).not.toHaveProperty('inForce');
});

describe('says what drifted', () => {
  it('in the VirtualService, and who made it so', () => {
    const edited = renderVirtualService({ ...wanted, candidateWeight: basisPoints(5_000) });
    link.put(edited, 'kubectl-edit');
    expect(look()).toMatchObject({
      drift: 'kubectl-edit made spec.http[0].route[0].weight 50 instead of 90',
    });
  });

  it('in the DestinationRule, and who wrote that one last', () => {
    const rule = renderDestinationRule(aTraffic({ ...wanted, subsets: [version('v1')] }));
    link.put(rule, 'kubectl-edit');
    expect(look()).toMatchObject({ drift: 'kubectl-edit changed the DestinationRule' });
  });

  it.each([
    ['virtualService', 'the VirtualService is gone'],
    ['destinationRule', 'the DestinationRule is gone'],
  ] as const)('when there is no %s any more', (gone, drift) => {
    const { [gone]: _, ...rest } = link.live ?? { foreign: [] };
    link.live = rest;
    expect(look()).toMatchObject({ drift });
  });
});

describe('the wanted subsets', () => {
  it.each([
    ['progressing', ['v1', 'v2']],
    ['rollingBack', ['v1', 'v2']],
    ['succeeded', ['v2']],
    ['rolledBack', ['v1']],
    ['cancelled', ['v1']],
  ] as const)('of a release that is %s are %j', (phase, subsets) => {
    expect(desiredTraffic({ ...release, phase }, rollout, service).subsets).toEqual(subsets);
  });
});
