import { beforeEach, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { releaseId } from '@spillway/kernel';
import { settle } from '../testing/fake/virtual-clock.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';

let workshop: Workshop;
let release: Release;
const seen: string[] = [];

/** Reads everything that is told, and says when it is over. */
async function watch(
  signal = new AbortController().signal,
): Promise<{ readonly over: Promise<void> }> {
  const watching = await workshop.useCases.watchRelease(release.id, signal, aCaller());
  if (!watching.ok) throw new Error(watching.error.message);
  const read = async () => {
    for await (const { phase, revision } of watching.value) seen.push(`${revision} ${phase}`);
  };
  const over = read();
  await settle();
  return { over };
}
const abort = () =>
  workshop.useCases.commandRelease(
    { release: release.id, verb: 'abort', comment: '' },
    aCaller('bob'),
  );

beforeEach(async () => {
  seen.length = 0;
  workshop = await aWorkshop();
  release = await workshop.started();
});

it('tells the state now, then every change, and ends with the release', async () => {
  const { over } = await watch();
  expect(seen).toEqual(['1 pending']);
  await abort();
  await over;
  expect(seen).toEqual(['1 pending', '2 cancelled']);
});

it('tells a release that is over once', async () => {
  await abort();
  await (
    await watch()
  ).over;
  expect(seen).toEqual(['2 cancelled']);
});

it('tells nothing twice, whatever the feed calls', async () => {
  const { over } = await watch();
  for (let i = 0; i < 3; i += 1) {
    workshop.uow.feed.publish(release.id);
    workshop.uow.feed.publish(releaseId('another'));
    await settle();
  }
  await abort();
  await over;
  expect(seen).toEqual(['1 pending', '2 cancelled']);
});

it('tells changes that come faster than they are read as one, and never the last one late', async () => {
  const watching = await workshop.useCases.watchRelease(
    release.id,
    new AbortController().signal,
    aCaller(),
  );
  if (!watching.ok) throw new Error(watching.error.message);
  const iterator = watching.value[Symbol.asyncIterator]();
  expect(await iterator.next()).toMatchObject({ value: { revision: 1 } });
  await workshop.work();
  const { revision } = await workshop.release(release.id);
  expect(revision).toBeGreaterThan(2);
  expect(await iterator.next()).toMatchObject({ value: { revision } });
});

it('ends when the reader has gone, before or while it waits', async () => {
  const gone = new AbortController();
  const { over } = await watch(gone.signal);
  gone.abort();
  await over;
  expect(seen).toEqual(['1 pending']);
  await (
    await watch(gone.signal)
  ).over;
  expect(seen).toEqual(['1 pending']);
});

it('refuses a release that does not exist', async () => {
  const signal = new AbortController().signal;
  expect(
    await workshop.useCases.watchRelease(releaseId('nobody'), signal, aCaller()),
  ).toMatchObject({
    ok: false,
    error: { code: 'UNKNOWN_RELEASE' },
  });
});
