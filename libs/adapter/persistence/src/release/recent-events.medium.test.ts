import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FeedPosition, UnitOfWork } from '@spillway/application';
import { putSurroundings, saveFirst, someRelease } from '@spillway/application/testing';
import { serviceName, type ServiceName } from '@spillway/kernel';
import pg from 'pg';
import { freshPersistence, type FreshPersistence } from '../testing/fresh-persistence.js';

let persistence: FreshPersistence;
let uow: UnitOfWork;
beforeAll(async () => {
  persistence = await freshPersistence();
  uow = persistence.unitOfWork;
});
afterAll(() => persistence.close());

const services = Array.from({ length: 40 }, (_, index) => serviceName(`shop/feed-${index}`));
const save = (service: ServiceName) =>
  uow.run((tx) => saveFirst(tx, someRelease({ service })).then(() => service));

const endNow = async (): Promise<FeedPosition> =>
  (await uow.read((tx) => tx.releases.recent(undefined, 1))).end;

it('tells nothing of a transaction before all that began earlier have ended', async () => {
  await uow.run((tx) => putSurroundings(tx, services));
  const [early = services[0], late = services[1]] = services;
  const from = await endNow();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let saved: () => void = () => undefined;
  const isSaved = new Promise<void>((resolve) => (saved = resolve));
  const slow = uow.run(async (tx) => {
    await saveFirst(tx, someRelease({ service: early as ServiceName }));
    saved();
    await finished;
  });
  await isSaved;
  await save(late as ServiceName);
  expect(await uow.read((tx) => tx.releases.recent(from, 10))).toEqual({
    events: [],
    end: from,
    isOpen: true,
  });
  finish();
  await slow;
  const { events } = await uow.read((tx) => tx.releases.recent(from, 10));
  expect(events.map(({ service }) => service)).toEqual([early, late]);
});

it('waits for no transaction of another database', async () => {
  const alone = serviceName('shop/alone');
  await uow.run((tx) => putSurroundings(tx, [alone]));
  const from = await endNow();
  const beside = await freshPersistence();
  const other = new pg.Client({ connectionString: beside.url });
  await other.connect();
  try {
    await other.query('begin');
    await other.query('select pg_current_xact_id()');
    await save(alone);
    const { events, isOpen } = await uow.read((tx) => tx.releases.recent(from, 10));
    expect(events.map(({ service }) => service)).toEqual([alone]);
    expect(isOpen).toBe(false);
  } finally {
    await other.end();
    await beside.close();
  }
});

it('gives each event exactly once to who reads while many write', async () => {
  const from = await endNow();
  const writers = services.slice(2);
  const told: string[] = [];
  let isOver = false;
  const reading = (async () => {
    for (let at = from; ;) {
      const wasOver = isOver;
      const { events, end, isOpen } = await uow.read((tx) => tx.releases.recent(at, 7));
      told.push(...events.map(({ service }) => service));
      at = end;
      if (wasOver && events.length === 0 && !isOpen) return;
    }
  })();
  await Promise.all(writers.map(save));
  isOver = true;
  await reading;
  expect(told.toSorted()).toEqual(writers.toSorted());
});

it('refuses a position beyond all transactions: it is of another database', async () => {
  const position = '999999999999-00000000-0000-4000-8000-000000000001-1' as FeedPosition;
  await expect(uow.read((tx) => tx.releases.recent(position, 1))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
});
