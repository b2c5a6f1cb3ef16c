import { beforeEach, describe, expect, it } from '@jest/globals';
import { renderDestinationRule, renderVirtualService } from '@spillway/domain-istio';
import { aLiveObject, aTraffic } from '@spillway/domain-istio/testing';
import type { ClusterSeen, Release } from '@spillway/domain-release';
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
  link.follow(service);
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
  const other = new ScriptedCluster(us, new VirtualClock(aMoment));
  other.follow(service);
  const { clusters } = observe(release, service, new Map([[us, other]]), []);
  expect([...clusters.keys()]).toEqual(['eu', 'us']);
  expect(clusters.get(us)).toEqual({
    kind: 'reachable',
    candidateEndpoints: 3,
    stableEndpoints: 3,
  });
});

describe('somebody else who claims the host', () => {
  const lookIn = (phase: Release['phase']) =>
    observe({ ...release, phase }, service, new Map([[eu, link]]), []).clusters.get(eu);

  beforeEach(() => {
    const { metadata, ...own } = renderVirtualService(wanted);
    const foreign = aLiveObject({ ...own, metadata: { ...metadata, name: 'catalog', labels: {} } });
    link.live = { ...link.live, foreign: [foreign] };
  });

  it('is seen, and beside him nothing of ours is in force', () => {
    expect(look()).toMatchObject({ foreign: expect.stringContaining('claims the same host') });
    expect(look()).not.toHaveProperty('inForce');
  });

  it('counts for nothing on the way back: our route may be the one that is obeyed', () => {
    expect(lookIn('rollingBack')).toMatchObject({ inForce: 1 });
    expect(lookIn('rollingBack')).not.toHaveProperty('foreign');
  });

  it('leaves nothing to take back where there is no route of ours', () => {
    const { virtualService: _, ...rest } = link.live ?? { foreign: [] };
    link.live = rest;
    expect(lookIn('rollingBack')).toMatchObject({ inForce: 1 });
    expect(lookIn('progressing')).not.toHaveProperty('inForce');
  });
});

it('takes its own object whose label somebody changed for drift, and not for his', () => {
  const own = link.live?.virtualService;
  if (own === undefined) throw new Error('it was put');
  const labels = { 'app.kubernetes.io/managed-by': 'helm' };
  const virtualService = { ...own, metadata: { ...own.metadata, labels } };
  link.live = { ...link.live, virtualService, foreign: [virtualService] };
  expect(look()).toMatchObject({ drift: expect.stringContaining('managed-by') });
  expect(look()).not.toHaveProperty('foreign');
});

describe('says what drifted', () => {
  it('in the VirtualService, and who made it so', () => {
    const edited = renderVirtualService({ ...wanted, exposure: { weight: basisPoints(5_000) } });
    link.put(edited, 'kubectl-edit');
    expect(look()).toMatchObject({
      drift:
        'kubectl-edit (2026-01-05T10:00:00Z) made spec.http[0].route[0].weight 50 instead of 90',
    });
  });

  it('in the DestinationRule, and who wrote that one last', () => {
    const rule = renderDestinationRule(aTraffic({ ...wanted, subsets: [version('v1')] }));
    link.put(rule, 'kubectl-edit');
    expect(look()).toMatchObject({
      drift: 'kubectl-edit (2026-01-05T10:00:00Z) changed the DestinationRule',
    });
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
