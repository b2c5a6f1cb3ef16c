import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Identity } from '@spillway/application';
import { aRelease } from '@spillway/domain-release/testing';
import { startRestApp, type RestApp } from './testing/index.js';
import { StreamReader } from './testing/stream-reader.js';

const id = '00000000-0000-4000-8000-000000000001';
const before: Identity = { actor: 'portal', grants: [{ role: 'viewer' }] };

let app: RestApp;
let known: Identity | undefined;
afterEach(() => app.close());

async function start(heartbeatMs: number): Promise<StreamReader> {
  app = await startRestApp({
    heartbeatMs,
    replace: { authenticate: () => Promise.resolve(known) },
  });
  app.useCases.releases.put(aRelease({ revision: 1 }));
  const headers = { authorization: 'Bearer token' };
  const response = await fetch(`${app.url}/api/v1/releases/${id}/watch`, { headers });
  const reader = new StreamReader(response.body);
  expect(await reader.nextEvent()).toMatch(/^event: release\nid: 1\n/);
  return reader;
}
beforeEach(() => {
  known = before;
});

describe('who follows a release', () => {
  it.each<[string, Identity | undefined]>([
    ['whose token is revoked', undefined],
    ['who may do less by now', { ...before, grants: [] }],
    ['who is somebody else by now', { ...before, actor: 'another' }],
  ])('hears nothing more %s', async (_, now) => {
    const reader = await start(60_000);
    known = now;
    app.useCases.releases.put(aRelease({ revision: 2 }));
    expect(await reader.nextEvent()).toBeUndefined();
  });

  it('is let go while nothing happens, too, when the token is revoked', async () => {
    const reader = await start(5);
    known = undefined;
    await expect(reader.nextEvent()).rejects.toThrow();
  });

  it('goes on hearing while all is as it was', async () => {
    const reader = await start(60_000);
    known = { ...before, grants: [{ role: 'viewer' }] };
    app.useCases.releases.put(aRelease({ revision: 2 }));
    expect(await reader.nextEvent()).toMatch(/^event: release\nid: 2\n/);
    await reader.cancel();
  });
});
