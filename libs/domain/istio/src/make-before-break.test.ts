import { expect, it } from '@jest/globals';
import { after, generation } from '@spillway/kernel';
import fc from 'fast-check';
import type { LiveRouting } from './live-routing.js';
import { isInForce, nextWrite } from './next-write.js';
import { subsetsOf } from './parse.js';
import { renderDestinationRule, renderVirtualService } from './render/render.js';
import { aLiveObject, aTraffic } from './testing/index.js';
import { OneCluster, must } from './testing/one-cluster.js';
import { aWeight, bring, someTraffic, versions } from './testing/some-traffic.js';
import type { Traffic } from './traffic.js';
import type { NextWrite } from './write.js';

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
      const cluster = new OneCluster(routing);
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
      const cluster = new OneCluster(routing);
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
      const cluster = new OneCluster(routing);
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
      const cluster = new OneCluster({ foreign: [] });
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
