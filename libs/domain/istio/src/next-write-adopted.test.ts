import { describe, expect, it } from '@jest/globals';
import { unexposed, type Exposure } from '@spillway/domain-traffic';
import { generation, instant, version } from '@spillway/kernel';
import { adopt } from './adopt/adopt.js';
import { applyPatch } from './adopt/apply-patch.js';
import type { LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { isInForce, nextWrite } from './next-write.js';
import { obstacle } from './ownership.js';
import { renderDestinationRule, renderVirtualService } from './render/render.js';
import { aLiveObject, aMeshService, aTraffic, anAdoptedService, peoples } from './testing/index.js';
import type { MeshService, Traffic } from './traffic.js';

const now = instant(1_000_000);
const service = anAdoptedService();
const wanted = aTraffic({ service });
const people = peoples(
  'spec: {hosts: [catalog], http: [{route: [{destination: {host: catalog, subset: v1}}]}]}',
);
const rule = aLiveObject(renderDestinationRule(wanted), { resourceVersion: '11' });
const testers: Exposure = {
  ...unexposed,
  routes: [{ name: 'testers', match: [{ headers: { x: { exact: 'y' } } }] }],
};

const theirRule = (spec: object, name = 'catalog'): LiveObject => ({
  kind: 'DestinationRule',
  metadata: { ...people.metadata, name },
  spec: { host: 'catalog', ...spec },
});
const subsetsOf = (...names: readonly string[]) =>
  names.map((name) => ({ name, labels: { version: name } }));

describe('an adopted VirtualService', () => {
  it('is patched once the subsets are there, over the version that was looked at', () => {
    const live = { virtualService: people, foreign: [people] };
    expect(nextWrite(wanted, live, now)).toMatchObject({
      do: 'write',
      object: { kind: 'DestinationRule' },
    });
    const adoption = adopt(wanted, people);
    expect(nextWrite(wanted, { ...live, destinationRule: rule }, now)).toEqual({
      do: 'patch',
      kind: 'VirtualService',
      place: { namespace: 'shop', name: 'catalog' },
      operations: adoption.kind === 'patch' ? adoption.operations : [],
      resourceVersion: '1',
    });
    expect(isInForce(wanted, { ...live, destinationRule: rule })).toBe(false);
  });

  it('is in force as soon as there is nothing left to patch', () => {
    const adoption = adopt(wanted, people);
    const virtualService = applyPatch(people, adoption.kind === 'patch' ? adoption.operations : []);
    if (virtualService === undefined) throw new Error('it fits');
    const live: LiveRouting = { virtualService, destinationRule: rule, foreign: [virtualService] };
    expect(isInForce(wanted, live)).toBe(true);
    expect(nextWrite(wanted, live, now)).toEqual({ do: 'nothing' });
    expect(nextWrite({ ...wanted, generation: generation(6) }, live, now)).toMatchObject({
      do: 'compare',
    });
  });

  it('needs no subset that people have defined beside us', () => {
    const foreign = [theirRule({ subsets: subsetsOf('v1', 'v2') })];
    expect(nextWrite(wanted, { virtualService: people, foreign }, now)).toMatchObject({
      do: 'patch',
    });
    const half = [theirRule({ subsets: subsetsOf('v1') })];
    expect(nextWrite(wanted, { virtualService: people, foreign: half }, now)).toMatchObject({
      do: 'write',
      object: { spec: { subsets: subsetsOf('v2') } },
    });
  });

  it('keeps a subset for as long as one of people’s routes names it', () => {
    const jason = peoples(`
      spec:
        http:
          - match: [{headers: {end-user: {exact: jason}}}]
            route: [{destination: {host: catalog.shop, subset: v2}}]
            mirrors: [{destination: {host: other, subset: v0}}]
          - route: [{destination: {host: catalog, subset: v1}}]`);
    const last = { ...wanted, exposure: unexposed, subsets: [version('v1')] };
    const all = renderDestinationRule({ ...wanted, subsets: ['v0', 'v1', 'v2'].map(version) });
    const live = { virtualService: jason, destinationRule: aLiveObject(all), foreign: [] };
    expect(nextWrite(last, live, now)).toMatchObject({
      do: 'write',
      object: { spec: { subsets: subsetsOf('v1', 'v2') } },
    });
    expect(nextWrite(last, { ...live, destinationRule: rule }, now)).toEqual({ do: 'nothing' });
  });

  it('is not waited for because a release of another service counts further', () => {
    const cart = { ...wanted, generation: generation(99) };
    const other = { ...service, service: 'shop/cart' as MeshService['service'], host: 'catalog' };
    const adoption = adopt({ ...cart, service: other }, people);
    const virtualService = applyPatch(people, adoption.kind === 'patch' ? adoption.operations : []);
    if (virtualService === undefined) throw new Error('it fits');
    const back = { ...wanted, exposure: unexposed };
    const live = { virtualService, destinationRule: rule, foreign: [] };
    expect(nextWrite(back, live, now).do).toBe('nothing');
  });
});

describe('a release is held', () => {
  const held = (traffic: Traffic, live: LiveRouting, because: string): void => {
    expect(obstacle(traffic, live)).toBe(because);
    expect(nextWrite(traffic, live, now)).toEqual({ do: 'stop', because });
    expect(isInForce(traffic, live)).toBe(false);
  };
  const virtualService = { namespace: 'mesh', name: 'catalog-routes' };
  const delegated = aMeshService({ ownership: { kind: 'delegate', virtualService } });
  const root = (rule: string): LiveObject =>
    peoples(
      `spec: {hosts: [catalog], http: [{${rule}, delegate: {name: catalog-routes, namespace: mesh}}]}`,
    );

  it('without the VirtualService that the service adopts', () => {
    held(
      wanted,
      { foreign: [] },
      'VirtualService shop/catalog, which the service adopts, is not there',
    );
  });

  it('before anything is written that people’s object cannot express', () => {
    const none = peoples('spec: {hosts: [catalog], http: []}');
    held(
      wanted,
      { virtualService: none, foreign: [] },
      'VirtualService shop/catalog has no route to v1 of catalog.shop.svc.cluster.local that Spillway was given',
    );
  });

  it('without a root for a delegate, or with one that istiod would not follow', () => {
    const about = aTraffic({ service: delegated, exposure: testers });
    held(
      about,
      { roots: [], foreign: [] },
      'no VirtualService hands requests to mesh/catalog-routes',
    );
    const presence = root('name: a, match: [{headers: {x: {}}}]');
    held(
      about,
      { roots: [presence], foreign: [presence] },
      'istiod leaves out route "catalog.0f3a9c1e.g7.testers" for route "a" of shop/catalog: headers x does not fit',
    );
    const live = { roots: [root('name: a, match: [{uri: {prefix: /c}}]')], foreign: [] };
    expect(obstacle(about, live)).toBeUndefined();
    expect(obstacle(about, { foreign: [] })).toBeUndefined();
  });

  it('where people keep the delegate to a namespace in which the root is not', () => {
    const about = aTraffic({ service: delegated });
    const { spec, ...rest } = aLiveObject(renderVirtualService(about));
    const live = { ...rest, spec: { ...(spec as object), exportTo: ['.'] } };
    held(
      about,
      { virtualService: live, roots: [root('name: a')], foreign: [] },
      'shop/catalog cannot see mesh/catalog-routes, which is not exported to shop',
    );
  });

  it('where a root of an adopted delegate leaves out a route of ours', () => {
    const adopted = peoples(
      'spec: {http: [{route: [{destination: {host: catalog, subset: v1}}]}]}',
    );
    const above = peoples(
      'spec: {hosts: [catalog], http: [{name: a, match: [{ignoreUriCase: true, uri: {prefix: /c}}], delegate: {name: catalog}}]}',
    );
    const about = aTraffic({ service, exposure: testers });
    const live = { virtualService: adopted, roots: [above], foreign: [above] };
    expect(obstacle(about, live)).toContain(
      'istiod leaves out route "catalog.0f3a9c1e.g7.testers"',
    );
    expect(obstacle({ ...about, exposure: unexposed }, live)).toBeUndefined();
  });

  it('where the exposure is none that the service can have', () => {
    const about = aTraffic({ service: aMeshService({ protocol: 'tcp' }), exposure: testers });
    held(
      about,
      { foreign: [] },
      'tcp has connections and no requests: there is no way for routes by match',
    );
  });

  it.each([
    [
      'with other labels',
      { subsets: [{ name: 'v2', labels: { app: 'x' } }] },
      'defines subset v2 with other labels: {"app":"x"}',
    ],
    [
      'for some namespaces',
      { exportTo: ['.'], subsets: [] },
      "claims the same host and is not Spillway's",
    ],
    [
      'for some callers',
      { workloadSelector: { matchLabels: {} } },
      "claims the same host and is not Spillway's",
    ],
  ])('by a DestinationRule of people’s %s', (_, spec, because) => {
    const foreign = [theirRule(spec)];
    expect(obstacle(wanted, { virtualService: people, foreign })).toContain(because);
  });

  it('by a DestinationRule in a namespace of callers, but not by subsets where versions are Services', () => {
    const { metadata, ...rest } = theirRule({ host: service.host });
    const elsewhere = { ...rest, metadata: { ...metadata, namespace: 'web' } };
    expect(obstacle(wanted, { virtualService: people, foreign: [elsewhere] })).toContain(
      'web/catalog claims',
    );
    const apart = anAdoptedService(undefined, {
      versionHost: 'catalog-{version}.shop.svc.cluster.local',
    });
    const live = {
      virtualService: peoples('spec: {http: [{route: [{destination: {host: catalog-v1}}]}]}'),
      foreign: [theirRule({ subsets: [{ name: 'v2', labels: {} }] })],
    };
    expect(nextWrite({ ...wanted, service: apart }, live, now)).toMatchObject({ do: 'patch' });
  });
});
