import { expect, it } from '@jest/globals';
import type { ReleaseEvent } from '@spillway/domain-release';
import { aMoment, aReleaseEvent } from '@spillway/domain-release/testing';
import { after, basisPoints, clusterName, generation, serviceName } from '@spillway/kernel';
import type { StoredEvent } from '../../port/release-store.js';
import { eventHash, noHash } from './event-hash.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { catalog, putSurroundings, saveFirst, saveNext, someRelease } from './sample.js';

const told: readonly ReleaseEvent[] = [
  aReleaseEvent({
    type: 'trafficShifted',
    traffic: {
      generation: generation(7),
      clusters: [{ cluster: clusterName('eu'), weight: basisPoints(1_000) }],
    },
  }),
  aReleaseEvent({ type: 'paused' }, { because: 'Größe „prüfen“', at: after(aMoment, 60_000) }),
  aReleaseEvent({ type: 'resumed' }, { actor: 'bert' }),
];

const sequences = (events: readonly StoredEvent[]) => events.map(({ sequence }) => sequence);

export function releaseEventsContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    const release = await uow.run(async (tx) => {
      await putSurroundings(tx);
      let saved = await saveFirst(tx, someRelease());
      for (const event of told) saved = await saveNext(tx, saved, {}, event);
      return saved;
    });
    return { uow, release };
  };

  it('tells events in their order, numbered from 1, as they were saved', async () => {
    const { uow, release } = await start();
    const stored = await uow.run((tx) => tx.releases.events(release.id, 0, 10));
    expect(sequences(stored)).toEqual([1, 2, 3, 4]);
    expect(stored.slice(1).map(({ event }) => event)).toEqual(told);
  });

  it('tells those after a number, and no more than are asked for', async () => {
    const { uow, release } = await start();
    const read = (from: number, limit: number) =>
      uow.run((tx) => tx.releases.events(release.id, from, limit));
    expect(sequences(await read(1, 2))).toEqual([2, 3]);
    expect(sequences(await read(3, 10))).toEqual([4]);
    expect(await read(4, 10)).toEqual([]);
  });

  it('chains the events by hashes that anybody can check', async () => {
    const { uow, release } = await start();
    const stored = await uow.run((tx) => tx.releases.events(release.id, 0, 10));
    let previous = noHash;
    for (const { event, hash } of stored) {
      expect(hash).toBe(eventHash(previous, event));
      previous = hash;
    }
  });

  it('begins the chain of each release anew', async () => {
    const { uow } = await start();
    const other = someRelease({ service: serviceName('shop/cart') });
    await uow.run(async (tx) => {
      await putSurroundings(tx, [catalog, other.service]);
      await saveFirst(tx, other);
    });
    const [first] = await uow.run((tx) => tx.releases.events(other.id, 0, 10));
    expect(first).toMatchObject({ sequence: 1 });
    expect(first?.hash).toBe(first && eventHash(noHash, first.event));
  });
}
