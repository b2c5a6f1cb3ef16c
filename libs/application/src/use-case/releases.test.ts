import { expect, it } from '@jest/globals';
import { releaseId } from '@spillway/kernel';
import { aWorkshop } from '../testing/fake/workshop.js';
import { catalog } from '../testing/index.js';

it('gives a release, its list and its events', async () => {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.work();
  const { useCases } = workshop;
  const release = await workshop.release(id);
  expect(await useCases.getRelease(id)).toEqual({ ok: true, value: release });
  expect(await useCases.listReleases({ service: catalog }, { limit: 10 })).toEqual({
    items: [release],
  });
  expect(await useCases.listReleases({ phase: 'succeeded' }, { limit: 10 })).toEqual({ items: [] });
  const events = await useCases.listEvents(id, 1, 2);
  expect(events).toMatchObject({ ok: true, value: [{ sequence: 2 }, { sequence: 3 }] });
});

it('refuses what does not exist', async () => {
  const { useCases } = await aWorkshop();
  const nobody = releaseId('nobody');
  const error = { code: 'UNKNOWN_RELEASE', message: 'There is no release "nobody".' };
  expect(await useCases.getRelease(nobody)).toMatchObject({ ok: false, error });
  expect(await useCases.listEvents(nobody, 0, 10)).toMatchObject({ ok: false, error });
});
