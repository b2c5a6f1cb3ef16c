import { aCaller } from '@spillway/application/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { namespaceName, releaseId } from '@spillway/kernel';
import type { FeedPosition } from '../port/release-store.js';
import { settle } from '../testing/fake/virtual-clock.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import type { WatchAllFrom } from '../use-case/use-cases.js';

let workshop: Workshop;
let release: Release;

/** One each: listeners of a signal are counted. */
const never = () => new AbortController().signal;
const caller = aCaller();

beforeEach(async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
});

const abort = () =>
  workshop.useCases.commandRelease({ release: release.id, verb: 'abort', comment: '' }, caller);

async function follow(after?: number, signal = never()) {
  const wanted = { release: release.id, ...(after === undefined ? {} : { after }) };
  const following = await workshop.useCases.followRelease(wanted, signal, caller);
  if (!following.ok) throw new Error(following.error.message);
  return following.value[Symbol.asyncIterator]();
}

async function followAll(wanted: Partial<WatchAllFrom> = {}, who = caller) {
  const following = await workshop.useCases.followReleases({ filter: {}, ...wanted }, never(), who);
  if (!following.ok) throw new Error(following.error.message);
  const news = following.value[Symbol.asyncIterator]();
  // First it is told where it begins.
  expect(await news.next()).toMatchObject({ value: { events: [] } });
  return news;
}

describe('followRelease', () => {
  it('begins with the state, and then tells every event', async () => {
    const news = await follow();
    expect(await news.next()).toMatchObject({ value: { release: { revision: 1 }, events: [] } });
    await workshop.work();
    const { revision } = await workshop.release(release.id);
    const { value } = (await news.next()) as { value: { events: { sequence: number }[] } };
    const wanted = Array.from({ length: revision - 1 }, (_, index) => index + 2);
    expect(value.events.map(({ sequence }) => sequence)).toEqual(wanted);
  });

  it('tells what happened since the event that was read last', async () => {
    await workshop.work();
    const { revision } = await workshop.release(release.id);
    const { value } = (await (await follow(1)).next()) as { value: { events: object[] } };
    expect(value.events).toHaveLength(revision - 1);
    expect(await (await follow(revision)).next()).toMatchObject({ value: { events: [] } });
  });

  it('ends with the release', async () => {
    const news = await follow(0);
    await news.next();
    await abort();
    expect(await news.next()).toMatchObject({ value: { events: [{ sequence: 2 }] } });
    expect(await news.next()).toMatchObject({ done: true });
  });

  it('reads once for all who follow the same release', async () => {
    const followers = await Promise.all(Array.from({ length: 50 }, () => follow()));
    await Promise.all(followers.map((news) => news.next()));
    const before = workshop.uow.begun;
    const waiting = followers.map((news) => news.next());
    await abort();
    const told = await Promise.all(waiting);
    expect(told.map(({ value }) => value as object)).toEqual(
      told.map(() =>
        expect.objectContaining({ events: [expect.objectContaining({ sequence: 2 })] }),
      ),
    );
    // The command, and one reading.
    expect(workshop.uow.begun - before).toBe(2);
  });

  it('refuses a release that does not exist', async () => {
    const nobody = { release: releaseId('nobody') };
    expect(await workshop.useCases.followRelease(nobody, never(), caller)).toMatchObject({
      error: { code: 'UNKNOWN_RELEASE' },
    });
  });
});

describe('followReleases', () => {
  const told = ({ value }: IteratorResult<unknown>) =>
    (value as { events: { release: string; sequence: number }[] }).events.map(
      ({ sequence }) => sequence,
    );

  it('tells what happens from now on, with the states that came of it', async () => {
    const news = await followAll();
    const next = news.next();
    await settle();
    await abort();
    const { value } = (await next) as { value: { releases: ReadonlyMap<string, Release> } };
    expect(told(await Promise.resolve({ value, done: false }))).toEqual([2]);
    expect(value.releases.get(release.id)).toMatchObject({ phase: 'cancelled' });
  });

  it('reads on from a position', async () => {
    const all = await followAll({ after: '0' as FeedPosition });
    expect(told(await all.next())).toEqual([1]);
    const rest = await followAll({ after: '1' as FeedPosition });
    const next = rest.next();
    await abort();
    expect(told(await next)).toEqual([2]);
  });

  it('tells only what is asked for, and what the caller may see', async () => {
    const stranger = {
      ...caller,
      grants: [{ role: 'viewer', namespaces: [namespaceName('other')] }] as const,
    };
    const after = '0' as FeedPosition;
    const filter = { namespace: namespaceName('other') };
    const silent = [await followAll({ after, filter }), await followAll({ after }, stranger)];
    let isTold = false;
    for (const news of silent) {
      void news.next().then((next) => (isTold ||= told(next).length > 0));
    }
    expect(told(await (await followAll({ after })).next())).toEqual([1]);
    await settle();
    expect(isTold).toBe(false);
  });

  it('refuses a position that was never given', async () => {
    const wanted = { filter: {}, after: 'x' as FeedPosition };
    await expect(workshop.useCases.followReleases(wanted, never(), caller)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});
