import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aMoment, aRelease } from '@spillway/domain-release/testing';
import { CodedError, refusal } from '@spillway/kernel';
import { startGraphqlApp, type GraphqlApp } from './testing/graphql-app.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: GraphqlApp;

beforeAll(async () => {
  app = await startGraphqlApp();
  app.useCases.releases.put(aRelease({ revision: 3 }));
});
afterEach(() => app.useCases.failWith(undefined));
afterAll(() => app.close());

describe('queries', () => {
  it('give a release with its history', async () => {
    const event = { type: 'resumed', because: 'told', actor: 'ci', at: aMoment } as const;
    app.useCases.events.push({ sequence: 1, event, hash: 'a' }, { sequence: 2, event, hash: 'b' });
    const query = `query ($id: ID!) { release(id: $id) {
      service phase final strategy { name version } progress { steps current } rollouts { cluster weight }
      held { kind } events(first: 1) { edges { cursor node { type because } } pageInfo { endCursor hasNextPage } }
    } }`;
    const { data, errors } = await app.ask(query, { id });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      release: {
        service: 'shop/catalog',
        phase: 'pending',
        final: false,
        strategy: { name: 'canary-10', version: 1 },
        progress: { steps: 4, current: 'wave 1: set 10 %' },
        rollouts: [
          { cluster: 'eu', weight: 0 },
          { cluster: 'us', weight: 0 },
        ],
        held: null,
        events: {
          edges: [{ cursor: '1', node: { type: 'resumed', because: 'told' } }],
          pageInfo: { endCursor: '1', hasNextPage: true },
        },
      },
    });
  });

  it('give null for what is not there', async () => {
    const query = `{ release(id: "none") { id } cluster(name: "none") { name }
      service(name: "a/b") { name } strategy(name: "none") { name } }`;
    const { data, errors } = await app.ask(query);
    expect(errors).toEqual([]);
    expect(data).toEqual({ release: null, cluster: null, service: null, strategy: null });
  });

  it('read lists page by page', async () => {
    for (const name of ['eu-west', 'us-east']) {
      const cluster = { name, connection: { inCluster: true }, metrics: { none: true } };
      await app.ask('mutation ($c: ClusterInput!) { putCluster(cluster: $c) { __typename } }', {
        c: cluster,
      });
    }
    const query = `query ($after: String) { clusters(first: 1, after: $after) {
      edges { node { name state } } pageInfo { hasNextPage endCursor } } }`;
    const { data } = await app.ask(query);
    const first = { edges: [{ node: { name: 'eu-west', state: 'notConnected' } }] };
    expect(data).toEqual({
      clusters: { ...first, pageInfo: { hasNextPage: true, endCursor: '1' } },
    });
    const rest = await app.ask(query, { after: '1' });
    expect(rest.data).toMatchObject({
      clusters: { edges: [{ node: { name: 'us-east' } }], pageInfo: { hasNextPage: false } },
    });
  });

  it('filter releases', async () => {
    const { data } = await app.ask('{ releases(phase: held) { edges { node { id } } } }');
    expect(data).toEqual({ releases: { edges: [] } });
  });
});

