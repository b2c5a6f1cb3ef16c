import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { startRestApp, type RestApp } from '@spillway/interface-rest/testing';
import { createSpillwayClient, waitForRelease } from '@spillway/sdk';

/** What the README showed before `Spillway`; see client.test.ts. */

let app: RestApp;
beforeAll(async () => {
  app = await startRestApp();
}, 30_000);
afterAll(() => app.close());

it('releases and waits', async () => {
  const token = 'token-of-ci';
  const spillway = createSpillwayClient({ baseUrl: app.url, token });
  const release = { service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10' };
  const { id } = await spillway.releases.start(release, { idempotencyKey: 'build-4711' });
  app.useCases.releases.put({
    ...aRelease({ revision: 99, phase: 'succeeded', because: 'all traffic' }),
    id: id as never,
  });
  const { phase, because } = await waitForRelease(spillway, id);
  expect({ phase, because }).toEqual({ phase: 'succeeded', because: 'all traffic' });
});
