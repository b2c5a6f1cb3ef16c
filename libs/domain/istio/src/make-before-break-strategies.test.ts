import { expect, it } from '@jest/globals';
import { isExposed, unexposed, type Exposure } from '@spillway/domain-traffic';
import { EVERYTHING, after, generation, releaseId, version, type Version } from '@spillway/kernel';
import fc from 'fast-check';
import type { LiveObject } from './istio-object.js';
import { isInForce } from './next-write.js';
import { subsetsOf } from './parse.js';
import { renderDestinationRule } from './render/render.js';
import { aMeshService, aTraffic, anAdoptedService, peoples } from './testing/index.js';
import { OneCluster, must } from './testing/one-cluster.js';
import { anExposure, bring, someStickiness } from './testing/some-traffic.js';
import type { MeshService, Traffic } from './traffic.js';

/** A service, and what people have made for it before the first release. */
interface Setting {
  readonly service: MeshService;
  readonly virtualService?: LiveObject;
  readonly only?: 'weights';
}

const virtualService = { namespace: 'shop', name: 'catalog' };
const edge = { gateways: ['edge/public'], hosts: ['shop.example.com'] };
const hand = (routes: string, section = 'http'): LiveObject =>
  peoples(`spec: {hosts: [catalog], ${section}: ${routes}}`);
const toStable = '[{destination: {host: catalog, subset: v1}}]';
const settings: Readonly<Record<string, Setting>> = {
  managed: { service: aMeshService() },
  'managed at the edge': { service: aMeshService({ edge }) },
  delegate: { service: aMeshService({ edge, ownership: { kind: 'delegate', virtualService } }) },
  'versions that are Services': {
    service: aMeshService({ versionHost: 'catalog-{version}.shop.svc.cluster.local' }),
  },
  TCP: { service: aMeshService({ protocol: 'tcp', edge }), only: 'weights' },
  adopted: {
    service: anAdoptedService(),
    virtualService: hand(
      `[{match: [{uri: {prefix: /api}}], timeout: 1s, route: ${toStable}}, {route: ${toStable}}]`,
    ),
  },
  'an adopted split': {
    service: anAdoptedService(),
    virtualService: hand(
      '[{route: [{destination: {host: catalog, subset: v1}, weight: 7}, {destination: {host: cart}, weight: 3}]}]',
    ),
  },
  'adopted TCP': {
    service: anAdoptedService(),
    virtualService: hand(`[{route: ${toStable}}]`, 'tcp'),
    only: 'weights',
  },
  'adopted versions that are Services': {
    service: anAdoptedService(undefined, { versionHost: 'catalog-{version}' }),
    virtualService: hand('[{route: [{destination: {host: catalog-v1}}]}]'),
  },
};

interface Life {
  readonly candidate: Version;
  readonly exposures: readonly Exposure[];
  readonly isPromoted: boolean;
  readonly stickiness: Partial<Traffic>;
}

const someLives: fc.Arbitrary<readonly Life[]> = fc
  .uniqueArray(fc.constantFrom('v2', 'v3', 'v4'), { minLength: 1, maxLength: 3 })
  .chain((candidates) =>
    fc.tuple(
      ...candidates.map((candidate) =>
        fc.record({
          candidate: fc.constant(version(candidate)),
          exposures: fc.array(anExposure, { maxLength: 4 }),
          isPromoted: fc.boolean(),
          stickiness: someStickiness,
        }),
      ),
    ),
  );

/** People's rule may define what the first release needs, or nothing of it. */
const someRules = fc
  .subarray(['v1', 'v2', 'v3'])
  .map((names): readonly LiveObject[] =>
    names.length === 0 ? [] : [theirRule(names.map(version))],
  );

function theirRule(names: readonly Version[]): LiveObject {
  const { metadata, spec } = renderDestinationRule(aTraffic({ subsets: names }));
  const marks = {
    name: 'catalog',
    labels: {},
    annotations: {},
    resourceVersion: '3',
    managers: [],
  };
  return { kind: 'DestinationRule', metadata: { ...metadata, ...marks }, spec };
}

class Engine {
  private last = 0;
  constructor(
    private readonly cluster: OneCluster,
    private readonly setting: Setting,
  ) {}

  /** One release: prepared, through its exposures, to its end. Gives the version that is stable then. */
  live(
    stable: Version,
    { candidate, exposures, isPromoted, stickiness }: Life,
    id: number,
  ): Version {
    const { service, only } = this.setting;
    const release = releaseId(`0f3a9c1${id}-5b7d-4c1a-9d53-2b8f6f0c7a11`);
    const about = { service, release, stable, candidate, ...(only ? {} : stickiness) };
    const go = (exposure: Exposure, ended: Partial<Traffic> = {}) =>
      this.go(aTraffic({ ...about, exposure, subsets: [stable, candidate], ...ended }));
    go(unexposed);
    for (const one of exposures) go(only ? { weight: one.weight } : one);
    go(isPromoted ? { weight: EVERYTHING } : unexposed);
    const left = isPromoted ? candidate : stable;
    go(isPromoted ? { weight: EVERYTHING } : unexposed, { isOver: true, subsets: [left] });
    return left;
  }

  private go(wanted: Traffic): void {
    this.last += 1;
    const traffic = { ...wanted, generation: generation(this.last) };
    this.cluster.now = after(this.cluster.now, 1_000);
    const end = bring(this.cluster, traffic);
    if (end.do !== 'nothing') throw new Error(`${end.do}: ${'because' in end ? end.because : ''}`);
    must(isInForce(traffic, this.cluster.read()), 'what was written is in force');
    const text = JSON.stringify(this.cluster.read().virtualService?.spec ?? {});
    const isNamed = new RegExp(`["-]${traffic.candidate}[".]`).test(text);
    must(isNamed === isExposed(traffic.exposure), 'the candidate is named where it is exposed');
  }
}

it.each(Object.entries(settings))(
  'never names a subset that is missing, and never gives weight to nothing: %s',
  (_, setting) => {
    fc.assert(
      fc.property(someLives, someRules, (lives, foreign) => {
        const { service, virtualService: theirs } = setting;
        const cluster = new OneCluster({ foreign, ...(theirs && { virtualService: theirs }) });
        const engine = new Engine(cluster, setting);
        let stable = version('v1');
        lives.forEach((life, i) => (stable = engine.live(stable, life, i)));
        const theirSubsets =
          foreign.length === 0
            ? []
            : subsetsOf({ foreign, destinationRule: foreign[0] as LiveObject });
        const needsOwn = service.versionHost === undefined && !theirSubsets.includes(stable);
        expect(subsetsOf(cluster.read())).toEqual(needsOwn ? [stable] : []);
        if (!needsOwn) expect(cluster.read().destinationRule).toBeUndefined();
      }),
      { numRuns: 100, seed: 4 },
    );
  },
);
