import { describe, expect, it } from '@jest/globals';
import { re2 } from '@spillway/adapter-regex';
import {
  renderDestinationRule,
  renderVirtualService,
  type MeshObject,
  type Traffic,
} from '@spillway/domain-istio';
import { aMeshService, aTraffic } from '@spillway/domain-istio/testing';
import { explain, type Explanation, type HttpRequest } from '@spillway/domain-route';
import type { MatchRoute, RequestMatch } from '@spillway/domain-traffic';
import { basisPoints, duration, version } from '@spillway/kernel';
import fc from 'fast-check';

/**
 * What the renderer writes, read by the route simulator: two independent readings
 * of Istio's rules. More cases: TRAFFIC_CASES=100000.
 */
const numRuns = Number(process.env['TRAFFIC_CASES'] ?? 1_500);

const service = aMeshService({
  edge: { gateways: ['edge/public'], hosts: ['shop.example.com'] },
});
const host = 'catalog.shop.svc.cluster.local';

const registry: readonly MeshObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name: 'catalog' },
    spec: { ports: [{ name: 'http', port: 8080 }] },
  },
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { namespace: 'edge', name: 'public' },
    spec: {
      selector: { app: 'gateway' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    },
  },
];

const objectsOf = (traffic: Traffic): readonly MeshObject[] => [
  ...registry,
  renderDestinationRule(traffic),
  renderVirtualService(traffic),
];

const ask = (traffic: Traffic, request: HttpRequest): Explanation =>
  explain({ objects: objectsOf(traffic), regex: re2 }, request);

/** The share of each version; throws when the request has no route. */
function sharesOf(answer: Explanation): Readonly<Record<string, number>> {
  if (answer.kind !== 'routed') throw new Error(`${answer.kind}: ${answer.because.join(' ')}`);
  const failing = answer.destinations.find(({ outcome }) => outcome !== undefined);
  if (failing !== undefined) throw new Error(`${failing.subset ?? ''} answers nobody`);
  return Object.fromEntries(answer.destinations.map((to) => [to.subset ?? '', to.probability]));
}

const client = { namespace: 'web', labels: { app: 'web' } };
const inMesh = { host, path: '/', port: 8080, from: client };
const atEdge = { host: 'shop.example.com', path: '/', from: { gateway: 'edge/public' } };

const aWeight = fc.integer({ min: 0, max: 10_000 }).map(basisPoints);
const aText = fc.constantFrom('yes', 'no', 'beta', '/search', '/search/all', 'a.b*c');
const aMatch = fc.oneof(
  aText.map((exact) => ({ exact })),
  aText.map((prefix) => ({ prefix })),
  fc.constant({ present: true } as const),
);
const aCondition: fc.Arbitrary<RequestMatch> = fc.oneof(
  aMatch.map((match) => ({ headers: { 'x-tester': match } })),
  aMatch.map((match) => ({ cookies: { group: match } })),
  aMatch.map((match) => ({ queryParams: { group: match } })),
  fc.constantFrom('GET', 'POST').map((exact) => ({ method: { exact } })),
  aText.map((text) => ({ uri: { prefix: text.startsWith('/') ? text : `/${text}` } })),
  aText.map((exact) => ({ withoutHeaders: { 'x-tester': { exact } } })),
  fc.constant({ sourceNamespace: 'web' }),
  fc.constantFrom('web', 'jobs').map((app) => ({ sourceLabels: { app } })),
);
const aRoute: fc.Arbitrary<MatchRoute> = fc.record({
  name: fc.constantFrom('testers', 'staff'),
  match: fc.array(aCondition, { minLength: 1, maxLength: 2 }),
});
const aRequest: fc.Arbitrary<HttpRequest> = fc
  .record({
    from: fc.constantFrom<HttpRequest>(inMesh, atEdge),
    method: fc.constantFrom('GET', 'POST', 'HEAD'),
    path: fc.constantFrom('/', '/search', '/search/all?group=beta', '/x?group=yes', '/beta'),
    tester: fc.option(aText, { nil: undefined }),
    cookie: fc.option(fc.constantFrom('group=yes', 'a=b; group=beta', 'group=a.b*c'), {
      nil: undefined,
    }),
  })
  .map(({ from, method, path, tester, cookie }) => ({
    ...from,
    method,
    path,
    headers: { ...(tester && { 'x-tester': tester }), ...(cookie && { cookie }) },
  }));

describe('what the candidate gets', () => {
  it('is exactly the weight of whatever request no route takes', () => {
    fc.assert(
      fc.property(aWeight, aRequest, (weight, request) => {
        const shares = sharesOf(ask(aTraffic({ service, exposure: { weight } }), request));
        expect(shares['v2'] ?? 0).toBeCloseTo(weight / 10_000, 12);
        expect((shares['v1'] ?? 0) + (shares['v2'] ?? 0)).toBeCloseTo(1, 12);
      }),
      { numRuns },
    );
  });

  it('is every request of the cohort, and of others the weight', () => {
    fc.assert(
      fc.property(aWeight, aRoute, aRequest, (weight, route, request) => {
        const exposure = { weight, routes: [route] };
        const shares = sharesOf(ask(aTraffic({ service, exposure }), request));
        const expected = route.match.some((match) => isMeant(match, request)) ? 1 : weight / 10_000;
        expect(shares['v2'] ?? 0).toBeCloseTo(expected, 12);
      }),
      { numRuns },
    );
  });

  it.each([
    ['mesh', 1, 0],
    ['edge', 0, 1],
  ] as const)('by a route for the %s only, is nothing elsewhere', (where, mesh, edge) => {
    const match = [{ headers: { 'x-tester': { present: true } } }] as const;
    const exposure = { weight: basisPoints(0), routes: [{ name: 'testers', match, where }] };
    const headers = { 'x-tester': 'yes' };
    const traffic = aTraffic({ service, exposure });
    expect(sharesOf(ask(traffic, { ...inMesh, headers }))['v2'] ?? 0).toBe(mesh);
    expect(sharesOf(ask(traffic, { ...atEdge, headers }))['v2'] ?? 0).toBe(edge);
  });

  it.each([
    ['all', 'POST', 0.25],
    ['safe', 'GET', 0.25],
    ['safe', 'HEAD', 0.25],
    ['safe', 'POST', undefined],
  ] as const)('in a mirror of %s methods, is for %s a copy of %s', (methods, method, share) => {
    const mirror = { share: basisPoints(2_500), methods };
    const answer = ask(aTraffic({ service, exposure: { weight: basisPoints(0), mirror } }), {
      ...inMesh,
      method,
    });
    expect(sharesOf(answer)).toEqual({ v1: 1 });
    expect(answer).toMatchObject({ mirrors: share === undefined ? [] : [{ subset: 'v2', share }] });
  });
});

