import { expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { basisPoints, generation, serviceName } from '@spillway/kernel';
import type { UnitOfWork } from '../../port/unit-of-work.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import {
  aService,
  catalog,
  eu,
  putSurroundings,
  saveFirst,
  saveNext,
  someRelease,
  us,
} from './sample.js';

/** What the clusters should have, by the generation that was last given to each. */
const wanting = (inEu: number, inUs: number): Pick<Release, 'generation' | 'rollouts'> => ({
  generation: generation(Math.max(inEu, inUs)),
  rollouts: [
    { cluster: eu, wave: 0, desired: { generation: generation(inEu), weight: basisPoints(100) } },
    { cluster: us, wave: 0, desired: { generation: generation(inUs), weight: basisPoints(100) } },
  ],
});

export function unsettledContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    const release = await uow.run(async (tx) => {
      await putSurroundings(tx);
      return saveFirst(tx, someRelease({ phase: 'progressing', ...wanting(1, 1) }));
    });
    return { uow, release };
  };
  const unsettled = (uow: UnitOfWork) =>
    uow.run(async (tx) => ({
      eu: await tx.releases.unsettledIn(eu),
      us: await tx.releases.unsettledIn(us),
    }));
  const settle = (uow: UnitOfWork, { id }: Release, cluster: typeof eu, at: number) =>
    uow.run((tx) => tx.releases.settle(id, cluster, generation(at)));

  it('names a release in each cluster that it wants something of', async () => {
    const { uow, release } = await start();
    expect(await unsettled(uow)).toEqual({ eu: [release.id], us: [release.id] });
  });

  it('no longer names it in a cluster that has settled', async () => {
    const { uow, release } = await start();
    await settle(uow, release, eu, 1);
    expect(await unsettled(uow)).toEqual({ eu: [], us: [release.id] });
  });

  it('changes no revision by settling, so that nobody becomes stale by it', async () => {
    const { uow, release } = await start();
    await settle(uow, release, eu, 1);
    expect(await uow.run((tx) => tx.releases.get(release.id))).toEqual(release);
    await uow.run((tx) => saveNext(tx, release));
  });

  it('stays settled over a save that wants nothing new', async () => {
    const { uow, release } = await start();
    await settle(uow, release, eu, 1);
    await uow.run((tx) => saveNext(tx, release, { because: 'all is well' }));
    expect(await unsettled(uow)).toEqual({ eu: [], us: [release.id] });
  });

  it('names it again where it wants another generation, and only there', async () => {
    const { uow, release } = await start();
    await settle(uow, release, eu, 1);
    await settle(uow, release, us, 1);
    await uow.run((tx) => saveNext(tx, release, wanting(2, 1)));
    expect(await unsettled(uow)).toEqual({ eu: [release.id], us: [] });
  });

  it('takes no settling of a generation that is no longer wanted', async () => {
    const { uow, release } = await start();
    await uow.run((tx) => saveNext(tx, release, wanting(2, 2)));
    await settle(uow, release, eu, 1);
    await settle(uow, release, us, 2);
    expect(await unsettled(uow)).toEqual({ eu: [release.id], us: [] });
  });

  it('names it everywhere when it ends: subsets are still to be removed', async () => {
    const { uow, release } = await start();
    await settle(uow, release, eu, 1);
    await settle(uow, release, us, 1);
    await uow.run((tx) => saveNext(tx, release, { phase: 'succeeded' }));
    expect(await unsettled(uow)).toEqual({ eu: [release.id], us: [release.id] });
    await settle(uow, release, eu, 1);
    expect(await unsettled(uow)).toEqual({ eu: [], us: [release.id] });
  });

  it('names releases of several services', async () => {
    const { uow, release } = await start();
    const other = someRelease({ service: serviceName('shop/cart'), ...wanting(1, 1) });
    await uow.run(async (tx) => {
      await putSurroundings(tx, [catalog, other.service]);
      await saveFirst(tx, other);
    });
    const { eu: named } = await unsettled(uow);
    expect([...named].sort()).toEqual([release.id, other.id].sort());
  });

  it('has nothing of an earlier release to write where a later one of the service took over', async () => {
    const { uow, release } = await start();
    await uow.run((tx) => saveNext(tx, release, { phase: 'rolledBack' }));
    const { rollouts } = wanting(3, 3);
    const [inEu] = rollouts;
    if (inEu === undefined) throw new Error('no rollout in eu');
    const later = await uow.run((tx) =>
      saveFirst(tx, someRelease({ phase: 'progressing', rollouts: [inEu] })),
    );
    expect(await unsettled(uow)).toEqual({ eu: [later.id], us: [release.id] });
    expect(await uow.run((tx) => tx.releases.unsettledOf(release.service))).toEqual(
      new Map([
        [eu, later.id],
        [us, release.id],
      ]),
    );
    await uow.run((tx) => saveNext(tx, later, { rollouts }));
    expect(await unsettled(uow)).toEqual({ eu: [later.id], us: [later.id] });
  });

  it('has nothing to write in a cluster that was removed', async () => {
    const { uow, release } = await start();
    await uow.run(async (tx) => {
      await tx.services.put(aService({ clusters: [us] }));
      await tx.clusters.remove(eu);
    });
    expect(await uow.run((tx) => tx.releases.unsettledOf(release.service))).toEqual(
      new Map([[us, release.id]]),
    );
  });

  it('leaves what another service has to write alone', async () => {
    const { uow, release } = await start();
    const other = someRelease({ service: serviceName('shop/cart'), ...wanting(1, 1) });
    await uow.run(async (tx) => {
      await putSurroundings(tx, [catalog, other.service]);
      await saveFirst(tx, other);
    });
    expect(await uow.run((tx) => tx.releases.unsettledOf(release.service))).toEqual(
      new Map([
        [eu, release.id],
        [us, release.id],
      ]),
    );
  });

  it('minds nothing when a release or a cluster that is not there settles', async () => {
    const { uow, release } = await start();
    await settle(uow, someRelease(), eu, 1);
    expect(await unsettled(uow)).toEqual({ eu: [release.id], us: [release.id] });
  });
}
