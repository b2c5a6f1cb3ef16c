import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller, Clock, UseCases } from '@spillway/application';
import type { Release } from '@spillway/domain-release';
import type { Instant, Refusal, ReleaseId, Result } from '@spillway/kernel';
import { newSpanId, parseTraceparent, spanIdOf, traceIdOf } from './ids.js';
import { rootKey } from './open-span.js';
import type { Span, SpanPlace, SpanSink } from './span.js';

/** What people tell releases to do. */
const commands = [
  'startRelease',
  'commandRelease',
  'retryRelease',
  'undoRelease',
  'changeReleaseStrategy',
  'approveRelease',
  'rejectRelease',
  'overrideFreeze',
] as const satisfies readonly (keyof UseCases)[];

type Command = (typeof commands)[number];

interface Input {
  readonly release?: ReleaseId;
  readonly verb?: string;
}

type Doing = (input: Input, caller: Caller) => Promise<Result<Release, Refusal>>;

export interface CommandSpans {
  readonly sink: Pick<SpanSink, 'write'>;
  readonly clock: Clock;
  readonly isTraced: (release: ReleaseId) => boolean;
}

/** Requests with the trace that their sender is in, which is another one than the release's. */
export class Senders {
  private readonly storage = new AsyncLocalStorage<SpanPlace | undefined>();

  during<T>(traceparent: string | undefined, work: () => T): T {
    return this.storage.run(parseTraceparent(traceparent), work);
  }

  current(): SpanPlace | undefined {
    return this.storage.getStore();
  }
}

/** Each command is a span in the trace of its release, linked to the trace of whoever sent it. */
export function tracedUseCases(plain: UseCases, senders: Senders, spans: CommandSpans): UseCases {
  const traced = commands.map((name) => {
    const doing = plain[name] as Doing;
    const does: Doing = async (input, caller) => {
      const from = spans.clock.now();
      const outcome = await doing(input, caller);
      const release = outcome.ok ? outcome.value.id : input.release;
      if (release !== undefined && spans.isTraced(release)) {
        const told = { name, input, caller, outcome, sender: senders.current() };
        spans.sink.write(spanOf(release, told, { from, to: spans.clock.now() }));
      }
      return outcome;
    };
    return [name, does] as const;
  });
  return { ...plain, ...(Object.fromEntries(traced) as unknown as Pick<UseCases, Command>) };
}

interface Told {
  readonly name: Command;
  readonly input: Input;
  readonly caller: Caller;
  readonly outcome: Result<Release, Refusal>;
  readonly sender: SpanPlace | undefined;
}

const spanOf = (
  release: ReleaseId,
  { name, input, caller, outcome, sender }: Told,
  time: { readonly from: Instant; readonly to: Instant },
): Span => ({
  traceId: traceIdOf(release),
  spanId: newSpanId(),
  parentId: spanIdOf(release, rootKey),
  name: input.verb === undefined ? name : `${name} ${input.verb}`,
  kind: 'server',
  ...time,
  attributes: {
    'spillway.release': release,
    'spillway.actor': caller.actor,
    'spillway.door': caller.origin.via,
    'spillway.request': caller.origin.requestId,
    'spillway.outcome': outcome.ok ? 'accepted' : outcome.error.code,
  },
  ...(outcome.ok ? {} : { failure: outcome.error.message }),
  links: sender === undefined ? [] : [sender],
});
