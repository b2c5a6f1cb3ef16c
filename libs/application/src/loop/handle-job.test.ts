import { expect, it } from '@jest/globals';
import { parseSplit } from '@spillway/domain-istio';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { eu, us } from '../testing/index.js';

const minute = 60_000;
const shares = (workshop: Workshop) =>
  [eu, us].map((name) => {
    const live = workshop.cluster(name).live?.virtualService;
    return live && Object.fromEntries(parseSplit(live)?.shares ?? []);
  });
const subsets = (workshop: Workshop) =>
  [eu, us].map((name) => JSON.stringify(workshop.cluster(name).live?.destinationRule?.spec));

it('takes a release from nothing to 100 % in every cluster, and then rests', async () => {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.pass(1_000);
  expect(shares(workshop)).toEqual([
    { v1: 9_000, v2: 1_000 },
    { v1: 9_000, v2: 1_000 },
  ]);
  await workshop.pass(7 * minute);
  expect(shares(workshop)).toEqual([
    { v1: 5_000, v2: 5_000 },
    { v1: 5_000, v2: 5_000 },
  ]);
  await workshop.pass(20 * minute);
  expect(await workshop.release(id)).toMatchObject({ phase: 'succeeded' });
  expect(shares(workshop)).toEqual([{ v2: 10_000 }, { v2: 10_000 }]);
  for (const subset of subsets(workshop)) expect(subset).not.toContain('v1');
  expect(workshop.queue()).toEqual([]);
});

it('takes everything back when a metric fails, and then rests', async () => {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.pass(1_000);
  workshop.reading = { kind: 'value', candidate: { value: 50 } };
  await workshop.pass(3 * minute);
  expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
  expect(shares(workshop)).toEqual([{ v1: 10_000 }, { v1: 10_000 }]);
  for (const subset of subsets(workshop)) expect(subset).not.toContain('v2');
  expect(workshop.queue()).toEqual([]);
});

it('rolls back the reachable cluster at once, and the other one when it is back', async () => {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.pass(1_000);
  workshop.cluster(us).become('unreachable');
  await workshop.useCases.commandRelease(
    { release: id, verb: 'abort', comment: '' },
    aCaller('bob'),
  );
  await workshop.work();
  expect(shares(workshop)).toEqual([{ v1: 10_000 }, { v1: 9_000, v2: 1_000 }]);
  expect(await workshop.release(id)).toMatchObject({ phase: 'rollingBack' });

  workshop.cluster(us).become('ready');
  await workshop.pass(2_000);
  expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
  expect(shares(workshop)).toEqual([{ v1: 10_000 }, { v1: 10_000 }]);
});
