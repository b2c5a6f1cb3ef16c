import { describe, expect, it } from '@jest/globals';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { aDestinationRule, aMesh, aService, aVirtualService, to } from './testing/a-mesh.js';

const ask = (rule: object): Explanation =>
  explain(
    aMesh([
      aService(),
      aDestinationRule(['v1', 'v2']),
      aVirtualService({ http: [{ name: 'main', ...rule }] }),
    ]),
    {
      host: 'shop',
      path: '/',
      from: { namespace: 'demo' },
    },
  );

const routed = (rule: object): object => ask({ route: [to('v1')], ...rule });

describe('a route that forwards', () => {
  it('names the VirtualService, the route and the place of the rule', () => {
    expect(routed({})).toMatchObject({
      kind: 'routed',
      virtualService: { namespace: 'demo', name: 'shop' },
      route: 'main',
      ruleIndex: 0,
      matchIndex: null,
      destinations: [
        { host: 'shop.demo.svc.cluster.local', subset: 'v1', port: 9080, probability: 1 },
      ],
      mirrors: [],
    });
  });

  it('passes on timeout and retries as written', () => {
    const retries = { attempts: 3, perTryTimeout: '2s' };
    expect(routed({ timeout: '5s', retries })).toMatchObject({ timeout: '5s', retries });
  });

  it('is "default", without limits, for a service that no VirtualService routes', () => {
    const answer = explain(aMesh([aService()]), {
      host: 'shop',
      path: '/',
      from: { namespace: 'demo' },
    });
    expect(answer).toMatchObject({
      kind: 'routed',
      virtualService: null,
      route: 'default',
      ruleIndex: null,
    });
    expect(answer).not.toHaveProperty('timeout');
  });
});

describe('header changes', () => {
  const change = (name: string): object => ({
    request: {
      set: { [`${name}-set`]: '1' },
      add: { [`${name}-add`]: '2' },
      remove: [`${name}-gone`],
    },
  });
  const changes = (name: string): object => ({
    set: { [`${name}-set`]: '1' },
    add: { [`${name}-add`]: '2' },
    remove: [`${name}-gone`],
  });

  it('of the route and of a destination are told apart', () => {
    expect(
      routed({
        headers: change('route'),
        route: [to('v1', 1, { headers: change('destination') }), to('v2', 1)],
      }),
    ).toMatchObject({
      requestHeaders: changes('route'),
      responseHeaders: { set: {}, add: {}, remove: [] },
      destinations: [{ requestHeaders: changes('destination') }, { requestHeaders: { set: {} } }],
    });
  });

  it('to the response work alike, as for a sticky cookie', () => {
    const headers = { response: { add: { 'set-cookie': 'rel=v2' } } };
    expect(routed({ route: [to('v1', 1, { headers }), to('v2', 1)] })).toMatchObject({
      destinations: [{ responseHeaders: { add: { 'set-cookie': 'rel=v2' } } }, {}],
    });
  });

  it('to host or :authority rewrite the host instead, and other pseudo headers are dropped', () => {
    const request = { set: { Host: 'a', ':path': '/x', x: '1' }, remove: ['host', ':method', 'y'] };
    expect(routed({ headers: { request } })).toMatchObject({
      rewrite: { authority: 'a' },
      requestHeaders: { set: { x: '1' }, remove: ['y'] },
    });
    const destination = to('v1', 1, { headers: { request: { set: { ':authority': 'b' } } } });
    expect(routed({ route: [destination] })).toMatchObject({ destinations: [{ authority: 'b' }] });
  });
});

describe('a rewrite', () => {
  it('replaces the uri, or by pattern, and the host', () => {
    expect(routed({ rewrite: { uri: '/b', authority: 'h' } })).toMatchObject({
      rewrite: { uri: '/b', authority: 'h' },
    });
    const uriRegexRewrite = { match: '^/a(.*)', rewrite: '\\1' };
    expect(routed({ rewrite: { uriRegexRewrite } })).toMatchObject({
      rewrite: { uriRegex: uriRegexRewrite },
    });
  });

  it('of the host wins over a host header that the route sets', () => {
    const headers = { request: { set: { host: 'header' } } };
    expect(routed({ rewrite: { authority: 'rewrite' }, headers })).toMatchObject({
      rewrite: { authority: 'rewrite' },
    });
  });
});

