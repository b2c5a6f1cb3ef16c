import { expect, it } from '@jest/globals';
import { aRelease, aReleaseEvent } from '@spillway/domain-release/testing';
import type { ReleaseEvent } from '@spillway/domain-release';
import { basisPoints, generation } from '@spillway/kernel';
import { eu, us } from '../testing/contract/index.js';
import { logEvents } from './log-events.js';

const release = aRelease();
const about = { release: release.id, service: 'shop/catalog', actor: 'anna' };

/** What one event is logged as. */
function lineOf(event: ReleaseEvent): unknown {
  const lines: unknown[] = [];
  const note = (fields: object, message: string) => void lines.push({ ...fields, message });
  logEvents({ info: note, warn: note, error: note })({ release, events: [event] });
  expect(lines).toHaveLength(1);
  return lines[0];
}

const exposure = { weight: basisPoints(1_000) };

it('is one line for an event, with its reason for a message', () => {
  expect(lineOf(aReleaseEvent({ type: 'paused' }, { because: 'paused by anna' }))).toEqual({
    ...about,
    event: 'paused',
    message: 'paused by anna',
  });
});

it('names the cluster and the generation of what happened in a cluster', () => {
  const fact = { type: 'trafficApplied', cluster: eu, generation: generation(7) } as const;
  expect(lineOf(aReleaseEvent(fact))).toMatchObject({ ...about, cluster: 'eu', generation: 7 });
});

it('names the clusters that are to have other traffic', () => {
  const shifted = (clusters: readonly (typeof eu)[]) =>
    aReleaseEvent({
      type: 'trafficShifted',
      traffic: {
        generation: generation(8),
        clusters: clusters.map((cluster) => ({ cluster, ...exposure })),
      },
    });
  expect(lineOf(shifted([us]))).toMatchObject({ cluster: 'us', generation: 8 });
  expect(lineOf(shifted([eu, us]))).toMatchObject({ clusters: ['eu', 'us'], generation: 8 });
});

it('names the cluster that a release is held for', () => {
  const reason = { kind: 'noData', cluster: eu, detail: 'no samples' } as const;
  expect(lineOf(aReleaseEvent({ type: 'held', reason }))).toMatchObject({ cluster: 'eu' });
});

it('names the clusters of the step that begins or ends', () => {
  const started = aReleaseEvent({ type: 'stepStarted', index: 0 });
  expect(lineOf(started)).toMatchObject({ clusters: ['eu', 'us'] });
});
