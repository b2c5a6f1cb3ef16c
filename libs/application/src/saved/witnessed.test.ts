import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import { witnessed, type SavedEvents } from './witnessed.js';

let workshop: Workshop;
let release: Release;
let saved: string[];
let seen: number[];

const note = ({ events, release: { revision } }: SavedEvents): void =>
  void saved.push(`${events.map(({ type }) => type).join()} ${revision}`);

/** Pauses it by the use case's own way through the stores. */
const pauseBy = (unitOfWork: UnitOfWork) =>
  unitOfWork.run(async (tx) => {
    const found = await tx.releases.lock(release.id);
    if (found === undefined) throw new Error('it is there');
    await tx.releases.save({ ...found, revision: found.revision + 1 }, [
      { type: 'cancelled', because: 'a test says so', actor: 'anna', at: tx.now },
    ]);
  });

beforeEach(async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
  saved = [];
  seen = [];
});

describe('a witness', () => {
  it('is told what was committed, and sees what was read and stored', async () => {
    const see = ({ revision }: Release): void => void seen.push(revision);
    await pauseBy(witnessed(workshop.uow, { seen: see, saved: note }));
    expect(saved).toEqual(['cancelled 2']);
    expect(seen).toEqual([1, 2]);
  });

  it('sees what was read without a transaction', async () => {
    const see = ({ revision }: Release): void => void seen.push(revision);
    await witnessed(workshop.uow, { seen: see }).read(({ releases }) => releases.get(release.id));
    expect(seen).toEqual([1]);
  });

  it('is not told what a transaction took back', async () => {
    const unitOfWork = witnessed(workshop.uow, { saved: note });
    const failing: UnitOfWork = {
      ...unitOfWork,
      run: (work) =>
        unitOfWork.run(async (tx) => {
          await work(tx);
          throw new Error('the connection is gone');
        }),
    };
    await expect(pauseBy(failing)).rejects.toThrow('gone');
    expect(saved).toEqual([]);
  });

  it('is told once of a transaction that was begun anew', async () => {
    const again: UnitOfWork = {
      ...workshop.uow,
      read: (work) => workshop.uow.read(work),
      async run(work) {
        await workshop.uow
          .run(async (tx) => {
            await work(tx);
            throw new Error('a race was lost');
          })
          .catch(() => undefined);
        return workshop.uow.run(work);
      },
    };
    await pauseBy(witnessed(again, { saved: note }));
    expect(saved).toEqual(['cancelled 2']);
  });

  it('spoils nothing when it fails', async () => {
    const fail = (): never => {
      throw new Error('no words');
    };
    await pauseBy(witnessed(workshop.uow, { seen: fail, saved: fail }));
    expect((await workshop.release(release.id)).revision).toBe(2);
  });

  it('leaves the other methods of the stores as they are', async () => {
    const unitOfWork = witnessed(workshop.uow, {});
    const running = await unitOfWork.run((tx) => tx.releases.allRunning());
    expect(running).toEqual([release.id]);
    const asked = { release: release.id, verb: 'abort', comment: '' } as const;
    expect((await workshop.useCases.commandRelease(asked, aCaller())).ok).toBe(true);
  });
});
