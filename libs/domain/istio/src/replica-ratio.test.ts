import { describe, expect, it } from '@jest/globals';
import { basisPoints, instant, version, type Version } from '@spillway/kernel';
import fc from 'fast-check';
import type { LiveDeployment, LiveRouting } from './live-routing.js';
import { isInForce, isKept, nextWrite } from './next-write.js';
import { describeReplicas, replicaSplit } from './replica-ratio.js';
import { aMeshService, aTraffic } from './testing/index.js';
import type { Traffic } from './traffic.js';

const now = instant(1_000_000);
const [v1, v2] = [version('v1'), version('v2')];
const service = aMeshService({
  ownership: { kind: 'replicas', deployment: 'catalog-{version}', total: 8 },
});
const wanting = (weight: number): Traffic =>
  aTraffic({ service, exposure: { weight: basisPoints(weight) } });

const deployment = (of: Version, replicas: number, ready = replicas): LiveDeployment => ({
  name: `catalog-${of}`,
  replicas,
  ready,
  resourceVersion: '7',
});
const pods = (stable: number, candidate: number, ready = candidate): LiveRouting => ({
  deployments: new Map([
    [v1, deployment(v1, stable)],
    [v2, deployment(v2, candidate, ready)],
  ]),
  foreign: [],
});
const scaling = (name: string, from: number, to: number) => ({
  do: 'patch',
  kind: 'Deployment',
  place: { namespace: 'shop', name },
  operations: [
    { op: 'test', path: '/spec/replicas', value: from },
    { op: 'replace', path: '/spec/replicas', value: to },
  ],
  resourceVersion: '7',
});

describe('a share in pods', () => {
  it.each([
    [8, 1_000, { stable: 7, candidate: 1, share: 1_250 }],
    [10, 1_000, { stable: 9, candidate: 1, share: 1_000 }],
    [10, 1, { stable: 9, candidate: 1, share: 1_000 }],
    [10, 9_999, { stable: 1, candidate: 9, share: 9_000 }],
    [3, 5_000, { stable: 1, candidate: 2, share: 6_667 }],
    [10, 0, { stable: 10, candidate: 0, share: 0 }],
    [10, 10_000, { stable: 0, candidate: 10, share: 10_000 }],
  ])('of %d pods at %d is %o', (total, weight, split) => {
    expect(replicaSplit(total, basisPoints(weight))).toEqual(split);
  });

  it('says what it is rounded to', () => {
    expect(describeReplicas(8, basisPoints(1_000))).toBe(
      '1 of 8 pods, which is 12.5 % where 10 % were asked for',
    );
    expect(describeReplicas(10, basisPoints(1_000))).toBe('1 of 10 pods, which is 10 %');
  });

  it('keeps the total, and gives a version with traffic a pod', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 0, max: 10_000 }), (n, w) => {
        const { stable, candidate } = replicaSplit(n, basisPoints(w));
        expect(stable + candidate).toBe(n);
        expect(candidate > 0).toBe(w > 0);
        expect(stable > 0).toBe(w < 10_000);
      }),
    );
  });
});

describe('scaling', () => {
  it('adds pods of the candidate before it takes pods of stable away', () => {
    expect(nextWrite(wanting(2_500), pods(8, 0), now)).toEqual(scaling('catalog-v2', 0, 2));
    expect(nextWrite(wanting(2_500), pods(8, 2, 1), now)).toMatchObject({
      do: 'wait',
      because: '1 of 2 pods of catalog-v2 are ready',
    });
    expect(nextWrite(wanting(2_500), pods(8, 2), now)).toEqual(scaling('catalog-v1', 8, 6));
    expect(nextWrite(wanting(2_500), pods(6, 2), now)).toEqual({ do: 'nothing' });
  });

  it('takes the candidate away first when it goes back', () => {
    expect(nextWrite(wanting(0), pods(6, 2), now)).toEqual(scaling('catalog-v2', 2, 0));
    expect(nextWrite(wanting(0), pods(6, 0), now)).toEqual(scaling('catalog-v1', 6, 8));
  });

  it('takes no pod away on the way back before stable has one that answers', () => {
    expect(nextWrite(wanting(0), pods(0, 8), now)).toEqual(scaling('catalog-v1', 0, 8));
    const starting = (ready: number): LiveRouting => ({
      deployments: new Map([
        [v1, deployment(v1, 8, ready)],
        [v2, deployment(v2, 8)],
      ]),
      foreign: [],
    });
    expect(nextWrite(wanting(0), starting(0), now)).toMatchObject({ do: 'wait' });
    expect(nextWrite(wanting(0), starting(1), now)).toEqual(scaling('catalog-v2', 8, 0));
  });

  it('goes back, and ends, where the Deployment that is to have no pods is gone', () => {
    const only = (of: Version, replicas: number): LiveRouting => ({
      deployments: new Map([[of, deployment(of, replicas)]]),
      foreign: [],
    });
    expect(nextWrite(wanting(0), only(v1, 6), now)).toEqual(scaling('catalog-v1', 6, 8));
    expect(isInForce(wanting(0), only(v1, 8))).toBe(true);
    expect(isKept(wanting(10_000), only(v2, 8))).toBe(true);
    expect(nextWrite(wanting(0), only(v2, 2), now)).toMatchObject({ do: 'stop' });
  });

  it('stops where a version has no Deployment', () => {
    const live: LiveRouting = { deployments: new Map([[v1, deployment(v1, 8)]]), foreign: [] };
    expect(nextWrite(wanting(2_500), live, now)).toEqual({
      do: 'stop',
      because: 'there is no Deployment catalog-v2',
    });
    expect(isInForce(wanting(2_500), live)).toBe(false);
  });

  it('is in force when the pods are ready, and kept while they come and go', () => {
    expect(isInForce(wanting(2_500), pods(6, 2, 1))).toBe(false);
    expect(isInForce(wanting(2_500), pods(6, 2))).toBe(true);
    expect(isKept(wanting(2_500), pods(6, 2, 1))).toBe(true);
    expect(isKept(wanting(2_500), pods(6, 3))).toBe(false);
  });
});
