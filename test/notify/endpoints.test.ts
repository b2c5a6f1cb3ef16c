import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createNotifier } from '@spillway/adapter-notify';
import { channelsAt, secretTexts } from '@spillway/adapter-notify/testing';
import { GuardedCalls, readPolicy } from '@spillway/adapter-outgoing';
import type { SendOutcome } from '@spillway/application';
import { aNotice } from '@spillway/domain-notification/testing';
import { deliveryId, instant } from '@spillway/kernel';
import {
  FailingServer,
  answer,
  beSlow,
  closeAtOnce,
  closeInTheMiddle,
  hang,
  type Behaviour,
} from './failing-server.js';

const overHttp = [
  'webhook',
  'cloudEvents',
  'slack',
  'microsoftTeams',
  'discord',
  'gitHubDeploymentStatus',
  'gitHubCommitStatus',
] as const;
type Kind = (typeof overHttp)[number];

const id = deliveryId('0197f3a0-6c1e-7b1f-9d62-4c1b5d7e8f90');
const at = instant(Date.UTC(2026, 0, 5, 9, 31));
const sha = '0123456789abcdef0123456789abcdef01234567';

let server: FailingServer;
let url: string;
let outgoing: GuardedCalls;
beforeEach(async () => {
  server = new FailingServer();
  url = await server.start();
  outgoing = new GuardedCalls({ policy: readPolicy('nothingPrivate', ['127.0.0.1']) });
});
afterEach(async () => {
  await outgoing.close();
  await server.stop();
});

const path = '/services/T00/B00/XyZ123abc';

function send(kind: Kind, calls = outgoing): Promise<SendOutcome> {
  const texts: Readonly<Record<string, string>> = { ...secretTexts, address: url + path };
  const notifier = createNotifier({
    outgoing: calls,
    openSecret: (name) => Promise.resolve(texts[name]),
    dial: () => Promise.reject(new Error('no mail here')),
    timeoutMs: 300,
    publicUrl: 'https://spillway.example',
  });
  return notifier.send({ id, channel: channelsAt(url)[kind], notice: aNotice(), at });
}

/** What GitHub says when it is asked which commit, or which deployment, is meant. */
const lookedUp: Behaviour = (request, response) => {
  const body = request.path.includes('/deployments?') ? '[{"id":42}]' : sha;
  answer(request.method === 'GET' ? 200 : 201, {}, body)(request, response);
};

describe.each(overHttp)('an endpoint of kind %s', (kind) => {
  it('is told in its own form', async () => {
    server.behave = lookedUp;
    expect(await send(kind)).toMatchObject({ kind: 'sent' });
    const last = server.received.at(-1);
    expect(last?.method).toBe('POST');
    expect(JSON.parse(last?.body ?? '')).toMatchObject(shapes[kind].body);
    expect(last?.headers).toMatchObject(shapes[kind].headers);
    expect(last?.path).toBe(shapes[kind].path);
  });

  it.each<[string, Behaviour, object]>([
    ['hangs', hang, { fault: 'endpoint', because: 'no answer within 300 ms' }],
    ['is slow in its body', beSlow, { fault: 'endpoint', because: 'no answer within 300 ms' }],
    ['closes at once', closeAtOnce, { fault: 'endpoint' }],
    ['closes in the middle', closeInTheMiddle, { fault: 'endpoint' }],
    ['says 500', answer(500), { fault: 'endpoint', status: 500 }],
    ['says 410', answer(410), { fault: 'gone', status: 410 }],
    ['says 400', answer(400), { fault: 'message', status: 400 }],
    ['redirects', answer(307, { location: '/' }), { fault: 'endpoint', status: 307 }],
    [
      'says 429',
      answer(429, { 'retry-after': '7' }),
      { fault: 'endpoint', status: 429, after: 7_000 },
    ],
  ])('that %s has failed, and says how', async (_, behaviour, expected) => {
    server.behave = behaviour;
    const outcome = await send(kind);
    expect(outcome).toMatchObject({ kind: 'failed', ...expected });
    expect(server.received).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toContain('XyZ123abc');
  });

  it('where nobody listens has failed', async () => {
    await server.stop();
    server = new FailingServer();
    expect(await send(kind)).toMatchObject({ kind: 'failed', fault: 'endpoint' });
    await server.start();
  });

  it('at an address that is not allowed is not called', async () => {
    const strict = new GuardedCalls({ policy: readPolicy('nothingPrivate') });
    const outcome = await send(kind, strict);
    await strict.close();
    expect(outcome).toMatchObject({
      kind: 'failed',
      because: expect.stringContaining('is not public'),
    });
    expect(server.received).toEqual([]);
  });
});

it('signs as Standard Webhooks says, over the bytes that are sent', async () => {
  await send('webhook');
  const [request] = server.received;
  const timestamp = String(at / 1_000);
  const signed = createHmac('sha256', Buffer.from(secretTexts.signing.slice(6), 'base64'))
    .update(`${id}.${timestamp}.${request?.body ?? ''}`)
    .digest('base64');
  expect(request?.headers).toMatchObject({
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signed}`,
    authorization: secretTexts.authorization,
  });
});

const json = { 'content-type': 'application/json' };
const shapes: Readonly<
  Record<Kind, { readonly path: string; readonly headers: object; readonly body: object }>
> = {
  webhook: {
    path: '/',
    headers: { ...json, 'webhook-id': id },
    body: { type: 'release.rollbackStarted', data: { version: 1 } },
  },
  cloudEvents: {
    path: '/',
    headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    body: { specversion: '1.0', type: 'dev.spillway.release.rollbackStarted.v1' },
  },
  slack: { path, headers: json, body: { unfurl_links: false, blocks: [{}, {}] } },
  microsoftTeams: { path, headers: json, body: { type: 'message', attachments: [{}] } },
  discord: { path, headers: json, body: { allowed_mentions: { parse: [] }, embeds: [{}] } },
  gitHubDeploymentStatus: {
    path: '/repos/shop/catalog/deployments/42/statuses',
    headers: { authorization: `Bearer ${secretTexts.token}` },
    body: { state: 'in_progress' },
  },
  gitHubCommitStatus: {
    path: `/repos/shop/catalog/statuses/${sha}`,
    headers: { authorization: `Bearer ${secretTexts.token}` },
    body: { state: 'pending', context: 'spillway/shop/catalog' },
  },
};
