import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Logger } from '@spillway/application';
import {
  catalog,
  putSurroundings,
  saveFirst,
  saveNext,
  someRelease,
  until,
} from '@spillway/application/testing';
import { serviceName, type ReleaseId } from '@spillway/kernel';
import { clientConfig } from './connection-options.js';
import type { Persistence } from './persistence.js';
import { PostgresReleaseFeed } from './postgres-release-feed.js';
import {
  configFor,
  freshPersistence,
  openPersistence,
  silent,
  type FreshPersistence,
} from './testing/fresh-persistence.js';

const cart = serviceName('shop/cart');
let here: FreshPersistence;
let there: Persistence;
beforeEach(async () => {
  here = await freshPersistence();
  there = await openPersistence(here.url);
  await here.unitOfWork.run((tx) => putSurroundings(tx, [catalog, cart]));
});
afterEach(async () => {
  await there.close();
  await here.close();
});

function listen(feed: Persistence['releaseFeed']): ReleaseId[] {
  const heard: ReleaseId[] = [];
  feed.subscribe((id) => heard.push(id));
  return heard;
}

describe('the release feed', () => {
  it('tells one process what another one saved', async () => {
    const heard = listen(there.releaseFeed);
    const release = await here.unitOfWork.run((tx) => saveFirst(tx, someRelease()));
    await until(() => heard.includes(release.id));
  });

  it('tells of all that it may have missed when its connection was lost', async () => {
    const [running, ending] = await here.unitOfWork.run(async (tx) => [
      await saveFirst(tx, someRelease()),
      await saveFirst(tx, someRelease({ service: cart })),
    ]);
    const heard = listen(there.releaseFeed);
    const others = listen(here.releaseFeed);
    const ended = await here.sql(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle' and query like 'select clock_timestamp()%'`);
    expect(ended).toHaveLength(2);
    await here.unitOfWork.run((tx) => saveNext(tx, ending ?? running, { phase: 'succeeded' }));
    await until(() => [running, ending].every((each) => each && heard.includes(each.id)));
    await until(() => [running, ending].every((each) => each && others.includes(each.id)));

    heard.length = 0;
    await here.unitOfWork.run((tx) => saveNext(tx, running));
    await until(() => heard.includes(running.id));
  });

  it('goes on telling others when a listener throws', async () => {
    const errors: string[] = [];
    const logger: Logger = { ...silent, error: (_, message) => errors.push(message) };
    const feed = new PostgresReleaseFeed(clientConfig(configFor(here.url)), logger);
    await feed.start();
    feed.subscribe(() => {
      throw new Error('a defect');
    });
    const heard = listen(feed);
    const release = await here.unitOfWork.run((tx) => saveFirst(tx, someRelease()));
    await until(() => heard.includes(release.id));
    expect(errors).toEqual(['a listener of the release feed failed']);
    await feed.close();
  });
});