describe('a mirror', () => {
  const mirror = { host: 'shop', subset: 'v2', port: { number: 9080 } };
  const copy = { host: 'shop.demo.svc.cluster.local', subset: 'v2', port: 9080 };

  it('gets everything unless a share is written', () => {
    expect(routed({ mirror })).toMatchObject({ mirrors: [{ ...copy, share: 1 }] });
    expect(routed({ mirror, mirrorPercentage: { value: 25 } })).toMatchObject({
      mirrors: [{ share: 0.25 }],
    });
    expect(routed({ mirror, mirrorPercent: 10 })).toMatchObject({ mirrors: [{ share: 0.1 }] });
  });

  it('with a share of 0 is off', () => {
    expect(routed({ mirror, mirrorPercentage: { value: 0 } })).toMatchObject({ mirrors: [] });
    expect(routed({ mirror, mirrorPercentage: {} })).toMatchObject({ mirrors: [] });
  });

  it('may be one of several, each with its share, counted in millionths', () => {
    const mirrors = [
      { destination: mirror, percentage: { value: 0.00019 } },
      { destination: mirror },
    ];
    expect(routed({ mirrors })).toMatchObject({ mirrors: [{ share: 0.000001 }, { share: 1 }] });
  });

  it('that does not exist is skipped, and the request is not touched by it', () => {
    const missing = routed({ mirror: { ...mirror, subset: 'v9' } });
    expect(missing).toMatchObject({
      kind: 'routed',
      mirrors: [{ share: 1, missing: expect.stringContaining('v9') }],
    });
  });
});

describe('a fault', () => {
  it('is shown with its share', () => {
    const fault = {
      delay: { fixedDelay: '7s', percentage: { value: 50 } },
      abort: { httpStatus: 500, percentage: { value: 100 } },
    };
    expect(routed({ fault })).toMatchObject({
      fault: { delay: { duration: '7s', share: 0.5 }, abort: { httpStatus: 500, share: 1 } },
    });
  });

  it('without a percentage hits nothing, but for the old percent of a delay', () => {
    const fault = {
      delay: { fixedDelay: '1s', percent: 10 },
      abort: { grpcStatus: 'UNAVAILABLE' },
    };
    expect(routed({ fault })).toMatchObject({
      fault: { delay: { share: 0.1 }, abort: { grpcStatus: 'UNAVAILABLE', share: 0 } },
    });
    expect(routed({ fault: { delay: { fixedDelay: '1s' } } })).toMatchObject({
      fault: { delay: { share: 0 } },
    });
  });
});

describe('a redirect', () => {
  it('is 301 unless another code is written', () => {
    expect(ask({ redirect: { uri: '/b' } })).toMatchObject({
      kind: 'redirect',
      to: { status: 301, uri: '/b' },
    });
    expect(
      ask({ redirect: { authority: 'h', scheme: 'https', port: 8443, redirectCode: 307 } }),
    ).toMatchObject({
      to: { status: 307, authority: 'h', scheme: 'https', port: 8443 },
    });
  });

  it('may take the port that was called', () => {
    expect(ask({ redirect: { authority: 'h', derivePort: 'FROM_REQUEST_PORT' } })).toMatchObject({
      to: { port: 9080 },
    });
  });

  it('with a code that Envoy does not have is refused with everything on the port', () => {
    expect(ask({ redirect: { uri: '/', redirectCode: 304 } })).toMatchObject({ kind: 'rejected' });
  });
});

describe('a direct response', () => {
  it('has a status and may have a body', () => {
    expect(ask({ directResponse: { status: 503, body: { string: 'soon' } } })).toMatchObject({
      kind: 'directResponse',
      status: 503,
      body: 'soon',
      route: 'main',
    });
  });
});
