import type {
  ApplyOutcome,
  ClusterLink,
  MetricsSource,
  NumberSource,
  OutgoingAnswer,
  OutgoingCalls,
  OutgoingRequest,
} from '@spillway/application';
import { toTraceparent } from './ids.js';
import { rolloutOf, type Call, type LiveSpans, type Outcome } from './live-spans.js';
import { trafficKey } from './open-spans.js';
import type { SpanPlace } from './span.js';
import { withMethods } from './with-methods.js';

interface Place {
  readonly namespace: string;
  readonly name: string;
}

/** Each write is a part of bringing its cluster to a generation. */
export function tracedLink(plain: ClusterLink, live: LiveSpans): ClusterLink {
  const write = (
    verb: 'apply' | 'patch' | 'remove',
    kind: string,
    { namespace, name }: Place,
    work: () => Promise<ApplyOutcome>,
  ): Promise<ApplyOutcome> => {
    const object = { 'k8s.object.kind': kind, 'k8s.object.name': `${namespace}/${name}` };
    const call: Call<ApplyOutcome> = {
      name: `write ${kind}`,
      attributes: (scope) => ({
        ...object,
        'spillway.write': verb,
        'spillway.generation': rolloutOf(scope)?.desired.generation,
      }),
      within: trafficKey,
      outcome: outcomeOfWrite,
    };
    return live.during(call, work);
  };
  return withMethods<ClusterLink>(plain, {
    apply: (...args) => {
      const [{ kind, metadata }] = args;
      return write('apply', kind, metadata, () => plain.apply(...args));
    },
    patch: (...args) => {
      const [{ kind, place }] = args;
      return write('patch', kind, place, () => plain.patch(...args));
    },
    remove: (...args) => {
      const [{ kind, place }] = args;
      return write('remove', kind, place, () => plain.remove(...args));
    },
  });
}

const outcomeOfWrite = (outcome: ApplyOutcome): Outcome => ({
  attributes: { 'spillway.outcome': outcome.kind },
  ...('reason' in outcome ? { failure: outcome.reason } : {}),
});

export const tracedMetrics = (plain: MetricsSource, live: LiveSpans): MetricsSource =>
  withMethods<MetricsSource>(plain, {
    read: (question) =>
      live.during(
        {
          name: 'measure',
          attributes: () => ({ 'spillway.query': question.query.kind }),
          outcome: answered,
        },
        () => plain.read(question),
      ),
  });

export const tracedSource = (plain: NumberSource, name: string, live: LiveSpans): NumberSource =>
  withMethods<NumberSource>(plain, {
    ask: (question) =>
      live.during(
        { name: 'measure', attributes: () => ({ 'spillway.source': name }), outcome: answered },
        () => plain.ask(question),
      ),
  });

const answered = (
  answer: { readonly kind: string } | { readonly kind: 'error'; readonly message: string },
): Outcome => ({
  attributes: { 'spillway.outcome': answer.kind },
  ...('message' in answer ? { failure: answer.message } : {}),
});

/** Hooks are told where they are in the trace, and may go on with it. */
export const tracedHooks = (plain: OutgoingCalls, live: LiveSpans): OutgoingCalls =>
  withMethods<OutgoingCalls>(plain, {
    call: (request) =>
      live.during(
        {
          name: 'hook',
          attributes: ({ job }) => ({
            'spillway.hook': job.kind === 'hook' ? job.hook : undefined,
            'http.request.method': request.method,
            // Not all of the address: what is behind the host may hold a secret.
            'server.address': URL.canParse(request.url) ? new URL(request.url).host : undefined,
          }),
          outcome: outcomeOfCall,
        },
        (place) => plain.call(place === undefined ? request : toldOf(request, place)),
      ),
  });

const toldOf = (request: OutgoingRequest, place: SpanPlace): OutgoingRequest => ({
  ...request,
  headers: { ...request.headers, traceparent: toTraceparent(place) },
});

const outcomeOfCall = (answer: OutgoingAnswer): Outcome =>
  answer.kind === 'answered'
    ? {
        attributes: {
          'spillway.outcome': 'answered',
          'http.response.status_code': answer.status,
        },
      }
    : { attributes: { 'spillway.outcome': answer.kind }, failure: answer.reason };
