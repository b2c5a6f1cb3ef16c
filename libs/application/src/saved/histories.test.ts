import { beforeEach, expect, it } from '@jest/globals';
import type { Release, ReleaseEvent } from '@spillway/domain-release';
import type { UnitOfWork } from '../port/unit-of-work.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { Histories } from './histories.js';

let workshop: Workshop;
let release: Release;
let whole: readonly ReleaseEvent[];
let told: (readonly ReleaseEvent[])[];

const tell = (events: readonly ReleaseEvent[]): void => void told.push(events);

/** A database that is away for the first so many readings, and how many have been under way at once. */
class Database {
  most = 0;
  private atOnce = 0;

  constructor(private refused = 0) {}

  readonly read: UnitOfWork['read'] = async (work) => {
    this.atOnce += 1;
    this.most = Math.max(this.most, this.atOnce);
    try {
      if (this.refused-- > 0) throw new Error('the database is away');
      return await workshop.uow.read(work);
    } finally {
      this.atOnce -= 1;
    }
  };
}

beforeEach(async () => {
  workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.pass(5_000);
  release = await workshop.release(id);
  const stored = await workshop.uow.read(({ releases }) => releases.events(id, 0, 100));
  whole = stored.map(({ event }) => event);
  told = [];
});

it('tells what happened after a place, and nothing that was saved later', async () => {
  const histories = new Histories(workshop.uow);
  histories.read({ ...release, revision: 3 }, 1, tell);
  histories.read(release, 0, tell);
  await histories.idle();
  expect(whole.length).toBeGreaterThan(3);
  expect(told).toEqual([whole.slice(1, 3), whole]);
});

it('reads one after another', async () => {
  const database = new Database();
  const histories = new Histories(database);
  for (let n = 0; n < 5; n += 1) histories.read(release, 0, tell);
  await histories.idle();
  expect(told).toHaveLength(5);
  expect(database.most).toBe(1);
});

it('lets go of what it cannot keep waiting, and takes more when it has room', async () => {
  const histories = new Histories(workshop.uow);
  for (let n = 0; n < 501; n += 1) histories.read(release, 0, tell);
  await histories.idle();
  expect(told).toHaveLength(500);
  histories.read(release, 0, tell);
  await histories.idle();
  expect(told).toHaveLength(501);
});

it('goes on after what could not be read or told', async () => {
  const histories = new Histories(new Database(1));
  histories.read(release, 0, tell);
  histories.read(release, 0, () => {
    throw new Error('no words');
  });
  histories.read(release, 0, tell);
  await histories.idle();
  expect(told).toEqual([whole]);
});
