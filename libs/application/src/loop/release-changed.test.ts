import { beforeEach, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu } from '../testing/index.js';
import { clusterChanged } from './cluster-changed.js';
import { Following } from './following.js';
import { releaseChanged } from './release-changed.js';

const { host } = aService();
let workshop: Workshop;
let release: Release;
/** What another worker than the workshop's has seen. */
let following: Following;
let link: ScriptedCluster;

beforeEach(async () => {
  workshop = await aWorkshop();
  following = new Following();
  link = new ScriptedCluster(eu, workshop.clock);
  release = await workshop.started();
  await workshop.work();
  following.start(release.id, aService(), [link]);
});

const end = async () => {
  const abort = { release: release.id, verb: 'abort', comment: '' } as const;
  await workshop.useCases.commandRelease(abort, aCaller('bob'));
  await workshop.work();
};
const tell = () => releaseChanged({ unitOfWork: workshop.uow, following })(release.id);

it('ends the watch of a release that ended on another worker', async () => {
  await end();
  await tell();
  expect(following.releaseOf(host)).toBeUndefined();
  expect([...link.followed]).toEqual([]);
});

it('keeps the watch of a release that goes on', async () => {
  await tell();
  expect(following.releaseOf(host)).toBe(release.id);
  expect([...link.followed]).toEqual([host]);
});

it('reads nothing for a release that is not followed here', async () => {
  following.stop(release.id);
  const refuse = () => Promise.reject(new Error('it read'));
  const unitOfWork = { run: refuse, read: refuse };
  await expect(releaseChanged({ unitOfWork, following })(release.id)).resolves.toBeUndefined();
});

it('is made up for by the next change of the service, when the end was missed', async () => {
  await end();
  const before = workshop.queue();
  const change = { cluster: eu, kind: 'service', namespace: 'shop', host } as const;
  await clusterChanged({ ...workshop.deps, following })(change);
  expect(workshop.queue()).toEqual(before);
  expect([...link.followed]).toEqual([]);
});
