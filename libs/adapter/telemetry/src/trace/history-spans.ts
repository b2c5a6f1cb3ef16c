import { begin, evolve, type Release, type ReleaseEvent } from '@spillway/domain-release';
import { InvariantBroken, type Instant, type ReleaseId } from '@spillway/kernel';
import { spanIdOf, traceIdOf } from './ids.js';
import { openSpans } from './open-spans.js';
import { rootKey, type OpenSpan } from './open-span.js';
import type { Span, SpanPlace } from './span.js';

/**
 * The spans that ended with the newest `count` events of a history that begins with the first.
 * Whoever committed an event writes what ended with it, so that each span is written once, also
 * where its beginning was the doing of a process that is long gone.
 */
export function endedSpans(history: readonly ReleaseEvent[], count: number): readonly Span[] {
  const [first, ...rest] = history;
  if (first?.type !== 'created') throw new InvariantBroken('a history begins with "created"');
  let release = begin(first);
  const life = new Life(release, first.at);
  const spans: Span[] = [];
  for (const [index, event] of rest.entries()) {
    release = evolve(release, event);
    const ended = life.goOn(release, event);
    if (index + 1 >= history.length - count) spans.push(...ended);
  }
  return spans;
}

interface Lasting {
  readonly span: OpenSpan;
  readonly from: Instant;
  readonly spanId: string;
  readonly parentId: string | undefined;
}

/** What is open in a release, from event to event. */
class Life {
  private readonly open = new Map<string, Lasting>();
  private readonly times = new Map<string, number>();
  private readonly id: ReleaseId;

  constructor(release: Release, at: Instant) {
    this.id = release.id;
    this.begin(openSpans(release), at);
  }

  /** What ended with the event. */
  goOn(release: Release, event: ReleaseEvent): readonly Span[] {
    const now = openSpans(release);
    const keys = new Set(now.map(({ key }) => key));
    const ended = [...this.open.values()].filter(({ span }) => !keys.has(span.key));
    for (const { span } of ended) this.open.delete(span.key);
    this.begin(now, event.at);
    return ended
      .filter(({ span }) => span.endsBy === undefined || span.endsBy === event.type)
      .map((lasting) => toSpan(lasting, release, event));
  }

  /** Outer ones come first, so that inner ones find them. */
  private begin(spans: readonly OpenSpan[], at: Instant): void {
    for (const span of spans) {
      const known = this.open.get(span.key);
      // What is known of it may have changed: the reason of a hold, the stable version of a queued release.
      this.open.set(span.key, known === undefined ? this.first(span, at) : { ...known, span });
    }
  }

  private first(span: OpenSpan, from: Instant): Lasting {
    const { key, within } = span;
    const times = this.times.get(key) ?? 0;
    this.times.set(key, times + 1);
    const spanId = spanIdOf(this.id, times === 0 ? key : `${key} again ${times}`);
    const parentId = within && (this.open.get(within)?.spanId ?? spanIdOf(this.id, within));
    return { span, from, spanId, parentId };
  }
}

const toSpan = (
  { span, from, spanId, parentId }: Lasting,
  release: Release,
  { type, because, at }: ReleaseEvent,
): Span => ({
  traceId: traceIdOf(release.id),
  spanId,
  ...(parentId === undefined ? {} : { parentId }),
  name: span.name,
  kind: 'internal',
  from,
  to: at,
  attributes: {
    'spillway.release': release.id,
    ...span.attributes,
    'spillway.outcome': type,
    'spillway.because': because,
  },
  ...(span.failsBy === type ? { failure: because } : {}),
  links: span.key === rootKey ? relatedTo(release) : [],
});

/** The release that this one does again or undoes, and the one that takes its place. */
const relatedTo = ({ follows, supersededBy }: Release): readonly SpanPlace[] =>
  [follows?.release, supersededBy].flatMap((id) =>
    id === undefined ? [] : [{ traceId: traceIdOf(id), spanId: spanIdOf(id, rootKey) }],
  );
