import { expect, it } from '@jest/globals';
import { VirtualClock } from '@spillway/application/testing';
import { aMoment, aRelease } from '@spillway/domain-release/testing';
import { deliveryId } from '@spillway/kernel';
import { spanIdOf, traceIdOf } from './ids.js';
import { Scopes } from './scopes.js';
import type { Span } from './span.js';
import { tracedJob } from './traced-job.js';

const release = aRelease({ requestedBy: 'webhook github' });
const delivery = deliveryId(release.id);

/** What is written while a delivery is made into a release, or into nothing. */
async function spansOf(outcome: 'released' | 'unmatched'): Promise<readonly Span[]> {
  const spans: Span[] = [];
  const scopes = new Scopes(() => true);
  const sink = { write: (span: Span) => void spans.push(span) };
  const make = (): Promise<void> => {
    if (outcome === 'released') scopes.seen(release);
    return Promise.resolve();
  };
  const clock = new VirtualClock(aMoment);
  await tracedJob(make, scopes, { sink, clock })({ kind: 'trigger', delivery });
  return spans;
}

it('tells that a delivery started a release, in the trace of the release', async () => {
  expect(await spansOf('released')).toMatchObject([
    {
      name: 'startRelease',
      traceId: traceIdOf(release.id),
      parentId: spanIdOf(release.id, 'release'),
      attributes: { 'spillway.actor': 'webhook github', 'spillway.door': 'webhook' },
    },
  ]);
});

it('tells nothing of a delivery that came to nothing', async () => {
  expect(await spansOf('unmatched')).toEqual([]);
});
