import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { createClient } from 'graphql-sse';
import { documents } from '../control-plane/documents.js';
import { readyStage, token, type Stage } from '../control-plane/stage.js';
import { page } from '../docs/pages.js';
import { dataOf } from './ask.js';
import { follow } from './follow.js';

/** The operations of the page, by their names. */
const operations = new Map(
  page('docs/guides/portal-queries.md')
    .blocks.filter(({ language }) => language === 'graphql')
    .map(({ text }) => [/^\w+ (\w+)/.exec(text)?.[1] ?? text, text]),
);
const run = new Set<string>();
const service = documents.service.name;
let database: FreshDatabase;
let stage: Stage;
let id: string;

/** Takes an operation from the page, and notes that it was run. */
function fromPage(name: string): string {
  const operation = operations.get(name);
  if (operation === undefined) throw new Error(`the page has no ${name}`);
  run.add(name);
  return operation;
}

const ask = (name: string, variables: object = {}) =>
  dataOf({ url: stage.url, token }, fromPage(name), variables);

const gated = {
  name: 'gated',
  steps: [{ gate: { name: 'go', approvals: { count: 1 } } }, { setWeight: 50 }],
};

beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
  const put = 'mutation ($s: StrategyInput!) { putStrategy(strategy: $s) { __typename } }';
  expect(await dataOf({ url: stage.url, token }, put, { s: gated })).toEqual({
    putStrategy: { __typename: 'StrategyPayload' },
  });
  ({ id } = await stage.client.releases.start({ service, candidate: 'v2', strategy: 'gated' }));
}, 60_000);
afterAll(async () => {
  await stage.stop();
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

/** What a subscription of the page tells, up to the message that is waited for. */
async function followed<Told>(
  name: string,
  variables: Record<string, unknown>,
  isEnough: (told: Told) => boolean,
): Promise<readonly Told[]> {
  const client = createClient({
    url: `${stage.url}/graphql/stream`,
    headers: { authorization: `Bearer ${token}` },
  });
  const told = await follow<Told>(client, { query: fromPage(name), variables }, isEnough);
  client.dispose();
  return told;
}

interface Followed {
  readonly releaseChanged: { readonly phase: string; readonly final: boolean };
}

interface Waiting {
  readonly approvalsWaiting: readonly { readonly plan: string }[];
}

describe('the page for portals tells', () => {
  it('what is waiting for me, and takes my yes', async () => {
    await followed<Followed>(
      'Follow',
      { id },
      ({ releaseChanged }) => releaseChanged.phase === 'awaitingApproval',
    );
    const waiting = (await ask('WaitingForMe')) as unknown as Waiting;
    expect(waiting).toMatchObject({
      viewer: { actor: 'operator' },
      approvalsWaiting: [{ release: id, service, candidate: 'v2', gate: 'go' }],
    });
    const plan = waiting.approvalsWaiting[0]?.plan;
    expect(await ask('Approve', { id, plan: 'f'.repeat(64), key: 'k-1' })).toMatchObject({
      approveRelease: { code: expect.any(String), next: expect.any(String) },
    });
    expect(await ask('Approve', { id, plan, key: 'k-2' })).toMatchObject({
      approveRelease: { release: { id } },
    });
    const told = await followed<Followed>('Follow', { id }, (one) => one.releaseChanged.final);
    expect(told.at(-1)).toMatchObject({ releaseChanged: { phase: 'succeeded' } });
  });

  it('who approved', async () => {
    expect(await ask('WhoApproved', { id })).toMatchObject({
      release: { gates: [{ name: 'go', approvals: [{ by: 'operator' }] }] },
    });
  });

  it('what is live where', async () => {
    const live = { versions: [{ version: 'v2', weight: 100 }], applied: true };
    expect(await ask('LiveWhere')).toMatchObject({
      services: {
        edges: [
          {
            node: {
              name: service,
              stable: 'v2',
              live: [
                { cluster: 'eu-west', clusterNode: { state: 'ready' }, ...live },
                { cluster: 'us-east', clusterNode: { state: 'ready' }, ...live },
              ],
              currentRelease: null,
            },
          },
        ],
      },
    });
  });

  it('the history of a service, and one release in full', async () => {
    expect(await ask('History', { service })).toMatchObject({
      service: { releases: { edges: [{ node: { id, stable: 'v1', phase: 'succeeded' } }] } },
    });
    expect(await ask('Release', { id })).toMatchObject({
      release: {
        serviceNode: { name: service },
        strategy: { node: { steps: [{ setWeight: null }, { setWeight: 50 }] } },
        rollouts: [{ clusterNode: { labels: {} } }, { cluster: 'us-east' }],
      },
    });
  });

  it('why a release is held', async () => {
    expect(await ask('WhyHeld')).toEqual({ releases: { edges: [] } });
  });

  it('what was started, and what stands in the way of another release', async () => {
    const release = { service, candidate: 'v3', strategy: 'waiting' };
    const started = await ask('Start', { release, key: 'k-3' });
    const running = { id: expect.any(String), phase: expect.any(String) };
    expect(started).toEqual({ startRelease: { release: running } });
    const other = { ...release, candidate: 'v1' };
    expect(await ask('Start', { release: other, key: 'k-4' })).toMatchObject({
      startRelease: { code: 'SERVICE_BUSY', running: { candidate: 'v3' } },
    });
    const { startRelease } = started as { startRelease: { release: { id: string } } };
    await stage.client.releases.abort(startRelease.release.id);
    await followed<Followed>(
      'Follow',
      { id: startRelease.release.id },
      ({ releaseChanged }) => releaseChanged.final,
    );
  });

  it('what happens to a service and to all releases, live', async () => {
    const [now] = await followed('FollowService', { service }, () => true);
    expect(now).toMatchObject({ serviceChanged: { stable: 'v2', currentRelease: null } });
    interface All {
      readonly releasesChanged: { readonly release: { readonly id: string } | null };
    }
    let begun: string | undefined;
    const all = await followed<All>('FollowAll', {}, ({ releasesChanged: { release } }) => {
      if (begun === undefined) void start();
      return release !== null && release.id === begun;
    });
    async function start() {
      begun = 'asked for';
      const wanted = { service, candidate: 'v3', strategy: 'quick' };
      begun = (await stage.client.releases.start(wanted)).id;
    }
    expect(all[0]).toMatchObject({
      releasesChanged: { release: null, position: expect.any(String) },
    });
  });
});

it('every operation of the page was run', () => {
  expect([...run].toSorted()).toEqual([...operations.keys()].toSorted());
});
