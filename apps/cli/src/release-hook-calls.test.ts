import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { aHookCall } from '@spillway/interface-contract/testing';
import { after } from '@spillway/kernel';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
let id: string;
const spillway = shellOf(() => app.url);

beforeEach(async () => {
  app = await startRestApp();
  await app.workshop.furnish();
  const release = await app.workshop.started();
  ({ id } = release);
  const first = aHookCall();
  await app.workshop.uow.run(async (tx) => {
    await tx.hookCalls.put(release.id, first);
    await tx.hookCalls.put(
      release.id,
      aHookCall({
        hook: 'done',
        point: 'post-rollout',
        state: 'open',
        detail: 'it answered 200',
        times: 1,
        firstAt: after(first.firstAt, 60_000),
      }),
    );
  });
});
afterEach(() => app.close());

it('tells each call in one line, the newest first', async () => {
  const { code, stdout } = await spillway(`release hook-calls ${id}`);
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      'TIME                  HOOK  POINT                     STATE   TIMES  DETAIL',
      '2026-01-05T10:00:20Z  done  post-rollout              open    1      it answered 200',
      '2026-01-05T10:00:20Z  gate  confirm-traffic-increase  closed  3      it answered 403: “Größe”',
      '',
    ].join('\n'),
  );
});

it('gives those of one hook to scripts', async () => {
  const { stdout } = await spillway(`release hook-calls ${id} --hook gate --limit 1 -o json`);
  expect(JSON.parse(stdout)).toMatchObject([{ hook: 'gate', state: 'closed', times: 3 }]);
});
