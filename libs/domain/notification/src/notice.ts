import type { Phase, ReleaseEvent } from '@spillway/domain-release';
import type { ClusterName, Instant, ReleaseId, ServiceName, Version } from '@spillway/kernel';
import type { Severity } from './severity.js';

/** What happened, or `test` for what somebody sends to see whether it arrives. */
export type NoticeType = ReleaseEvent['type'] | 'test';

/** Of a release that CI asked for: what its candidate was built from. */
export interface Commit {
  readonly sha: string;
  /** `owner/name`. */
  readonly repository?: string;
}

/** The release as it was after the event, and not as it is when somebody hears of it. */
export interface NoticedRelease {
  readonly id: ReleaseId;
  readonly service: ServiceName;
  readonly stable: Version;
  readonly candidate: Version;
  readonly strategy: { readonly name: string; readonly version: number };
  readonly requestedBy: string;
  readonly description: string;
  readonly phase: Phase;
  /** Absent where nobody said. */
  readonly commit?: Commit;
}

/**
 * One event of a release, as endpoints are told of it. It is kept with its deliveries and
 * given its vendor's form only when it is sent, so a delivery that is repeated after an
 * upgrade or after a change of its endpoint has the form of that time. Holds no secret.
 */
export interface Notice {
  readonly type: NoticeType;
  readonly severity: Severity;
  readonly at: Instant;
  /** The sentence that is stored with the event. */
  readonly because: string;
  readonly actor: string;
  readonly release: NoticedRelease;
  /** Its place in the release's history; 0 of a test. */
  readonly sequence: number;
  /** Absent where the phase stayed as it was. */
  readonly phaseBefore?: Phase;
  /** Numbered from 1. */
  readonly step?: { readonly number: number; readonly of: number; readonly text: string };
  /** Clusters that the event is about; none where it is about all. */
  readonly clusters: readonly ClusterName[];
  /** What the candidate gets from now on: `10 %`. */
  readonly candidateGets?: string;
}