describe('mutations', () => {
  const start = `mutation ($r: ReleaseInput!, $key: String) { startRelease(release: $r, idempotencyKey: $key) {
    __typename ... on ReleasePayload { release { candidate requestedBy } } ... on Refused { code message next field } } }`;
  const r = { service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10', description: null };

  it('start a release as who asks, once per key', async () => {
    const { data } = await app.ask(start, { r, key: 'k-1' });
    expect(data).toEqual({
      startRelease: {
        __typename: 'ReleasePayload',
        release: { candidate: 'v2', requestedBy: 'portal' },
      },
    });
    expect(app.useCases.commands.at(-1)).toMatchObject({ actor: 'portal', idempotencyKey: 'k-1' });
  });

  it('give a refusal as data', async () => {
    const busy = start.replace('... on Refused', '... on Refusal');
    app.useCases.failWith(() => refusal('SERVICE_BUSY', 'It is busy.', 'Wait.'));
    const refused = { __typename: 'ServiceBusy', code: 'SERVICE_BUSY', message: 'It is busy.' };
    const { data, errors } = await app.ask(busy, { r });
    expect(errors).toEqual([]);
    expect(data).toEqual({ startRelease: { ...refused, next: 'Wait.', field: null } });
  });

  it('name the field of a document that is wrong', async () => {
    const strategy = { name: 'canary', steps: [{ setWeight: 10 }, { setWeight: 101 }] };
    const query =
      'mutation ($s: StrategyInput!) { putStrategy(strategy: $s) { ... on Refused { code field } } }';
    const { data } = await app.ask(query, { s: strategy });
    const refused = { code: 'INVALID_INPUT', field: 'steps[1].setWeight' };
    expect(data).toEqual({ putStrategy: refused });
  });

  it('take a whole strategy, literal and all', async () => {
    const query = `mutation { putStrategy(strategy: { name: "full", waves: [{ labels: { env: "prod" } }, { rest: true }],
      metrics: [{ name: "m", query: { requestSuccessRate: {} }, min: 99, noData: { hold: { for: "1m", then: "pause" } } }],
      steps: [{ setWeight: 10 }, { pause: {} }, { analyze: {} }] })
      { ... on StrategyPayload { strategy { version waves { labels rest } metrics { query { requestSuccessRate } noData }
        steps { setWeight pause { for } analyze { metrics { name } } } } } } }`;
    const { data, errors } = await app.ask(query);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      putStrategy: {
        strategy: {
          version: 1,
          waves: [
            { labels: { env: 'prod' }, rest: null },
            { labels: null, rest: true },
          ],
          metrics: [
            { query: { requestSuccessRate: {} }, noData: { hold: { for: '1m', then: 'pause' } } },
          ],
          steps: [
            { setWeight: 10, pause: null, analyze: null },
            { setWeight: null, pause: { for: null }, analyze: null },
            { setWeight: null, pause: null, analyze: { metrics: [] } },
          ],
        },
      },
    });
  });

  it('take a service', async () => {
    const service = { name: 'shop/catalog', port: 80, stable: 'v1', clusters: ['eu-west'] };
    const query =
      'mutation ($s: ServiceInput!) { putService(service: $s) { ... on ServicePayload { service { host } } } }';
    const { data } = await app.ask(query, { s: service });
    expect(data).toEqual({ putService: { service: { host: 'catalog.shop.svc.cluster.local' } } });
  });

  it.each(['pause', 'resume', 'promote', 'abort'])('tell a release to %s', async (verb) => {
    const query = `mutation ($id: ID!) { ${verb}Release(id: $id, comment: "ok") { ... on ReleasePayload { release { id } } } }`;
    const { data } = await app.ask(query, { id });
    expect(data).toEqual({ [`${verb}Release`]: { release: { id } } });
    const told = { actor: 'portal', release: id, verb, comment: 'ok' };
    expect(app.useCases.commands.at(-1)).toMatchObject(told);
  });
});

describe('errors', () => {
  it('tell nothing to who has no token, not even the schema', async () => {
    const { status, headers, data, errors } = await app.ask(
      '{ __schema { types { name } } }',
      {},
      'wrong',
    );
    expect([status, headers.get('www-authenticate'), data]).toEqual([
      401,
      'Bearer realm="spillway"',
      undefined,
    ]);
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('say what is wrong with an operation', async () => {
    const { status, errors } = await app.ask('{ realease(id: "a") { id } }');
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    expect(errors[0]?.message).toContain('Did you mean "release"');
  });

  it('refuse what is too deep or too much', async () => {
    const page =
      'releases(first: 200) { edges { node { events(first: 200) { edges { node { hash } } } } } }';
    const { status, errors } = await app.ask(`{ ${page} }`);
    expect([status, errors.length]).toEqual([400, 1]);
    const tokens = await app.ask(`{ ${'release(id: "a") { id } '.repeat(1_000)} }`);
    expect(tokens.errors[0]?.message).toContain('more that 5000 tokens');
  });

  it('say how to subscribe to who does it by a request', async () => {
    const { errors } = await app.ask(`subscription { releaseChanged(id: "${id}") { id } }`);
    expect(errors).toMatchObject([
      { extensions: { code: 'INVALID_INPUT', next: expect.stringContaining('WebSocket') } },
    ]);
  });

  it('say which argument is wrong', async () => {
    const { errors } = await app.ask('{ releases(first: 0) { edges { cursor } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'limit' } }]);
  });

  it('say that the database does not answer', async () => {
    app.useCases.failWith(() => {
      throw new CodedError('DATABASE_UNAVAILABLE', 'No connection.', 'Wait.');
    });
    const { errors } = await app.ask('{ clusters { edges { cursor } } }');
    expect(errors).toMatchObject([
      { message: 'No connection.', extensions: { code: 'DATABASE_UNAVAILABLE', next: 'Wait.' } },
    ]);
  });

  it('keep the unforeseen to the log', async () => {
    app.useCases.failWith(() => {
      throw new Error('password=hunter2');
    });
    const { errors } = await app.ask('{ clusters { edges { cursor } } }');
    expect(JSON.stringify(errors)).not.toContain('hunter2');
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(app.logged).toMatchObject([{ err: new Error('password=hunter2'), path: ['clusters'] }]);
    expect(errors[0]?.extensions['next']).toContain(app.logged[0]?.['requestId']);
  });

  it('serve no page', async () => {
    const headers = { accept: 'text/html', authorization: 'Bearer token-of-portal' };
    const response = await fetch(app.url, { headers });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('<html');
  });
});
