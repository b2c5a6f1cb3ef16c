import { expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { aCreatedEvent, aMoment, aPlan, aReleaseEvent } from '@spillway/domain-release/testing';
import { isSameExposure, unexposed } from '@spillway/domain-traffic';
import { after, basisPoints, clusterName, duration, generation } from '@spillway/kernel';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { catalog, putSurroundings, saveFirst, saveNext, someRelease } from './sample.js';

const stale = { code: 'STALE_WRITE' };

/** Every optional field that a release can have. */
const aFullRelease = (): Release =>
  someRelease({
    phase: 'held',
    held: {
      from: 'progressing',
      reason: { kind: 'noData', cluster: clusterName('eu'), detail: 'no requests' },
      since: after(aMoment, 1),
    },
    description: 'Wärmer als „nötig“ 🌊',
    plan: aPlan({
      sticky: { cookie: 'release', lifetime: duration(3_600_000) },
      drift: 'hold',
      bakeAfterPromotion: { length: duration(60_000), metrics: [] },
    }),
    cursor: { index: 1, started: true, enteredAt: after(aMoment, 2) },
    generation: generation(4),
    rollouts: [
      {
        cluster: clusterName('us'),
        wave: 0,
        desired: {
          generation: generation(4),
          weight: basisPoints(1),
          routes: [
            { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] },
            {
              name: 'search',
              where: 'mesh',
              match: [
                { uri: { prefix: '/search' }, method: { regex: 'GET|HEAD' }, port: 8080 },
                {
                  sourceLabels: { app: 'web', tier: 'a' },
                  withoutHeaders: { b: { present: true } },
                },
              ],
            },
          ],
          mirror: { share: basisPoints(2_500), methods: 'safe' },
        },
        applied: { generation: generation(3), at: after(aMoment, 3) },
        distributed: { at: after(aMoment, 4), proxies: 12 },
        delayed: 'in us these are behind: gw-0.istio-system',
        observed: { at: after(aMoment, 5), detail: '10 of 100 requests' },
        refused: 'admission webhook denied the request',
        drifted: 'kubectl-edit changed spec.http[0].route[1].weight',
        healed: { times: 2, since: after(aMoment, 6) },
      },
      {
        cluster: clusterName('eu'),
        wave: 0,
        desired: { generation: generation(4), weight: basisPoints(10_000) },
      },
    ],
  });

export function releaseSaveContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const harness = await fill();
    await harness.uow.run((tx) => putSurroundings(tx));
    return harness;
  };

  it('gives back a release exactly as it was saved', async () => {
    const { uow } = await start();
    const saved = await uow.run((tx) => saveFirst(tx, aFullRelease()));
    expect(await uow.run((tx) => tx.releases.get(saved.id))).toEqual(saved);
    expect(await uow.run((tx) => tx.releases.lock(saved.id))).toEqual(saved);
  });

  it('gives back what counts as the same exposure, whatever it did to the order of its keys', async () => {
    const { uow } = await start();
    const saved = await uow.run((tx) => saveFirst(tx, aFullRelease()));
    const stored = await uow.run((tx) => tx.releases.get(saved.id));
    const pairs = saved.rollouts.map(({ desired }, i) => [desired, stored?.rollouts[i]?.desired]);
    expect(pairs).toHaveLength(2);
    for (const [given, kept] of pairs) {
      expect(isSameExposure(given ?? unexposed, kept ?? unexposed)).toBe(true);
    }
    expect(isSameExposure(saved.rollouts[0]?.desired ?? unexposed, unexposed)).toBe(false);
  });

  it('gives back the last of several saves', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => saveFirst(tx, someRelease()));
    const next = await uow.run((tx) => saveNext(tx, first, { phase: 'preparing' }));
    expect(await uow.run((tx) => tx.releases.get(first.id))).toEqual(next);
  });

  it('drops what a later save leaves out', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => saveFirst(tx, aFullRelease()));
    const { held: _, ...rest } = first;
    const next: Release = { ...rest, phase: 'progressing', rollouts: [], revision: 2 };
    await uow.run((tx) => tx.releases.save(next, [aReleaseEvent()]));
    expect(await uow.run((tx) => tx.releases.get(first.id))).toEqual(next);
  });

  it('knows nothing of a release that was not saved', async () => {
    const { uow } = await start();
    const { id } = someRelease();
    expect(await uow.run((tx) => tx.releases.get(id))).toBeUndefined();
    expect(await uow.run((tx) => tx.releases.lock(id))).toBeUndefined();
    expect(await uow.run((tx) => tx.releases.events(id, 0, 10))).toEqual([]);
  });

  it('refuses the second of two saves from the same revision and keeps the first', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => saveFirst(tx, someRelease()));
    const winner = await uow.run((tx) => saveNext(tx, first, { because: 'winner' }));
    const loser = uow.run((tx) => saveNext(tx, first, { because: 'loser' }));
    await expect(loser).rejects.toMatchObject(stale);
    expect(await uow.run((tx) => tx.releases.get(first.id))).toEqual(winner);
    expect(await uow.run((tx) => tx.releases.events(first.id, 0, 10))).toHaveLength(2);
  });

  it('refuses a first save of a release that is there already', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => saveFirst(tx, someRelease()));
    await expect(uow.run((tx) => saveFirst(tx, first))).rejects.toMatchObject(stale);
  });

  it('refuses a later save of a release that is not there', async () => {
    const { uow } = await start();
    await expect(uow.run((tx) => saveNext(tx, someRelease()))).rejects.toMatchObject(stale);
  });

  it('refuses a save that skips a revision', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => saveFirst(tx, someRelease()));
    const skipping = uow.run((tx) => saveNext(tx, { ...first, revision: 2 }));
    await expect(skipping).rejects.toMatchObject(stale);
  });

  it('takes several events in one save', async () => {
    const { uow } = await start();
    const release = someRelease({ revision: 3 });
    const events = [aCreatedEvent(release), aReleaseEvent(), aReleaseEvent({ type: 'released' })];
    await uow.run((tx) => tx.releases.save(release, events));
    const stored = await uow.run((tx) => tx.releases.events(release.id, 0, 10));
    expect(stored.map(({ event }) => event)).toEqual(events);
  });

  it('refuses a second running release of a service', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => saveFirst(tx, someRelease()));
    await expect(uow.run((tx) => saveFirst(tx, someRelease()))).rejects.toThrow();
    expect(await uow.run((tx) => tx.releases.running(catalog))).toEqual(first);
  });

  it('lets only one of many transactions hold the lock, so that no save is stale', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => saveFirst(tx, someRelease()));
    const addOne = () =>
      uow.run(async (tx) => saveNext(tx, (await tx.releases.lock(first.id)) ?? first));
    await Promise.all([addOne(), addOne(), addOne(), addOne()]);
    expect(await uow.run((tx) => tx.releases.get(first.id))).toMatchObject({ revision: 5 });
  });
}
