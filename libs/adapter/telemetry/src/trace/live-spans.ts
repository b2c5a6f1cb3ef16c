import type { Clock } from '@spillway/application';
import type { Rollout } from '@spillway/domain-release';
import { newSpanId, spanIdOf, traceIdOf } from './ids.js';
import { rootKey } from './open-span.js';
import { keyOfNow } from './open-spans.js';
import type { Scope, Scopes } from './scopes.js';
import type { Attributes, SpanPlace, SpanSink } from './span.js';

/** What came of a call. */
export interface Outcome {
  readonly attributes: Attributes;
  readonly failure?: string;
}

/** Somebody outside is asked for the sake of a release. */
export interface Call<T> {
  readonly name: string;
  readonly attributes: (scope: Scope) => Attributes;
  /** Absent: within what the release is in the midst of. */
  readonly within?: (rollout: Rollout) => string;
  readonly outcome: (result: T) => Outcome;
}

/** Spans of calls, written by the process that makes them; outside a traced job there are none. */
export class LiveSpans {
  constructor(
    private readonly scopes: Scopes,
    private readonly sink: Pick<SpanSink, 'write'>,
    private readonly clock: Clock,
  ) {}

  async during<T>(call: Call<T>, work: (place?: SpanPlace) => Promise<T>): Promise<T> {
    const scope = this.scopes.current();
    if (scope === undefined) return work();
    const from = this.clock.now();
    const place = { traceId: traceIdOf(scope.release), spanId: newSpanId() };
    const write = ({ attributes, failure }: Outcome): void =>
      this.sink.write({
        ...place,
        parentId: spanIdOf(scope.release, parentKey(scope, call)),
        name: call.name,
        kind: 'client',
        from,
        to: this.clock.now(),
        attributes: { ...aboutOf(scope), ...call.attributes(scope), ...attributes },
        ...(failure === undefined ? {} : { failure }),
        links: [],
      });
    try {
      const result = await work(place);
      write(call.outcome(result));
      return result;
    } catch (error) {
      write({ attributes: { 'spillway.outcome': 'failed' }, failure: String(error) });
      throw error;
    }
  }
}

/** Of the cluster that the job is about. */
export const rolloutOf = ({ state, cluster }: Scope): Rollout | undefined =>
  state?.rollouts.find((one) => one.cluster === cluster);

function parentKey<T>(scope: Scope, { within }: Call<T>): string {
  const rollout = rolloutOf(scope);
  if (within !== undefined && rollout !== undefined) return within(rollout);
  return scope.state === undefined ? rootKey : keyOfNow(scope.state);
}

const aboutOf = ({ release, cluster, state }: Scope): Attributes => ({
  'spillway.release': release,
  'spillway.service': state?.service,
  'spillway.cluster': cluster,
});
