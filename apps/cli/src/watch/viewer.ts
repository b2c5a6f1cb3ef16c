import type { Release, ReleaseEvent } from '@spillway/sdk';

/** A release after a change, with what happened since the last one. */
export interface Change {
  readonly release: Release;
  readonly news: readonly ReleaseEvent[];
}

/** Shows a release to whoever watches. */
export interface Viewer {
  show(change: Change): void;
  /** Called once, whatever ended the watch. Leaves the terminal as it was. */
  close(): void;
}
