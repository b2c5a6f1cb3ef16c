import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aHookCall } from '@spillway/application/testing';
import { aMoment } from '@spillway/domain-release/testing';
import { after } from '@spillway/kernel';
import { startRestApp, type RestApp } from '@spillway/interface-rest/testing';
import { Spillway } from '@spillway/sdk';

let app: RestApp;
let id: string;
beforeAll(async () => {
  app = await startRestApp();
  await app.workshop.furnish();
  const release = await app.workshop.started();
  ({ id } = release);
  await app.workshop.uow.run(async (tx) => {
    for (let ordinal = 0; ordinal < 3; ordinal += 1) {
      const firstAt = after(aMoment, ordinal * 60_000);
      await tx.hookCalls.put(release.id, aHookCall({ ordinal, firstAt, times: ordinal + 1 }));
    }
    await tx.hookCalls.put(release.id, aHookCall({ hook: 'other' }));
  });
});
afterAll(() => app.close());

it('gives the calls of a hook as a page, and all of them one after the other', async () => {
  const spillway = new Spillway({ baseUrl: app.url, token: 'token-of-ci' });
  const page = await spillway.releases.hookCalls(id, { hook: 'gate', limit: 2 });
  expect(page.items.map(({ times }) => times)).toEqual([3, 2]);
  const times: number[] = [];
  for await (const call of spillway.releases.hookCalls(id, { hook: 'gate', limit: 2 })) {
    times.push(call.times);
  }
  expect(times).toEqual([3, 2, 1]);
});
