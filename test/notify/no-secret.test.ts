import { expect, it } from '@jest/globals';
import { createNotifier } from '@spillway/adapter-notify';
import { channelsAt } from '@spillway/adapter-notify/testing';
import { handleJob, type OutgoingAnswer, type OutgoingRequest } from '@spillway/application';
import { Workshop, aCaller } from '@spillway/application/testing';
import type { ChannelKind } from '@spillway/domain-notification';
import { toNotificationView, toOutgoingDeliveryView } from '@spillway/interface-contract';
import { notificationName, secretName } from '@spillway/kernel';
import fc from 'fast-check';

const ops = notificationName('ops');
const kinds: readonly ChannelKind[] = [
  'webhook',
  'cloudEvents',
  'slack',
  'microsoftTeams',
  'discord',
  'gitHubDeploymentStatus',
  'gitHubCommitStatus',
];

/** Key material of any look: the word of a dictionary, too. */
const key = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_-]{12,40}$/),
  fc.stringMatching(/^[a-z]{8,20}$/),
  fc.stringMatching(/^[0-9]{8,12}$/),
);

/** Servers repeat what they do not understand, and libraries what they could not send. */
const echoes: readonly ((request: OutgoingRequest) => string)[] = [
  ({ url }) => `Cannot POST ${url}`,
  ({ url }) => new URL(url).pathname,
  ({ url }) => new URL(url).pathname.split('/').at(-1) ?? '',
  ({ url }) => `{"message": "no", "code": ${new URL(url).pathname.split('/').at(-1) ?? ''}}`,
  ({ headers }) => headers['authorization'] ?? '',
  ({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? '',
  ({ signing }) => signing?.secrets.join(' ') ?? '',
  (request) => JSON.stringify(request),
];

const answers = fc
  .record({
    echo: fc.constantFrom(...echoes),
    status: fc.constantFrom(200, 302, 400, 401, 404, 410, 429, 500),
    kind: fc.constantFrom('answered', 'failed', 'refused'),
  })
  .map(({ echo, status, kind }) => (request: OutgoingRequest): OutgoingAnswer => {
    const said = echo(request);
    if (kind === 'answered') {
      return { kind, status, headers: { 'retry-after': said, location: said }, body: said };
    }
    return kind === 'failed'
      ? { kind, why: 'connection', reason: said }
      : { kind: 'refused', reason: said };
  });

/** All that is kept and shown after some attempts, and all that was logged. */
async function traces(
  kind: ChannelKind,
  texts: Readonly<Record<string, string>>,
  answer: (request: OutgoingRequest) => OutgoingAnswer,
): Promise<string> {
  const shop = new Workshop();
  const logged: unknown[] = [];
  const log = (...line: unknown[]) => void logged.push(line);
  const notifier = createNotifier({
    outgoing: { call: (request) => Promise.resolve(answer(request)) },
    openSecret: (name) => shop.uow.run((tx) => tx.secrets.open(secretName(name))),
    dial: () => Promise.reject(new Error('no mail here')),
  });
  const logger = { info: log, warn: log, error: log };
  await shop.uow.run(async (tx) => {
    for (const [name, text] of Object.entries(texts)) await tx.secrets.put(secretName(name), text);
  });
  const channel = channelsAt('https://example.test')[kind];
  const put = await shop.useCases.putNotification(
    { name: ops, channel, filter: { severity: 'info' } },
    aCaller(),
  );
  const sent = await shop.useCases.testNotification(ops, aCaller());
  await shop.uow.jobs.run(handleJob({ ...shop.deps, notifier, logger }));
  const { items } = await shop.uow.run((tx) => tx.outgoingDeliveries.list({}, { limit: 9 }));
  expect(items[0]?.attempts).toHaveLength(1);
  const audit = await shop.uow.run((tx) => tx.audit.list({}, { limit: 9 }));
  const endpoints = await shop.uow.run((tx) => tx.notifications.all());
  const views = [items.map(toOutgoingDeliveryView), endpoints.map(toNotificationView)];
  return JSON.stringify([put, sent, items, audit, endpoints, views, logged]);
}

it('shows no secret in a delivery, an endpoint, the audit log or a log, whatever is answered', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.uniqueArray(key, { minLength: 4, maxLength: 4 }),
      answers,
      async (kind, [one = '', two = '', three = '', four = ''], answer) => {
        const texts = {
          address: `https://hooks.example.test/services/${one}`,
          signing: `whsec_${two}`,
          authorization: `Bearer ${three}`,
          token: four,
        };
        const found = await traces(kind, texts, answer);
        for (const secret of [one, two, three, four]) expect(found).not.toContain(secret);
      },
    ),
    { numRuns: 200 },
  );
});
