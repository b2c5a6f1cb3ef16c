import { describe, expect, it } from '@jest/globals';
import { fieldsOf, listOf } from '@spillway/domain-istio';
import fc from 'fast-check';
import { explain, explainTcp } from './explain.js';
import type { HttpRequest } from './mesh.js';
import {
  aDestinationRule,
  aGateway,
  aMesh,
  anObject,
  aService,
  aVirtualService,
  to,
} from './testing/a-mesh.js';
import { arbitraryPair } from './testing/arbitrary-request.js';
import { inShort } from './testing/outcome.js';
import {
  arbitraryVirtualService,
  edgeScene,
  shopScene,
} from './testing/arbitrary-virtual-service.js';

const shop = [aService([9080]), aDestinationRule(['v1', 'v2', 'v3'])];
const edge = { gateway: edgeScene.gateway };
const request: HttpRequest = { host: 'shop', path: '/', port: 9080, from: { namespace: 'demo' } };

describe('explaining generated requests', () => {
  it('answers every one of them, and probabilities add up to 1', () => {
    fc.assert(
      fc.property(arbitraryPair(arbitraryVirtualService()), ({ virtualService, request: one }) => {
        const answer = explain(aMesh([...shop, virtualService]), one);
        expect(['routed', 'redirect', 'directResponse', 'status']).toContain(answer.kind);
        if (answer.kind !== 'routed') return;
        const sum = answer.destinations.reduce((total, { probability }) => total + probability, 0);
        expect(sum).toBeCloseTo(1, 12);
      }),
      { numRuns: 1_000 },
    );
  });

  it('always answers with the first route that fits, or with 404 when none does', () => {
    fc.assert(
      fc.property(arbitraryPair(arbitraryVirtualService()), ({ virtualService, request: one }) => {
        const { considered, kind } = explain(aMesh([...shop, virtualService]), one);
        const matched = considered.map((route) => route.matched);
        expect(matched.indexOf(true)).toBe(kind === 'status' ? -1 : matched.length - 1);
      }),
      { numRuns: 300 },
    );
  });

  it('is given requests that hit what they are aimed at about as often as they miss', () => {
    const pairs = fc.sample(arbitraryPair(arbitraryVirtualService()), { numRuns: 2_000, seed: 7 });
    const deciding = pairs.map(({ virtualService, request: one }) =>
      explain(aMesh([...shop, virtualService]), one).considered.flatMap(({ matched }) => [matched]),
    );
    const looks = deciding.flat();
    const hits = looks.filter(Boolean).length;
    expect(hits / looks.length).toBeGreaterThan(0.2);
    expect(hits / looks.length).toBeLessThan(0.6);
    const answered = deciding.filter((looksAtOne) => looksAtOne.at(-1) === true).length;
    expect(answered / pairs.length).toBeGreaterThan(0.35);
    expect(answered / pairs.length).toBeLessThan(0.85);
  });

  it('gives the candidate exactly its weight of the sum of all weights', () => {
    const weight = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(weight, weight, (stable, candidate) => {
        const split = aVirtualService({
          http: [{ route: [to('v1', stable), to('v2', candidate)] }],
        });
        const answer = explain(aMesh([...shop, split]), request);
        expect(answer).toMatchObject({
          kind: 'routed',
          destinations: [
            { subset: 'v1', probability: stable / (stable + candidate) },
            { subset: 'v2', probability: candidate / (stable + candidate) },
          ],
        });
      }),
    );
  });

  it('sends exactly the cohort of a header route to the candidate', () => {
    const value = fc.string({ unit: fc.constantFrom('r', '1', '2', '.'), maxLength: 4 });
    fc.assert(
      fc.property(value, value, (cohort, given) => {
        const dark = aVirtualService({
          http: [
            { match: [{ headers: { 'x-release': { exact: cohort } } }], route: [to('v2')] },
            { route: [to('v1')] },
          ],
        });
        const answer = explain(aMesh([...shop, dark]), {
          ...request,
          headers: { 'X-Release': given },
        });
        const subset = given === cohort ? 'v2' : 'v1';
        expect(answer).toMatchObject({ destinations: [{ subset, probability: 1 }] });
      }),
    );
  });

  it('generates only rules that Istio would accept', () => {
    fc.assert(
      fc.property(arbitraryVirtualService(shopScene), ({ spec }) => {
        for (const rule of listOf(fieldsOf(spec)['http']).map(fieldsOf)) {
          const actions = ['route', 'redirect', 'directResponse'].filter((key) => key in rule);
          expect(actions).toHaveLength(1);
        }
      }),
    );
  });

  it('takes the same rules the same way at a gateway', () => {
    fc.assert(
      fc.property(arbitraryPair(arbitraryVirtualService()), ({ virtualService, request: one }) => {
        const spec = { ...fieldsOf(virtualService.spec), gateways: ['mesh', edgeScene.gateway] };
        const mesh = aMesh([...shop, aGateway(), { ...virtualService, spec }]);
        const inside = explain(mesh, one);
        const outside = explain(mesh, { ...one, port: edgeScene.calledPort, from: edge });
        expect(inShort(outside)).toBe(inShort(inside));
      }),
      { numRuns: 300 },
    );
  });

  it('answers whatever anybody wrote into the objects', () => {
    const kinds = [
      'VirtualService',
      'DestinationRule',
      'Gateway',
      'ServiceEntry',
      'Sidecar',
      'Service',
    ];
    const keys = [
      'hosts',
      'http',
      'match',
      'route',
      'destination',
      'host',
      'gateways',
      'servers',
      'egress',
      'ports',
      'tcp',
      'delegate',
    ];
    const { junk } = fc.letrec<{ junk: unknown }>((tie) => ({
      junk: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(null, 0, '', 'shop', '*', '/', '{', true),
        fc.array(tie('junk'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('junk'), { maxKeys: 4 }),
      ),
    }));
    const object = fc
      .tuple(fc.constantFrom(...kinds), junk)
      .map(([kind, spec]) => anObject(kind, spec));
    fc.assert(
      fc.property(fc.array(object, { maxLength: 5 }), (objects) => {
        for (const from of [{ namespace: 'demo' }, { gateway: 'demo/shop' }]) {
          const mesh = aMesh([...shop, ...objects]);
          expect(explain(mesh, { ...request, from }).because).not.toEqual([]);
          expect(explainTcp(mesh, { port: 9080, host: 'shop', from }).because).not.toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
