import type { ReleaseEvent } from '@spillway/domain-release';
import type { Attributes } from './span.js';

/** A span of a release's life, for as long as it lasts. */
export interface OpenSpan {
  /** The same for as long as it is the same span. */
  readonly key: string;
  readonly name: string;
  /** Key of the span that it is a part of; absent for the release's own. */
  readonly within?: string;
  readonly attributes: Attributes;
  /** Only this end makes a span of it. */
  readonly endsBy?: ReleaseEvent['type'];
  /** The end that says that it came to nothing. */
  readonly failsBy?: ReleaseEvent['type'];
}

/** Key of the span that lasts as long as its release. */
export const rootKey = 'release';
