import { expect, it } from '@jest/globals';
import { releaseId } from '@spillway/kernel';
import type { LookFilter } from '../port/measurement-store.js';
import type { PageRequest } from '../port/page.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop } from '../testing/fake/workshop.js';
import { catalog, us } from '../testing/index.js';

it('gives a release, its list and its events', async () => {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.work();
  const { useCases } = workshop;
  const release = await workshop.release(id);
  expect(await useCases.getRelease(id, aCaller())).toEqual({ ok: true, value: release });
  expect(await useCases.listReleases({ service: catalog }, { limit: 10 }, aCaller())).toMatchObject(
    {
      ok: true,
      value: { items: [release] },
    },
  );
  expect(
    await useCases.listReleases({ phase: 'succeeded' }, { limit: 10 }, aCaller()),
  ).toMatchObject({
    ok: true,
    value: { items: [] },
  });
  const events = await useCases.listEvents(id, { after: 1, limit: 2 }, aCaller());
  expect(events).toMatchObject({ ok: true, value: [{ sequence: 2 }, { sequence: 3 }] });
});

it('gives what was measured and concluded, the newest first', async () => {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.pass(180_000);
  const looks = async (filter: LookFilter, page: PageRequest = { limit: 200 }) => {
    const outcome = await workshop.useCases.listLooks(
      id,
      { filter: filter, page: page },
      aCaller(),
    );
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  };
  const { items } = await looks({});
  expect(items.map(({ to }) => to)).toEqual(items.map(({ to }) => to).toSorted((a, b) => b - a));
  expect(items[0]).toMatchObject({
    reading: { kind: 'value' },
    query: 'requests and failed requests, of Istio’s metrics',
    verdict: { because: expect.stringContaining('success-rate in') },
  });
  const inUs = await looks({ cluster: us });
  expect(inUs.items).toEqual(items.filter(({ cluster }) => cluster === us));
  const first = await looks({}, { limit: 1 });
  const second = await looks({}, { limit: 1, cursor: first.next ?? '' });
  expect([...first.items, ...second.items]).toEqual(items.slice(0, 2));
});

it('refuses what does not exist', async () => {
  const { useCases } = await aWorkshop();
  const nobody = releaseId('nobody');
  const error = { code: 'UNKNOWN_RELEASE', message: 'There is no release "nobody".' };
  expect(await useCases.getRelease(nobody, aCaller())).toMatchObject({ ok: false, error });
  expect(await useCases.listEvents(nobody, { after: 0, limit: 10 }, aCaller())).toMatchObject({
    ok: false,
    error,
  });
  expect(
    await useCases.listLooks(nobody, { filter: {}, page: { limit: 1 } }, aCaller()),
  ).toMatchObject({ ok: false, error });
});
