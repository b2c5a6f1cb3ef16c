import type { ReleaseId } from '@spillway/kernel';

/** Tells this process of every change of a release, made by whichever process. */
export interface ReleaseFeed {
  /**
   * Calls the listener after each committed save. May call once too often (after
   * a lost connection, for every listener), never once too little. Returns how to stop.
   */
  subscribe(listener: (release: ReleaseId) => void): () => void;
}
