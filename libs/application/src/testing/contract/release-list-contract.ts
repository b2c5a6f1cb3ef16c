import { expect, it } from '@jest/globals';
import type { Plan, Release } from '@spillway/domain-release';
import { aMetric, aMoment, aPlan } from '@spillway/domain-release/testing';
import { after, duration, namespaceName, serviceName, sourceName, version } from '@spillway/kernel';
import type { PageRequest } from '../../port/page.js';
import type { ReleaseFilter } from '../../port/release-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesBothWays } from './pages.js';
import { catalog, putSurroundings, saveFirst, saveNext, someRelease } from './sample.js';

const cart = serviceName('shop/cart');
const search = serviceName('shop/search');
const ids = (releases: readonly Release[]) => releases.map(({ id }) => id);

const ended = (minutes: number, overrides: Partial<Release> = {}): Release => {
  const createdAt = after(aMoment, minutes * 60_000);
  return someRelease({ phase: 'succeeded', createdAt, endedAt: createdAt, ...overrides });
};

export function releaseListContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async (...releases: readonly Release[]) => {
    const { uow } = await fill();
    await uow.run(async (tx) => {
      await putSurroundings(tx, [catalog, cart, search]);
      for (const release of releases) await saveFirst(tx, release);
    });
    return uow;
  };

  it('lists the newest first, page by page', async () => {
    const [old, middle, young] = [ended(0), ended(1), ended(2)];
    const uow = await start(middle, young, old);
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.releases.list({}, page)));
    expect(pages.map(ids)).toEqual([[young.id, middle.id], [old.id]]);
  });

  it('gives many at once: those that are there, and those that run of some services', async () => {
    const running = someRelease({ service: cart });
    const [done, other] = [ended(0), ended(1)];
    const uow = await start(done, other, running);
    const asked = [done.id, running.id, someRelease().id];
    const found = await uow.run((tx) => tx.releases.getAll(asked));
    expect(ids(found).toSorted()).toEqual([done.id, running.id].toSorted());
    expect(found.find(({ id }) => id === running.id)).toMatchObject({ ...running, revision: 1 });
    const ofServices = await uow.run((tx) => tx.releases.runningOf([catalog, cart, search]));
    expect(ids(ofServices)).toEqual([running.id]);
    expect(await uow.run((tx) => tx.releases.getAll([]))).toEqual([]);
    expect(await uow.run((tx) => tx.releases.runningOf([]))).toEqual([]);
  });

  it('neither repeats nor skips releases of one moment', async () => {
    const releases = [ended(0), ended(0), ended(0), ended(0), ended(0)];
    const uow = await start(...releases);
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.releases.list({}, page)));
    expect(pages.flatMap(ids).toSorted()).toEqual(ids(releases).toSorted());
  });

  it('goes on after the cursor when newer releases have come', async () => {
    const [old, middle] = [ended(0), ended(1)];
    const uow = await start(old, middle);
    const { next = '' } = await uow.run((tx) => tx.releases.list({}, { limit: 1 }));
    await uow.run((tx) => saveFirst(tx, ended(2)));
    const rest = await uow.run((tx) => tx.releases.list({}, { limit: 5, cursor: next }));
    expect(ids(rest.items)).toEqual([old.id]);
    expect(rest).not.toHaveProperty('next');
  });

  it('lists only those of a service or a phase that is asked for', async () => {
    const [done, undone, other] = [
      ended(0),
      ended(1, { phase: 'rolledBack' }),
      ended(2, { service: cart }),
    ];
    const uow = await start(done, undone, other);
    const page = { limit: 10 };
    const [ofCatalog, succeeded, both] = await uow.run(async (tx) => [
      await tx.releases.list({ service: catalog }, page),
      await tx.releases.list({ phase: 'succeeded' }, page),
      await tx.releases.list({ service: catalog, phase: 'rolledBack' }, page),
    ]);
    expect(ids(ofCatalog?.items ?? [])).toEqual([undone.id, done.id]);
    expect(ids(succeeded?.items ?? [])).toEqual([other.id, done.id]);
    expect(ids(both?.items ?? [])).toEqual([undone.id]);
  });

  it('lists only those of a namespace, a candidate, a strategy or a time that is asked for', async () => {
    const [old, young] = [ended(0), ended(10, { candidate: version('v9') })];
    const other = ended(20, { service: serviceName('shopping/cart') });
    const { uow } = await fill();
    await uow.run(async (tx) => {
      await putSurroundings(tx, [catalog, other.service]);
      for (const release of [old, young, other]) await saveFirst(tx, release);
    });
    const found = async (filter: ReleaseFilter) =>
      ids((await uow.run((tx) => tx.releases.list(filter, { limit: 10 }))).items);
    expect(await found({ namespace: namespaceName('shop') })).toEqual([young.id, old.id]);
    expect(await found({ candidate: version('v9') })).toEqual([young.id]);
    expect(await found({ strategy: old.strategy.name })).toEqual([other.id, young.id, old.id]);
    expect(await found({ since: young.createdAt })).toEqual([other.id, young.id]);
    expect(await found({ until: young.createdAt })).toEqual([old.id]);
    expect(await found({ since: young.createdAt, until: other.createdAt })).toEqual([young.id]);
  });

  it('misses and repeats none that was there throughout, whatever comes and changes meanwhile', async () => {
    const there = Array.from({ length: 12 }, (_, index) => ended(index));
    const uow = await start(...there);
    const read: string[] = [];
    let page: PageRequest | undefined = { limit: 3 };
    for (let round = 0; page !== undefined; round += 1) {
      const wanted: PageRequest = page;
      const { items, next } = await uow.run((tx) => tx.releases.list({}, wanted));
      read.push(...ids(items));
      // One that is newer than all, one of a moment in the midst, and one that was read changes.
      const last = items.at(-1);
      await uow.run(async (tx) => {
        await saveFirst(tx, ended(100 + round));
        await saveFirst(tx, ended(5));
        if (last !== undefined) await saveNext(tx, last, { because: 'changed meanwhile' });
      });
      page = next === undefined ? undefined : { limit: 3, cursor: next };
    }
    expect(new Set(read).size).toBe(read.length);
    expect(ids(there).filter((id) => !read.includes(id))).toEqual([]);
  });

  it('finds the running release of a service', async () => {
    const running = someRelease({ phase: 'paused' });
    const uow = await start(ended(0), running, ended(1, { service: cart }));
    expect(await uow.run((tx) => tx.releases.running(catalog))).toEqual({
      ...running,
      revision: 1,
    });
    expect(await uow.run((tx) => tx.releases.running(cart))).toBeUndefined();
  });

  it('keeps those that wait for their service in the order in which they were asked for', async () => {
    const at = (minutes: number) => after(aMoment, minutes * 60_000);
    const [late, early] = [2, 1].map((minutes) =>
      someRelease({ phase: 'queued', createdAt: at(minutes) }),
    ) as [Release, Release];
    const running = someRelease({ phase: 'progressing' });
    const uow = await start(late, running, early, someRelease({ phase: 'queued', service: cart }));
    expect(ids(await uow.run((tx) => tx.releases.queued(catalog)))).toEqual([early.id, late.id]);
    expect((await uow.run((tx) => tx.releases.running(catalog)))?.id).toBe(running.id);
    expect(ids(await uow.run((tx) => tx.releases.runningOf([catalog, cart])))).toEqual([
      running.id,
    ]);
    expect(await uow.run((tx) => tx.releases.allRunning())).toHaveLength(4);
  });

  it('keeps what people told a release, and why it is there', async () => {
    const follows = { verb: 'retry', release: someRelease().id } as const;
    const told = { skipTo: 3, isFull: true, supersededBy: someRelease().id, follows } as const;
    const release = someRelease({ phase: 'rollingBack', ...told });
    const uow = await start(release);
    expect(await uow.run((tx) => tx.releases.get(release.id))).toMatchObject(told);
  });

  it.each(['succeeded', 'rolledBack', 'cancelled', 'superseded'] as const)(
    'does not count a release that has %s as running',
    async (phase) => {
      const uow = await start(ended(0, { phase }));
      expect(await uow.run((tx) => tx.releases.running(catalog))).toBeUndefined();
      expect(await uow.run((tx) => tx.releases.allRunning())).toEqual([]);
    },
  );

  it('names all that are running', async () => {
    const one = someRelease({ phase: 'held' });
    const other = someRelease({ phase: 'rollingBack', service: cart });
    const uow = await start(ended(0), one, other);
    const running = await uow.run((tx) => tx.releases.allRunning());
    expect([...running].sort()).toEqual([one.id, other.id].sort());
  });

  it('names those that are running and ask a source, in a step or in the bake after it', async () => {
    const source = sourceName('datadog');
    const asking = aMetric({ query: { kind: 'source', source, value: 'q' } });
    const counting = aMetric({
      query: { kind: 'sourceCounts', source, requests: 'r', errors: 'e' },
    });
    const steps: Plan['steps'] = [{ wave: 0, kind: 'analyze', metrics: [aMetric(), asking] }];
    const bakeAfterPromotion = { length: duration(60_000), metrics: [counting] };
    const inStep = someRelease({ phase: 'held', plan: aPlan({ steps }) });
    const baking = someRelease({ service: cart, plan: aPlan({ bakeAfterPromotion }) });
    const other = someRelease({ service: search });
    const uow = await start(ended(0, { plan: aPlan({ steps }) }), inStep, baking, other);
    const referring = (to: typeof source) => uow.run((tx) => tx.releases.referringTo(to));
    expect([...(await referring(source))].sort()).toEqual([inStep.id, baking.id].sort());
    expect(await referring(sourceName('datadog2'))).toEqual([]);
  });
}
