import type { Clock, Job } from '@spillway/application';
import { newSpanId, spanIdOf, traceIdOf } from './ids.js';
import { rootKey } from './open-span.js';
import type { Scopes } from './scopes.js';
import type { SpanSink } from './span.js';

export interface JobSpans {
  readonly sink: Pick<SpanSink, 'write'>;
  readonly clock: Clock;
}

type Handle = (job: Job) => Promise<void>;

/**
 * A job with its release for a scope. A delivery that became a release is told as a command is;
 * other jobs have no span of their own: what they do is in those of the release and of its calls.
 */
export const tracedJob =
  (plain: Handle, scopes: Scopes, { sink, clock }: JobSpans): Handle =>
  (job) =>
    scopes.during(job, async (scope) => {
      const from = clock.now();
      await plain(job);
      const release = scope?.state;
      if (job.kind !== 'trigger' || release === undefined) return;
      sink.write({
        traceId: traceIdOf(release.id),
        spanId: newSpanId(),
        parentId: spanIdOf(release.id, rootKey),
        name: 'startRelease',
        kind: 'internal',
        from,
        to: clock.now(),
        attributes: {
          'spillway.release': release.id,
          'spillway.actor': release.requestedBy,
          'spillway.door': 'webhook',
          'spillway.outcome': 'accepted',
        },
        links: [],
      });
    });
