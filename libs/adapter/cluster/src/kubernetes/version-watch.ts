import type { Version } from '@spillway/kernel';

/** Counts the ready pods of a service's versions while it runs. */
export interface VersionWatch {
  run(): Promise<unknown>;
  stop(): void;
  /** Somebody else got no answer from this server. */
  doubt(reason: string): void;
  /** `undefined` while a watch is broken, too: none is not the same as nobody knows. */
  ready(version: Version): number | undefined;
}