describe('a sticky visitor', () => {
  const sticky = { cookie: 'catalog-version', lifetime: duration(3_600_000) };
  const at = (weight: number) =>
    aTraffic({ service, sticky, exposure: { weight: basisPoints(weight) } });

  /** The cookie that a version's answers bring. */
  function cookieOf(traffic: Traffic, of: string): string {
    const answer = ask(traffic, inMesh);
    if (answer.kind !== 'routed') throw new Error(answer.kind);
    const drawn = answer.destinations.find(({ subset }) => subset === of);
    const header = String(drawn?.responseHeaders.add?.['set-cookie']);
    return header.split(';')[0] ?? '';
  }

  it.each(['v1', 'v2'])('of %s stays there at every weight between', (of) => {
    const cookie = cookieOf(at(1_000), of);
    for (const weight of [1, 2_500, 5_000, 9_000, 9_999]) {
      const headers = { cookie: `a=b; ${cookie}; c=d` };
      expect(sharesOf(ask(at(weight), { ...inMesh, headers }))).toEqual({ [of]: 1 });
    }
  });

  it('is back on stable with the rollback, cookie or not', () => {
    const headers = { cookie: cookieOf(at(1_000), 'v2') };
    expect(sharesOf(ask(at(0), { ...inMesh, headers }))).toEqual({ v1: 1 });
  });

  it('of an earlier release is drawn anew', () => {
    const earlier = { ...at(1_000), release: 'aaaaaaaa-0000-4000-8000-000000000000' } as Traffic;
    const headers = { cookie: cookieOf(earlier, 'v2') };
    expect(sharesOf(ask(at(5_000), { ...inMesh, headers }))).toEqual({ v1: 0.5, v2: 0.5 });
  });
});

it('goes by hosts where each version is a Service of its own', () => {
  const services = aMeshService({ versionHost: 'catalog-{version}.shop.svc.cluster.local' });
  const traffic = aTraffic({ service: services, exposure: { weight: basisPoints(3_000) } });
  const own = ['v1', 'v2'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name: `catalog-${version(name)}` },
    spec: { ports: [{ name: 'http', port: 8080 }] },
  }));
  const objects = [...registry, ...own, renderVirtualService(traffic)];
  const answer = explain({ objects, regex: re2 }, inMesh);
  expect(answer).toMatchObject({
    kind: 'routed',
    destinations: [
      { host: 'catalog-v1.shop.svc.cluster.local', probability: 0.7 },
      { host: 'catalog-v2.shop.svc.cluster.local', probability: 0.3 },
    ],
  });
});

/** A third, naive reading of the conditions: what a person who wrote them would say. */
const isMeant = (match: RequestMatch, request: HttpRequest): boolean =>
  isMeantByText(match, request) && isMeantByCaller(match, request);

function isMeantByText(match: RequestMatch, request: HttpRequest): boolean {
  const [path = '', query = ''] = request.path.split('?');
  const header = (name: string) => request.headers?.[name] as string | undefined;
  const cookies = new Map(
    (header('cookie') ?? '').split('; ').map((one) => one.split('=') as [string, string]),
  );
  return [
    ...over(match.headers, header),
    ...over(match.cookies, (name) => cookies.get(name)),
    ...over(match.queryParams, (name) => new URLSearchParams(query).get(name) ?? undefined),
    ...over(match.withoutHeaders, header).map((is) => !is),
    match.method === undefined || is(match.method, request.method),
    match.uri === undefined || is(match.uri, path),
  ].every(Boolean);
}

function isMeantByCaller(
  { sourceNamespace, sourceLabels }: RequestMatch,
  { from }: HttpRequest,
): boolean {
  const caller = 'gateway' in from ? { namespace: 'edge', app: 'gateway' } : callerInMesh;
  return (
    (sourceNamespace ?? caller.namespace) === caller.namespace &&
    (sourceLabels?.['app'] ?? caller.app) === caller.app
  );
}

const callerInMesh = { namespace: client.namespace, app: client.labels.app };

const over = (
  matches: RequestMatch['headers'] = {},
  value: (name: string) => string | undefined,
): readonly boolean[] => Object.entries(matches).map(([name, match]) => is(match, value(name)));

function is(match: NonNullable<RequestMatch['uri']>, text: string | undefined): boolean {
  if (text === undefined) return false;
  if ('exact' in match) return text === match.exact;
  if ('prefix' in match) return text.startsWith(match.prefix);
  return 'present' in match;
}
