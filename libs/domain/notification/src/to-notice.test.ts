import { describe, expect, it } from '@jest/globals';
import type { ReleaseEvent } from '@spillway/domain-release';
import { aPlan } from '@spillway/domain-release/testing';
import { unexposed } from '@spillway/domain-traffic';
import {
  basisPoints,
  clusterName,
  generation,
  instant,
  releaseId,
  serviceName,
  strategyName,
  version,
} from '@spillway/kernel';
import { toNotices } from './to-notice.js';

const [eu, us] = [clusterName('eu'), clusterName('us')];
const about = { actor: 'spillway', at: instant(2_000) };

const created: ReleaseEvent = {
  type: 'created',
  id: releaseId('0197f3a0-5d0c-7c52-8a51-3f6a6c3f9d10'),
  service: serviceName('shop/catalog'),
  stable: version('v1'),
  candidate: version('v2'),
  strategy: { name: strategyName('canary'), version: 1 },
  plan: aPlan(),
  description: 'Search by colour',
  generation: generation(0),
  because: 'anna asked for v2',
  actor: 'anna',
  at: instant(1_000),
};

const history: readonly ReleaseEvent[] = [
  created,
  {
    type: 'preparationStarted',
    traffic: {
      generation: generation(1),
      clusters: [
        { cluster: eu, ...unexposed },
        { cluster: us, ...unexposed },
      ],
    },
    because: 'subsets first',
    ...about,
  },
  { type: 'prepared', because: 'both clusters have it', ...about },
  { type: 'stepStarted', index: 0, because: 'the first step begins', ...about },
  {
    type: 'trafficShifted',
    traffic: {
      generation: generation(2),
      clusters: [
        { cluster: eu, weight: basisPoints(1_000) },
        { cluster: us, weight: basisPoints(500) },
      ],
    },
    because: 'as the step says',
    ...about,
  },
  {
    type: 'rollbackStarted',
    traffic: {
      generation: generation(3),
      clusters: [{ cluster: eu, ...unexposed }],
    },
    because: 'too many errors',
    ...about,
  },
];

describe('notices of a history', () => {
  const notices = toNotices(history);

  it('are one for each event, in its place', () => {
    expect(notices.map(({ type, sequence }) => [type, sequence])).toEqual(
      history.map(({ type }, index) => [type, index + 1]),
    );
  });

  it('tell the release as it was then, and which phase it left', () => {
    expect(notices.map(({ release, phaseBefore }) => [phaseBefore, release.phase])).toEqual([
      [undefined, 'pending'],
      ['pending', 'preparing'],
      ['preparing', 'progressing'],
      [undefined, 'progressing'],
      [undefined, 'progressing'],
      ['progressing', 'rollingBack'],
    ]);
  });

  it('name the step, the clusters, and what all of them give to the candidate', () => {
    expect(notices[3]).toMatchObject({ step: { number: 1, of: aPlan().steps.length } });
    expect(notices[1]).toMatchObject({ clusters: ['eu', 'us'], candidateGets: '0 %' });
    expect(notices[4]).toMatchObject({ clusters: ['eu', 'us'] });
    expect(notices[4]).not.toHaveProperty('candidateGets');
  });

  it('keep the reason, the author and the severity', () => {
    expect(notices[0]).toMatchObject({
      because: 'anna asked for v2',
      actor: 'anna',
      severity: 'info',
    });
    expect(notices[5]).toMatchObject({ because: 'too many errors', severity: 'critical' });
  });

  it('are refused of a history that begins in the middle', () => {
    expect(() => toNotices(history.slice(1))).toThrow('begins with "created"');
  });
});
