import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Measurement } from '@spillway/domain-analysis';
import { eu, putSurroundings, saveFirst, someRelease, us } from '@spillway/application/testing';
import { instant } from '@spillway/kernel';
import { freshPersistence, openPersistence } from '../testing/fresh-persistence.js';

const look = (ordinal: number, cluster = eu): Measurement => ({
  metric: 'errors',
  cluster,
  ordinal,
  from: instant(ordinal * 1_000),
  to: instant((ordinal + 1) * 1_000),
  reading: { kind: 'empty' },
});

let persistence: Awaited<ReturnType<typeof freshPersistence>>;
const release = someRelease();
beforeEach(async () => {
  persistence = await freshPersistence();
  await persistence.unitOfWork.run(async (tx) => {
    await putSurroundings(tx);
    await saveFirst(tx, release);
  });
});
afterEach(() => persistence.close());

type One = Pick<typeof persistence, 'unitOfWork'>;
const add = ({ unitOfWork }: One, ...all: readonly Measurement[]) =>
  unitOfWork.run((tx) => tx.measurements.add(release.id, 0, all));
const read = ({ unitOfWork }: One) => unitOfWork.run((tx) => tx.measurements.ofStep(release.id, 0));

it('reads what another process wrote meanwhile, in series that are known and in new ones', async () => {
  const other = await openPersistence(persistence.url);
  await add(persistence, look(0));
  expect(await read(persistence)).toEqual([look(0)]);
  await add(other, look(1));
  expect(await read(persistence)).toEqual([look(0), look(1)]);
  await add(other, look(0, us), look(1, us));
  expect(await read(persistence)).toEqual([look(0), look(1), look(0, us), look(1, us)]);
  await other.close();
});

it('sees what its own transaction wrote, and forgets it when that is rolled back', async () => {
  await add(persistence, look(0));
  expect(await read(persistence)).toEqual([look(0)]);
  const undone = persistence.unitOfWork.run(async (tx) => {
    await tx.measurements.add(release.id, 0, [look(1)]);
    expect(await tx.measurements.ofStep(release.id, 0)).toEqual([look(0), look(1)]);
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  expect(await read(persistence)).toEqual([look(0)]);
});

it('reads a step anew whose measurements are gone', async () => {
  await add(persistence, look(0), look(1));
  await read(persistence);
  await persistence.sql('delete from measurements where ordinal = 1');
  expect(await read(persistence)).toEqual([look(0)]);
});
