import { expect, it } from '@jest/globals';
import type { Release, StrategyDraft } from '@spillway/domain-release';
import { basisPoints, duration, type ClusterName } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu, us } from '../testing/index.js';

const ana = aCaller('ana');
const paced: Partial<StrategyDraft> = {
  metrics: [],
  steps: [
    { kind: 'setWeight', weight: basisPoints(1_000) },
    { kind: 'bake', length: duration(60_000) },
    { kind: 'setWeight', weight: basisPoints(5_000) },
    { kind: 'bake', length: duration(60_000) },
  ],
};

/** A release at 10 % of a service in these clusters. */
async function releasing(
  clusters: readonly ClusterName[],
  strategy: Partial<StrategyDraft> = {},
): Promise<{ workshop: Workshop; release: Release }> {
  const workshop = await aWorkshop({ ...paced, ...strategy });
  await workshop.uow.run((tx) => tx.services.put(aService({ clusters })));
  const release = await workshop.started();
  await workshop.pass(5_000);
  return { workshop, release };
}
const put = (workshop: Workshop, clusters: readonly ClusterName[]) =>
  workshop.useCases.putService(aService({ clusters }), ana);
const weights = ({ rollouts }: Release) =>
  Object.fromEntries(rollouts.map(({ cluster, desired }) => [cluster, desired.weight]));

it('lets a cluster join with stable alone, and take its part from the next weight on', async () => {
  const { workshop, release } = await releasing([eu]);
  expect(await put(workshop, [eu, us])).toMatchObject({ ok: true });
  await workshop.pass(5_000);
  const joined = await workshop.release(release.id);
  expect(weights(joined)).toEqual({ eu: 1_000, us: 0 });
  expect(joined.rollouts.every(({ applied }) => applied !== undefined)).toBe(true);
  expect(JSON.stringify(workshop.cluster(us).live?.virtualService?.spec)).not.toContain('v2');
  await workshop.pass(60_000);
  expect(weights(await workshop.release(release.id))).toEqual({ eu: 5_000, us: 5_000 });
  await workshop.pass(120_000);
  expect(await workshop.release(release.id)).toMatchObject({ phase: 'succeeded' });
  expect(JSON.stringify(workshop.cluster(us).live?.virtualService?.spec)).toContain('v2');
});

it('says in the history who changed which clusters', async () => {
  const { workshop, release } = await releasing([eu]);
  await put(workshop, [eu, us]);
  const events = await workshop.uow.run((tx) => tx.releases.events(release.id, 0, 100));
  expect(events.at(-1)?.event).toMatchObject({
    type: 'clustersChanged',
    joined: [us],
    left: [],
    actor: 'ana',
    because: 'us joins, as ana said',
  });
});

it('lets a cluster leave that has nothing of the candidate, and goes on without it', async () => {
  const waves = [{ kind: 'names', names: [eu] }, { kind: 'rest' }] as const;
  const { workshop, release } = await releasing([eu, us], { waves });
  expect(await put(workshop, [eu])).toMatchObject({ ok: true });
  const asked = workshop.cluster(us).asked.length;
  await workshop.pass(300_000);
  const after = await workshop.release(release.id);
  expect(after).toMatchObject({ phase: 'succeeded' });
  expect(weights(after)).toEqual({ eu: 10_000 });
  expect(workshop.cluster(us).asked).toHaveLength(asked);
});

it('keeps a cluster in which the candidate has traffic: nobody would take it back', async () => {
  const { workshop } = await releasing([eu, us]);
  expect(await put(workshop, [eu])).toMatchObject({
    ok: false,
    error: {
      code: 'SERVICE_BUSY',
      message: expect.stringContaining('gives v2 10 % in us, which nobody would take back there'),
    },
  });
  expect(await put(workshop, [])).toMatchObject({ ok: false, error: { code: 'SERVICE_BUSY' } });
});

it('changes no clusters of a release that goes back', async () => {
  const { workshop, release } = await releasing([eu]);
  workshop.cluster(eu).become('unreachable');
  const abort = { release: release.id, verb: 'abort', comment: '' } as const;
  await workshop.useCases.commandRelease(abort, ana);
  expect(await put(workshop, [eu, us])).toMatchObject({
    ok: false,
    error: {
      code: 'SERVICE_BUSY',
      message: expect.stringContaining('is rollingBack, so no cluster can join or leave it'),
    },
  });
});
