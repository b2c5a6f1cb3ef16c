import { describe, expect, it } from '@jest/globals';
import { toReleaseView } from '@spillway/interface-contract';
import { aRelease } from '@spillway/domain-release/testing';
import { basisPoints, generation } from '@spillway/kernel';
import { liveTraffic } from './live-traffic.js';

const service = { clusters: ['eu', 'us'], stable: 'v1' };
/** The release of both clusters as `eu` sees it; `us` is not in it. */
const at = (weight: number, applied: number) => {
  const release = aRelease();
  const rollouts = release.rollouts.slice(0, 1).map((rollout) => ({
    ...rollout,
    desired: { ...rollout.desired, generation: generation(2), weight: basisPoints(weight) },
    applied: { generation: generation(applied), at: release.createdAt },
  }));
  return toReleaseView({ ...release, rollouts });
};

describe('what is live where', () => {
  it('is all for the stable version where nobody has released yet', () => {
    const nothing = { versions: [{ version: 'v1', weight: 100 }], applied: true, release: null };
    expect(liveTraffic(service, null)).toMatchObject([
      { cluster: 'eu', ...nothing },
      { cluster: 'us', ...nothing },
    ]);
    expect(liveTraffic(service, at(1_000, 2))[1]).toMatchObject({ cluster: 'us', ...nothing });
  });

  it('is the split of the latest release, the greater share first, and none without requests', () => {
    const versions = (weight: number) => liveTraffic(service, at(weight, 2))[0]?.versions;
    expect(versions(10)).toEqual([
      { version: 'v1', weight: 99.9 },
      { version: 'v2', weight: 0.1 },
    ]);
    expect(versions(10_000)).toEqual([{ version: 'v2', weight: 100 }]);
    expect(versions(0)).toEqual([{ version: 'v1', weight: 100 }]);
  });

  it('says since when, once the cluster has read it back', () => {
    expect(liveTraffic(service, at(1_000, 2))[0]).toMatchObject({
      applied: true,
      since: expect.stringMatching(/^2026-/),
    });
    expect(liveTraffic(service, at(1_000, 1))[0]).toMatchObject({ applied: false, since: null });
  });
});
