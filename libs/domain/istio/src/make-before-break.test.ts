import { expect, it } from '@jest/globals';
import {
  after,
  basisPoints,
  generation,
  instant,
  version,
  type Duration,
  type Instant,
} from '@spillway/kernel';
import fc from 'fast-check';
import type { IstioObject, LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { isInForce, nextWrite, removalTime, settlingTime } from './next-write.js';
import { subsetsOf } from './parse.js';
import { renderDestinationRule, renderVirtualService } from './render.js';
import { aLiveObject, aTraffic } from './testing/index.js';
import type { Traffic } from './traffic.js';
import type { NextWrite } from './write.js';

const begin = instant(1_000_000);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Server-side apply: maps are merged, lists are replaced. */
function merged(live: unknown, applied: unknown): unknown {
  if (!isObject(live) || !isObject(applied)) return applied;
  const keys = Object.keys(applied).map((key) => [key, merged(live[key], applied[key])]);
  return { ...live, ...Object.fromEntries(keys) };
}

function namedBy(virtualService: LiveObject | undefined): readonly string[] {
  const text = JSON.stringify(virtualService?.spec ?? {});
  return [...text.matchAll(/"subset":"([^"]+)"/g)].map(([, name]) => name ?? '');
}

/** One API server with the two objects of one service, and what its clients must never see. */
class Cluster {
  now: Instant = begin;
  private version = 100;
  private live: LiveRouting;
  /** When a subset came; when a route named it last. */
  private readonly definedSince = new Map<string, Instant>();
  private readonly lastNamed = new Map<string, Instant>();

  constructor(live: LiveRouting) {
    this.live = live;
    for (const name of subsetsOf(live)) this.definedSince.set(name, instant(0));
  }

  read(): LiveRouting {
    return this.live;
  }

  /** `false`: the object is not the one that the writer saw. */
  write({ object, resourceVersion }: Extract<NextWrite, { do: 'write' }>): boolean {
    const before = this.find(object);
    if (before?.metadata.resourceVersion !== resourceVersion) return false;
    this.version += 1;
    const written = aLiveObject(object, {
      spec: merged(before?.spec, object.spec),
      labels: { ...before?.metadata.labels, ...object.metadata.labels },
      annotations: { ...before?.metadata.annotations, ...object.metadata.annotations },
      resourceVersion: String(this.version),
    });
    this.take(written);
    return true;
  }

  /** Somebody edits; Spillway answers for none of it. */
  edit(written: LiveObject): void {
    this.version += 1;
    const resourceVersion = String(this.version);
    this.take({ ...written, metadata: { ...written.metadata, resourceVersion } }, false);
  }

  private find({ kind }: Pick<IstioObject, 'kind'>): LiveObject | undefined {
    return kind === 'VirtualService' ? this.live.virtualService : this.live.destinationRule;
  }

  private take(written: LiveObject, isOurs = true): void {
    const had = subsetsOf(this.live);
    for (const name of namedBy(this.live.virtualService)) this.lastNamed.set(name, this.now);
    this.live =
      written.kind === 'VirtualService'
        ? { ...this.live, virtualService: written, virtualServiceSince: this.now }
        : { ...this.live, destinationRule: written, destinationRuleSince: this.now };
    const has = subsetsOf(this.live);
    for (const name of has) if (!had.includes(name)) this.definedSince.set(name, this.now);
    if (isOurs) this.check(written.kind, had, has);
  }

  private check(kind: LiveObject['kind'], had: readonly string[], has: readonly string[]): void {
    const named = namedBy(this.live.virtualService);
    if (kind === 'VirtualService') {
      for (const name of named) {
        must(has.includes(name), `a route names ${name}, which is not defined`);
        const since = this.definedSince.get(name) ?? this.now;
        this.mustHavePassed(settlingTime, since, `${name} came`);
      }
    }
    for (const gone of had.filter((name) => !has.includes(name))) {
      must(!named.includes(gone), `${gone} is gone while a route names it`);
      const since = this.lastNamed.get(gone) ?? instant(0);
      this.mustHavePassed(removalTime, since, `a route named ${gone}`);
    }
  }

  private mustHavePassed(length: Duration, since: Instant, what: string): void {
    must(this.now - since >= length, `${this.now - since} ms after ${what}`);
  }
}

/** `expect` takes most of the time of a run in which it is called for every write. */
function must(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

/** Asks until there is nothing to do; fails when that takes more than three writes. */
function bring(cluster: Cluster, traffic: Traffic): NextWrite {
  for (let writes = 0; writes <= 3;) {
    const step = nextWrite(traffic, cluster.read(), cluster.now);
    if (step.do !== 'wait' && step.do !== 'write') return step;
    if (step.do === 'wait') {
      must(step.until > cluster.now, 'waits for what has been');
      cluster.now = step.until;
    } else {
      must(cluster.write(step), 'the write was refused');
      writes += 1;
    }
  }
  throw new Error('more than three writes');
}

const versions = ['v0', 'v1', 'v2', 'v3'].map(version);
const aVersion = fc.constantFrom(...versions);
const aWeight = fc
  .oneof(fc.constantFrom(0, 10_000), fc.integer({ min: 0, max: 10_000 }))
  .map(basisPoints);

/** Traffic whose subsets hold at least those that get some. */
const someTraffic = (generations: { min: number; max: number }): fc.Arbitrary<Traffic> =>
  fc
    .record({
      stable: aVersion,
      candidate: aVersion,
      exposure: fc.record({ weight: aWeight }),
      isOver: fc.boolean(),
      number: fc.integer(generations),
    })
    .filter(({ stable, candidate }) => stable !== candidate)
    .map(({ isOver, number, ...split }) => {
      const { stable, candidate, exposure } = split;
      const { weight } = exposure;
      const left = weight === 10_000 ? [candidate] : [stable];
      const isSplit = weight > 0 && weight < 10_000;
      const subsets = isOver && !isSplit ? left : [stable, candidate];
      return aTraffic({ ...split, generation: generation(number), subsets });
    });

/** What people and older releases left behind; its route names nothing that is not defined. */
const someRouting: fc.Arbitrary<LiveRouting> = fc
  .record({
    traffic: someTraffic({ min: 0, max: 5 }),
    extra: fc.subarray(versions),
    hasRoute: fc.boolean(),
    hasRule: fc.boolean(),
    foreignFields: fc.boolean(),
    policy: fc.boolean(),
    shuffled: fc.boolean(),
    unlabelled: fc.boolean(),
  })
  .map((given) => {
    const { traffic, extra, hasRoute, hasRule } = given;
    const rule = renderDestinationRule({ ...traffic, subsets: [...traffic.subsets, ...extra] });
    const subsets = rule.spec.subsets.map((subset) => ({
      ...subset,
      ...(given.policy ? { trafficPolicy: { tls: { mode: 'DISABLE' } } } : {}),
    }));
    const spec = {
      ...rule.spec,
      ...(given.foreignFields ? { trafficPolicy: { tls: {} }, exportTo: ['.'] } : {}),
      subsets: given.shuffled ? subsets.reverse() : subsets,
    };
    const route = renderVirtualService(traffic);
    const destinationRule = aLiveObject(rule, {
      spec,
      annotations: given.foreignFields ? { 'spillway.dev/release': 'copied' } : {},
    });
    const virtualService = aLiveObject(route, {
      ...(given.foreignFields ? { spec: { ...route.spec, exportTo: ['.'] } } : {}),
      ...(given.unlabelled ? { labels: {}, annotations: {} } : {}),
      resourceVersion: '2',
    });
    return {
      foreign: [],
      ...(hasRule ? { destinationRule } : {}),
      ...(hasRoute && hasRule ? { virtualService } : {}),
    };
  });

const runs = { numRuns: 1_000 };

it('comes to the wanted routing from anywhere, in at most three writes, and then rests', () => {
  fc.assert(
    fc.property(someRouting, someTraffic({ min: 5, max: 9 }), (routing, traffic) => {
      const cluster = new Cluster(routing);
      expect(bring(cluster, traffic)).toEqual({ do: 'nothing' });
      expect(isInForce(traffic, cluster.read())).toBe(true);
      expect(subsetsOf(cluster.read())).toEqual([...traffic.subsets].sort());
    }),
    runs,
  );
});

it('lets many writers take turns in any order, and the newest generation wins', () => {
  const writers = fc
    .array(someTraffic({ min: 0, max: 0 }), { minLength: 2, maxLength: 4 })
    .map((all) => all.map((one, i) => ({ ...one, generation: generation(6 + i) })));
  const turns = fc.array(
    fc.record({ writer: fc.nat(), pause: fc.constantFrom(0, 1, 150, 30_000) }),
  );
  fc.assert(
    fc.property(someRouting, writers, turns, (routing, all, order) => {
      const cluster = new Cluster(routing);
      for (const { writer, pause } of order) {
        const traffic = all[writer % all.length];
        if (traffic === undefined) throw new Error('there is a writer');
        cluster.now = after(cluster.now, pause);
        const step = nextWrite(traffic, cluster.read(), cluster.now);
        if (step.do === 'write') must(cluster.write(step), 'the write was refused');
      }
      const last = all.at(-1);
      if (last === undefined) throw new Error('there is a writer');
      expect(bring(cluster, last)).toEqual({ do: 'nothing' });
      for (const older of all.slice(0, -1)) expect(bring(cluster, older).do).toBe('compare');
      expect(isInForce(last, cluster.read())).toBe(true);
    }),
    runs,
  );
});

it('within a release no write that was long on its way breaks a route', () => {
  const steps = fc.array(aWeight, { minLength: 2, maxLength: 4 });
  const events = fc.array(
    fc.record({ writer: fc.nat(), sends: fc.boolean(), pause: fc.constantFrom(0, 40, 150) }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(someRouting, steps, events, (routing, weights, order) => {
      const all = weights.map((weight, i) =>
        aTraffic({ exposure: { weight }, generation: generation(6 + i) }),
      );
      const onItsWay = new Map<Traffic, Extract<NextWrite, { do: 'write' }>>();
      const cluster = new Cluster(routing);
      for (const { writer, sends, pause } of order) {
        const traffic = all[writer % all.length] ?? aTraffic();
        cluster.now = after(cluster.now, pause);
        const step = nextWrite(traffic, cluster.read(), cluster.now);
        const sent = onItsWay.get(traffic);
        if (sends && step.do === 'write') onItsWay.set(traffic, step);
        else if (sent !== undefined) cluster.write(sent);
      }
      expect(bring(cluster, all.at(-1) ?? aTraffic())).toEqual({ do: 'nothing' });
    }),
    runs,
  );
});

it('heals weights that somebody changed with one write, however often they do', () => {
  fc.assert(
    fc.property(fc.array(aWeight, { minLength: 1, maxLength: 5 }), (edits) => {
      const cluster = new Cluster({ foreign: [] });
      const traffic = aTraffic();
      bring(cluster, traffic);
      cluster.now = after(cluster.now, 60_000);
      for (const weight of edits) {
        cluster.edit(aLiveObject(renderVirtualService(aTraffic({ exposure: { weight } }))));
        if (isInForce(traffic, cluster.read())) continue;
        const step = nextWrite(traffic, cluster.read(), cluster.now);
        if (step.do === 'write') cluster.write(step);
        expect(isInForce(traffic, cluster.read())).toBe(true);
      }
    }),
    runs,
  );
});
