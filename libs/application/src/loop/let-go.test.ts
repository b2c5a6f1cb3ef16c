import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { aCaller } from '../testing/fake/a-caller.js';
import type { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { eu } from '../testing/index.js';
import { apply } from './apply.js';

let workshop: Workshop;
let release: Release;
let cluster: ScriptedCluster;
const run = () => apply(workshop.deps)(release.id, eu);
const unsettled = () => workshop.uow.run((tx) => tx.releases.unsettledIn(eu));
const subsets = () => JSON.stringify(cluster.live?.destinationRule?.spec);

/** Traffic is back; subsets of the candidate are left for half a minute. */
beforeEach(async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
  cluster = workshop.cluster(eu);
  await workshop.pass(1_000);
  const input = { release: release.id, verb: 'abort', comment: '' } as const;
  await workshop.useCases.commandRelease(input, aCaller('bob'));
  await workshop.pass(1_000);
  expect(await workshop.release(release.id)).toMatchObject({ phase: 'rolledBack' });
  expect(await unsettled()).toEqual([release.id]);
});

describe('a cluster of a release that is over', () => {
  it('is not let go by a watch that has not told what another worker wrote', async () => {
    cluster.untold = cluster.live;
    cluster.live = { foreign: [] };
    await run();
    expect(await unsettled()).toEqual([release.id]);
    expect(subsets()).toContain('v2');
    await workshop.pass(31_000);
    expect(subsets()).not.toContain('v2');
    expect(await unsettled()).toEqual([]);
  });

  it('is not let go while its API server does not say what it holds', async () => {
    cluster.live = { foreign: [] };
    cluster.reread = () => Promise.resolve({ kind: 'unreachable', reason: 'time-out' });
    await run();
    expect(await unsettled()).toEqual([release.id]);
    expect(workshop.log).toContainEqual({
      level: 'warn',
      message: expect.stringContaining('time-out'),
    });
  });

  it('is let go without a write where nothing is left', async () => {
    cluster.live = { foreign: [] };
    cluster.asked.length = 0;
    await run();
    expect(cluster.asked).toEqual([]);
    expect(await unsettled()).toEqual([]);
  });
});
