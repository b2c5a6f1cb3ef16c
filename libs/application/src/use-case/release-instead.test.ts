import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { releaseId, strategyName, version } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import type { ReleaseInstead } from './use-cases.js';

let workshop: Workshop;
let release: Release;
const bob = aCaller('bob');
const of = (more: Partial<ReleaseInstead> = {}) => ({ release: release.id, comment: '', ...more });
const retry = (more?: Partial<ReleaseInstead>) => workshop.useCases.retryRelease(of(more), bob);
const undo = (more?: Partial<ReleaseInstead>) => workshop.useCases.undoRelease(of(more), bob);
const abort = () =>
  workshop.useCases.commandRelease({ release: release.id, verb: 'abort', comment: '' }, bob);
const hour = 3_600_000;

beforeEach(async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
  await workshop.pass(1_000);
});

describe('a retry', () => {
  it('is a new release of the same version by the newest version of the strategy', async () => {
    await abort();
    await workshop.pass(1_000);
    const { version: _, ...strategy } = await newest();
    await workshop.uow.run((tx) => tx.strategies.put({ ...strategy, maxUnavailableClusters: 1 }));
    expect(await retry({ comment: 'pods are mended' })).toMatchObject({
      value: {
        phase: 'pending',
        candidate: 'v2',
        stable: 'v1',
        strategy: { name: 'canary-10', version: 2 },
        follows: { verb: 'retry', release: release.id },
        because: `v2 once more, after release ${release.id}: pods are mended`,
        requestedBy: 'bob',
      },
    });
  });

  it('is made once, however often it is asked for while it runs', async () => {
    await abort();
    await workshop.pass(1_000);
    const [first, second] = [await retry(), await retry()];
    expect(second).toEqual(first);
  });

  it('may take another strategy', async () => {
    await abort();
    await workshop.pass(1_000);
    expect(await retry({ strategy: strategyName('none') })).toMatchObject({
      error: { code: 'UNKNOWN_STRATEGY' },
    });
  });

  it.each([['it runs'], ['it succeeded']])('is refused where %s', async (when) => {
    if (when === 'it succeeded') await workshop.pass(hour);
    expect(await retry()).toMatchObject({ error: { code: 'NOT_POSSIBLE_IN_PHASE' } });
  });
});

describe('an undo', () => {
  it('is a new release of the version that served before', async () => {
    await workshop.pass(hour);
    expect(await undo()).toMatchObject({
      value: {
        candidate: 'v1',
        stable: 'v2',
        follows: { verb: 'undo', release: release.id },
        because: `back to v1, as before release ${release.id}`,
      },
    });
    await workshop.pass(hour);
    const service = await workshop.uow.run((tx) => tx.services.get(release.service));
    expect(service?.stable).toBe('v1');
  });

  it('is refused of a release that another one came after', async () => {
    await workshop.pass(hour);
    await workshop.started({ candidate: version('v3') });
    await workshop.pass(hour);
    expect(await undo()).toMatchObject({ error: { code: 'NOT_LATEST_RELEASE' } });
  });

  it('is refused of a release that runs, and of none', async () => {
    expect(await undo()).toMatchObject({ error: { code: 'NOT_POSSIBLE_IN_PHASE' } });
    expect(await undo({ release: releaseId('nobody') })).toMatchObject({
      error: { code: 'UNKNOWN_RELEASE' },
    });
  });
});

async function newest() {
  const found = await workshop.uow.run((tx) => tx.strategies.get(strategyName('canary-10')));
  if (found === undefined) throw new Error('it is there');
  const { createdAt: _, ...strategy } = found;
  return strategy;
}
