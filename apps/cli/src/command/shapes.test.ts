import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { explain } from '@spillway/domain-route';
import {
  aDestinationRule,
  aMesh,
  aService,
  arbitraryPair,
  arbitraryVirtualService,
} from '@spillway/domain-route/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { classics, offline } from '../testing/offline-shell.js';
import { lintReport } from './lint/lint-report.js';
import { routeExplanation } from './route/route-explanation.js';
import { routeRequest, toRouteRequest } from './route/route-request.js';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

/** What the committed schema says against a value; nothing when it fits. */
function against(name: string): (value: unknown) => string | undefined {
  const url = new URL(`../../../../docs/schemas/${name}.schema.json`, import.meta.url);
  const validate = ajv.compile(JSON.parse(readFileSync(url, 'utf8')) as object);
  return (value) => (validate(value) ? undefined : ajv.errorsText(validate.errors));
}

const virtualService = (http: string): string =>
  `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: shop }
spec: { hosts: [catalog], http: [${http}] }
---
apiVersion: v1
kind: Service
metadata: { name: catalog, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;
const files = {
  ...classics,
  'shut.yaml': virtualService('{ directResponse: { status: 503, body: { string: later } } }'),
  'weightless.yaml': virtualService(
    '{ route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b }, weight: 0 }] }',
  ),
};

const json = async (line: string, stdin = ''): Promise<unknown> =>
  JSON.parse((await offline(`${line} -o json`, { files, stdin })).stdout);

const from = { namespace: 'shop' };
const edge = { gateway: 'shop/public' };
const everyOutcome = [
  ['routed', 'ninety-ten.yaml', { host: 'catalog', path: '/', from }],
  ['routed', 'delegate-by-prefix.yaml', { host: 'catalog', path: '/search', from }],
  [
    'redirect',
    'gateway-and-mesh.yaml',
    { host: 'shop.example.com', path: '/products', from: edge },
  ],
  ['directResponse', 'shut.yaml', { host: 'catalog', path: '/', from }],
  ['status', 'gateway-and-mesh.yaml', { host: 'nobody.example', path: '/', from: edge }],
  ['passthrough', 'ninety-ten.yaml', { host: 'nobody.example', path: '/', from }],
  ['closed', 'egress.yaml', { kind: 'tcp', port: 9, from }],
  ['rejected', 'weightless.yaml', { host: 'catalog', path: '/', from }],
] as const;

describe('reports of lint', () => {
  const fault = against('lint-report');

  it.each(Object.keys(classics))('fit their schema, with every field in it: %s', async (name) => {
    const report = await json(`lint -f ${name}`);
    expect(fault(report)).toBeUndefined();
    expect(lintReport.parse(report)).toEqual(report);
  });

  it('do not fit when a field is missing', () => {
    expect(fault({ findings: [] })).toContain("must have required property 'summary'");
  });
});

describe('answers of route explain', () => {
  const fault = against('route-explanation');

  it.each(everyOutcome)(
    'of kind %s fit their schema, with every field in it: %s',
    async (kind, name, request) => {
      const line = `route explain -f ${name} --request -`;
      const one = await json(line, JSON.stringify(request));
      const list = await json(line, JSON.stringify([request]));
      expect(one).toMatchObject({ kind });
      expect(list).toEqual([one]);
      expect([fault(one), fault(list)]).toEqual([undefined, undefined]);
      expect(routeExplanation.parse(one)).toEqual(one);
    },
  );

  it('fit for whatever is written and asked', () => {
    const rest = [aService([9080]), aDestinationRule(['v1', 'v2', 'v3'])];
    fc.assert(
      fc.property(arbitraryPair(arbitraryVirtualService()), ({ virtualService, request }) => {
        const answer: unknown = explain(aMesh([virtualService, ...rest]), request);
        expect(fault(answer)).toBeUndefined();
        expect(routeExplanation.parse(answer)).toEqual(answer);
      }),
      { numRuns: 500 },
    );
  });

  it('do not fit when they are of no known kind', () => {
    expect(fault({ kind: 'lost', because: [], considered: [] })).toBeDefined();
  });
});

describe('requests', () => {
  const fault = against('route-request');

  it.each(everyOutcome.map(([, , request]) => request))('that are taken fit: %j', (request) => {
    expect(toRouteRequest(request)).toMatchObject({ ok: true });
    expect([fault(request), fault([request])]).toEqual([undefined, undefined]);
  });

  it.each([
    {},
    { host: 'a', path: '/' },
    { host: 'a', path: 'x', from },
    { host: 'a', path: '/', from, methd: 'GET' },
    { host: 'a', path: '/', from: { gateway: 'x' } },
    { host: 'a', path: '/', port: 0, from },
    { kind: 'tcp', from },
    { kind: 'udp', port: 1, from },
  ])('that are refused do not fit: %j', (request) => {
    expect(toRouteRequest(request)).toMatchObject({ ok: false });
    expect(fault(request)).toBeDefined();
    expect(routeRequest.safeParse(request).success).toBe(false);
  });
});
