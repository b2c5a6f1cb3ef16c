import { describe, expect, it } from '@jest/globals';
import { after, basisPoints, generation, instant, version } from '@spillway/kernel';
import type { LiveRouting } from './live-routing.js';
import { isInForce, nextWrite, removalTime, settlingTime } from './next-write.js';
import { foreignClaim, isManaged } from './ownership.js';
import { renderDestinationRule, renderVirtualService } from './render/render.js';
import { aLiveObject, aTraffic } from './testing/index.js';

const now = instant(1_000_000);
const traffic = aTraffic();
const rule = renderDestinationRule(traffic);
const route = renderVirtualService(traffic);
const liveRule = aLiveObject(rule, { resourceVersion: '11' });
const liveRoute = aLiveObject(route, { resourceVersion: '12' });
const without: LiveRouting = { foreign: [] };

describe('writes', () => {
  it('the DestinationRule first, as a new object, where there is nothing', () => {
    expect(nextWrite(traffic, without, now)).toEqual({ do: 'write', object: rule });
  });

  it('the VirtualService as a new object once the subsets are there', () => {
    const live = { ...without, destinationRule: liveRule };
    expect(nextWrite(traffic, live, now)).toEqual({ do: 'write', object: route });
  });

  it('new subsets beside those that a route may still name, over the version that it saw', () => {
    const old = renderDestinationRule(aTraffic({ subsets: [version('v0'), version('v1')] }));
    const destinationRule = aLiveObject(old, { resourceVersion: '11' });
    const object = renderDestinationRule(aTraffic({ subsets: ['v0', 'v1', 'v2'].map(version) }));
    expect(nextWrite(traffic, { ...without, destinationRule }, now)).toEqual({
      do: 'write',
      object,
      resourceVersion: '11',
    });
  });

  it('weights that somebody changed, at once and alone', () => {
    const drifted = renderVirtualService(aTraffic({ exposure: { weight: basisPoints(9_000) } }));
    const virtualService = aLiveObject(drifted, { resourceVersion: '12' });
    const live = { ...without, destinationRule: liveRule, virtualService };
    expect(nextWrite(traffic, live, now)).toEqual({
      do: 'write',
      object: route,
      resourceVersion: '12',
    });
  });

  it('a rollback over a route of an older generation', () => {
    const back = aTraffic({ generation: generation(8), exposure: { weight: basisPoints(0) } });
    const live = { ...without, destinationRule: liveRule, virtualService: liveRoute };
    expect(nextWrite(back, live, now)).toEqual({
      do: 'write',
      object: renderVirtualService(back),
      resourceVersion: '12',
    });
  });

  it('a rollback before it mends a rule that stable needs nothing new of', () => {
    const back = aTraffic({ generation: generation(8), exposure: { weight: basisPoints(0) } });
    const edited = (labels: Record<string, string>, ...subsets: readonly string[]) => ({
      ...without,
      virtualService: liveRoute,
      destinationRule: aLiveObject(
        renderDestinationRule(aTraffic({ subsets: subsets.map(version) })),
        { labels },
      ),
    });
    const toStable = { do: 'write', object: { kind: 'VirtualService' } };
    expect(nextWrite(back, edited({}, 'v1', 'v2'), now)).toMatchObject(toStable);
    expect(nextWrite(back, edited(rule.metadata.labels, 'v1'), now)).toMatchObject(toStable);
    const mended = { do: 'write', object: { kind: 'DestinationRule' } };
    expect(nextWrite(back, edited(rule.metadata.labels, 'v2'), now)).toMatchObject(mended);
    // In force is only what can be routed to the next time.
    const route = aLiveObject(renderVirtualService(back));
    const left = { ...edited({}, 'v1', 'v2'), virtualService: route };
    expect(nextWrite(back, left, now)).toMatchObject(mended);
  });

  it('nothing when everything is as wanted', () => {
    const live = { ...without, destinationRule: liveRule, virtualService: liveRoute };
    expect(nextWrite(traffic, live, now)).toEqual({ do: 'nothing' });
  });

  it('no subset away from a DestinationRule that only somebody else annotated', () => {
    const { annotations } = rule.metadata;
    const destinationRule = aLiveObject(rule, { annotations: { ...annotations, note: 'x' } });
    const live = { ...without, destinationRule, virtualService: liveRoute };
    expect(nextWrite(traffic, live, now)).toEqual({ do: 'nothing' });
  });
});

