import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@spillway/application';
import {
  aMember,
  aStoredToken,
  aWebhook,
  catalog,
  eu,
  putSurroundings,
  putWebhookSecrets,
} from '@spillway/application/testing';
import { aRule } from '@spillway/domain-rule/testing';
import { notificationName, secretName, sourceName } from '@spillway/kernel';
import { freshPersistence, type FreshPersistence } from './testing/fresh-persistence.js';

let persistence: FreshPersistence;
beforeAll(async () => {
  persistence = await freshPersistence();
  await persistence.unitOfWork.run(fill);
});
afterAll(() => persistence.close());

const key = secretName('key');
const graphite = sourceName('graphite');
const ops = notificationName('ops');
const owner = { actor: 'anna', grants: [] };

async function fill(tx: Tx): Promise<void> {
  await putSurroundings(tx);
  await putWebhookSecrets(tx);
  await tx.secrets.put(key, 'geheim');
  const connection = { kind: 'graphite', timeoutMs: 1, url: 'https://g' } as const;
  await tx.sources.put({ name: graphite, connection });
  await tx.webhooks.put(aWebhook());
  await tx.rules.put({ ...aRule(), owner });
  const channel = { kind: 'slack', url: { secret: key } } as const;
  await tx.notifications.put({ name: ops, channel, filter: { severity: 'info' } });
  const times = { kind: 'once', from: tx.now, to: tx.now } as const;
  await tx.freezeWindows.put({ name: 'weekend', times, scope: {}, because: '' });
  await tx.gates.put({ service: catalog, gate: 'load', state: 'open', actor: 'a', comment: '' });
  await tx.members.put(aMember());
  await tx.tokens.put(aStoredToken());
}

/** By table: how one of its rows is locked. */
const locks: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
  clusters: (tx) => tx.clusters.lock(eu),
  services: (tx) => tx.services.lock(catalog),
  sources: (tx) => tx.sources.lock(graphite),
  secrets: (tx) => tx.secrets.lock(key),
  webhooks: (tx) => tx.webhooks.lock(aWebhook().name),
  rules: (tx) => tx.rules.lock(aRule().name),
  notification_endpoints: (tx) => tx.notifications.lock(ops),
  freeze_windows: (tx) => tx.freezeWindows.lock('weekend'),
  gates: (tx) => tx.gates.lock(catalog, 'load'),
  members: (tx) => tx.members.lock(aMember().name),
  tokens: (tx) => tx.tokens.lock(aStoredToken().name),
};

/** Or else two who have the same tag would both be right. */
describe('what is locked to be changed', () => {
  it.each(Object.entries(locks))('is nobody else’s until then: one of %s', async (table, lock) => {
    const count = `select count(*)::int as n from (select from ${table} for update skip locked) as free`;
    const [all] = await persistence.sql(count);
    await persistence.unitOfWork.run(async (tx) => {
      expect(await lock(tx)).toBeDefined();
      expect(await persistence.sql(count)).toEqual([{ n: Number(all?.['n']) - 1 }]);
    });
  });
});
