import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  deliveryId,
  notificationName,
  secretName,
  webhookName,
  type ReleaseId,
} from '@spillway/kernel';
import type { NoticeFilter } from '@spillway/domain-notification';
import { aCaller } from '@spillway/application/testing';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';

const everything: NoticeFilter = { severity: 'detail' };

const tell = (shop: Workshop, name: string, filter = everything): Promise<unknown> =>
  shop.uow.run(async (tx) => {
    await tx.secrets.put(secretName('key'), 'text');
    const channel = { kind: 'slack', url: { secret: 'key' } } as const;
    await tx.notifications.put({ name: notificationName(name), channel, filter });
  });

const told = async (shop: Workshop, release?: ReleaseId): Promise<readonly string[]> => {
  const filter = release === undefined ? {} : { release };
  const { items } = await shop.uow.run((tx) => tx.outgoingDeliveries.list(filter, { limit: 500 }));
  return items.toReversed().map(({ endpoint, notice }) => `${endpoint} ${notice.type}`);
};

const historyOf = (shop: Workshop, release: ReleaseId) =>
  shop.uow.run((tx) => tx.releases.events(release, 0, 500));

const abort = (shop: Workshop, release: ReleaseId) =>
  shop.useCases.commandRelease({ release, verb: 'abort', comment: '' }, aCaller());

describe('a release that CI asked for', () => {
  it('is told with the commit that it was built from', async () => {
    const shop = await aWorkshop();
    await tell(shop, 'all');
    const { id } = await shop.started();
    await shop.uow.run(async (tx) => {
      const webhook = webhookName('ci');
      await tx.webhooks.put({ name: webhook, provider: 'github', secrets: [] });
      await tx.received.add({
        id: deliveryId(id),
        webhook,
        event: 'deployment',
        trigger: { event: 'deployment', status: 'success', sha: 'abc', repository: 'shop/catalog' },
        outcome: { state: 'released', release: id, passedBy: [] },
        receivedAt: tx.now,
      });
    });
    await shop.work();
    const [first] = shop.notifier.given;
    expect(first?.notice.release.commit).toEqual({ sha: 'abc', repository: 'shop/catalog' });
  });
});

describe('a release that nobody wants to hear of', () => {
  it('has no job, no delivery and no note of its own', async () => {
    const shop = await aWorkshop();
    await tell(shop, 'others', { severity: 'detail', namespaces: ['pay'] });
    const { id } = await shop.started();
    expect(shop.queue().filter((job) => job.startsWith('announce'))).toEqual([]);
    await shop.pass(5_000);
    expect(await told(shop)).toEqual([]);
    expect(await shop.uow.run((tx) => tx.outgoingDeliveries.noticedUpTo(id))).toBe(0);
  });
});

describe('a release that somebody wants to hear of', () => {
  it('is told event by event, from the first to the last, to each who wants them', async () => {
    const shop = await aWorkshop();
    await tell(shop, 'all');
    await tell(shop, 'ends', { severity: 'info', types: ['created', 'rolledBack'] });
    const { id } = await shop.started();
    await shop.pass(5_000);
    await abort(shop, id);
    await shop.pass(5_000);
    const history = (await historyOf(shop, id)).map(({ event }) => event.type);
    const all = await told(shop, id);
    expect(all.filter((one) => one.startsWith('all '))).toEqual(history.map((t) => `all ${t}`));
    expect(all.filter((one) => one.startsWith('ends '))).toEqual([
      'ends created',
      'ends rolledBack',
    ]);
    expect(shop.notifier.given.map(({ notice }) => notice.sequence)).toHaveLength(
      history.length + 2,
    );
  });

  it('is not told twice when the job is done twice', async () => {
    const shop = await aWorkshop();
    await tell(shop, 'all');
    const { id } = await shop.started();
    await shop.work();
    const once = await told(shop, id);
    await shop.uow.run(async (tx) => {
      await tx.outgoingDeliveries.setNoticedUpTo(id, 0);
      await tx.jobs.enqueue({ kind: 'announce', release: id });
    });
    await shop.work();
    expect(await told(shop, id)).toEqual(once);
  });

  it('is told only from the moment on at which somebody wanted it', async () => {
    const shop = await aWorkshop();
    const { id } = await shop.started();
    await shop.pass(2_000);
    await tell(shop, 'late');
    await shop.pass(1);
    await abort(shop, id);
    await shop.pass(5_000);
    expect(await told(shop, id)).not.toContain('late created');
    expect(await told(shop, id)).toContain('late rollbackStarted');
  });

  it('is not told what was not wanted at the time, when more is wanted later', async () => {
    const shop = await aWorkshop();
    await tell(shop, 'ops', { severity: 'critical' });
    const { id } = await shop.started();
    await shop.pass(2_000);
    await tell(shop, 'ops', everything);
    await shop.pass(1);
    await abort(shop, id);
    await shop.pass(5_000);
    expect((await told(shop, id))[0]).toBe('ops rollbackStarted');
  });
});

it('stores releases in one place, where it is seen to that somebody hears of it', () => {
  const folder = new URL('../', import.meta.url);
  const saving = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    // Who looks on passes saves on, and makes none of its own.
    .filter((file) => !file.startsWith('testing/') && file !== 'saved/witnessed.ts')
    .filter((file) => readFileSync(new URL(file, folder), 'utf8').includes('releases.save('));
  expect(saving).toEqual(['loop/announce.ts']);
});
