import type { Instant } from '@spillway/kernel';

/** What a span says beside its name. `undefined` is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A span that somebody else wrote, or will write. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
}

/** A span that has ended: spans are written at their end, in one piece. */
export interface Span extends SpanPlace {
  /** Absent for the release's own. */
  readonly parentId?: string;
  readonly name: string;
  /** `client`: somebody else was asked; `server`: somebody else asked. */
  readonly kind: 'internal' | 'client' | 'server';
  readonly from: Instant;
  readonly to: Instant;
  readonly attributes: Attributes;
  /** Why it came to nothing; absent where it did not. */
  readonly failure?: string;
  readonly links: readonly SpanPlace[];
}

/** Where spans go. Never throws and never waits: what it cannot hold is dropped. */
export interface SpanSink {
  write(span: Span): void;
  /** Sends what it holds, as far as that takes no more than a moment. */
  close(): Promise<void>;
}