describe('waits', () => {
  const justNow = after(now, -100);
  const until = after(justNow, settlingTime);

  it('until new subsets had time to reach the proxies', () => {
    const live = { ...without, destinationRule: liveRule, destinationRuleSince: justNow };
    expect(nextWrite(traffic, live, now)).toMatchObject({ do: 'wait', until });
    expect(nextWrite(traffic, live, after(until, -1))).toMatchObject({ do: 'wait' });
    expect(nextWrite(traffic, live, until)).toMatchObject({ do: 'write', object: route });
  });

  it('until proxies had time to forget a subset, and then takes it away', () => {
    const last = aTraffic({ exposure: { weight: basisPoints(0) }, subsets: [version('v1')] });
    const live = {
      ...without,
      destinationRule: liveRule,
      virtualService: aLiveObject(renderVirtualService(last)),
      virtualServiceSince: justNow,
    };
    const forgotten = after(justNow, removalTime);
    expect(nextWrite(last, live, now)).toMatchObject({ do: 'wait', until: forgotten });
    expect(nextWrite(last, live, after(forgotten, -1))).toMatchObject({ do: 'wait' });
    expect(nextWrite(last, live, forgotten)).toMatchObject({
      do: 'write',
      object: renderDestinationRule(last),
      resourceVersion: '11',
    });
  });

  it('for nothing that was noted before the clock was set back', () => {
    const later = after(now, 1);
    const rising = { ...without, destinationRule: liveRule, destinationRuleSince: later };
    expect(nextWrite(traffic, rising, now)).toMatchObject({ do: 'write', object: route });
    const last = aTraffic({ exposure: { weight: basisPoints(0) }, subsets: [version('v1')] });
    const virtualService = aLiveObject(renderVirtualService(last));
    const over = { ...rising, virtualService, virtualServiceSince: later };
    expect(nextWrite(last, over, now)).toMatchObject({
      do: 'write',
      object: renderDestinationRule(last),
    });
  });
});

describe('stops', () => {
  const newer = renderVirtualService(aTraffic({ generation: generation(8) }));
  const other = { ...route, metadata: { ...route.metadata, name: 'catalog' } };
  const foreign = aLiveObject(other, {
    labels: {},
    managers: [{ name: 'kubectl-edit', at: '2026-01-05T10:00:00Z' }],
  });

  it('to compare when a newer generation is there', () => {
    const virtualService = aLiveObject(newer, { resourceVersion: '12' });
    const live = { ...without, destinationRule: liveRule, virtualService };
    expect(nextWrite(traffic, live, now)).toEqual({
      do: 'compare',
      resourceVersion: '12',
      because: 'generation 8 is newer than 7',
    });
  });

  it('when a newer generation is there, also before it would write a subset', () => {
    const live = { ...without, virtualService: aLiveObject(newer) };
    expect(nextWrite(traffic, live, now)).toMatchObject({ do: 'compare' });
  });

  it('no longer for a generation that nobody ever decided on', () => {
    const virtualService = aLiveObject(newer, { resourceVersion: '12' });
    const live = { ...without, destinationRule: liveRule, virtualService };
    expect(nextWrite(traffic, live, now, '12')).toMatchObject({
      do: 'write',
      resourceVersion: '12',
    });
    expect(nextWrite(traffic, live, now, '11')).toMatchObject({ do: 'compare' });
  });

  it('when somebody else claims the host, and says who', () => {
    const live = { destinationRule: liveRule, virtualService: liveRoute, foreign: [foreign] };
    expect(nextWrite(traffic, live, now)).toEqual({
      do: 'stop',
      because:
        "VirtualService shop/catalog claims the same host and is not Spillway's, last written by kubectl-edit",
    });
    expect(isInForce(traffic, live)).toBe(false);
  });
});

describe('is in force', () => {
  const live = { ...without, destinationRule: liveRule, virtualService: liveRoute };
  const { destinationRule: _rule, ...noRule } = live;
  const { virtualService: _route, ...noRoute } = live;
  const more = renderDestinationRule(aTraffic({ subsets: ['v0', 'v1', 'v2'].map(version) }));
  it.each([
    ['what is just as wanted', live, true],
    [
      'also with a subset that nobody needs any more',
      { ...live, destinationRule: aLiveObject(more) },
      true,
    ],
    ['not without the DestinationRule', noRule, false],
    ['not without the VirtualService', noRoute, false],
    ['not when nothing is there', without, false],
  ])('%s', (_, routing, expected) => {
    expect(isInForce(traffic, routing)).toBe(expected);
  });

  it('not in another generation, though the weights are the same', () => {
    expect(isInForce(aTraffic({ generation: generation(8) }), live)).toBe(false);
  });
});

describe('an object of ours whose label somebody changed', () => {
  const labels = { 'app.kubernetes.io/managed-by': 'helm' };
  const relabelled = aLiveObject(route, { labels, resourceVersion: '12' });
  const live = { destinationRule: liveRule, virtualService: relabelled, foreign: [relabelled] };

  it('is no claim of somebody else but drift, which is written back', () => {
    expect(foreignClaim(aTraffic(), live)).toBeUndefined();
    expect(isInForce(traffic, live)).toBe(false);
    expect(nextWrite(traffic, live, now)).toEqual({
      do: 'write',
      object: route,
      resourceVersion: '12',
    });
  });

  it('is none of ours without what we wrote into it', () => {
    const bare = aLiveObject(route, { labels, annotations: {} });
    const taken = { ...live, virtualService: bare, foreign: [bare] };
    expect(foreignClaim(aTraffic(), taken)).toContain('shop/catalog-spillway claims the same host');
  });

  it.each([
    ['of another name', { name: 'catalog' }],
    ['in another namespace', { namespace: 'mesh' }],
  ])('does not excuse one %s', (_, where) => {
    const copy = { ...relabelled, metadata: { ...relabelled.metadata, ...where } };
    expect(foreignClaim(aTraffic(), { ...live, foreign: [relabelled, copy] })).toContain(
      'claims the same host',
    );
  });
});

it('knows what it manages by the label alone', () => {
  expect(isManaged(liveRule)).toBe(true);
  expect(isManaged(aLiveObject(rule, { labels: {} }))).toBe(false);
});
