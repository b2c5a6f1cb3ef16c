import type {
  ApplyOutcome,
  ClusterLink,
  LinkState,
  ProbeFinding,
  RereadOutcome,
} from '@spillway/application';
import type { ClusterName, Instant } from '@spillway/kernel';

/** A link that has nowhere to go, because its connection cannot be used as it is written. */
export class UnusableLink implements ClusterLink {
  constructor(
    readonly cluster: ClusterName,
    private readonly since: Instant,
    private readonly reason: string,
  ) {}

  state(): LinkState {
    return { kind: 'unreachable', since: this.since, reason: this.reason };
  }

  routing(): undefined {
    return undefined;
  }

  reread(): Promise<RereadOutcome> {
    return Promise.resolve({ kind: 'unreachable', reason: this.reason });
  }

  follow(): void {
    // There is nothing to watch.
  }

  unfollow(): void {
    // Nothing was watched.
  }

  readyEndpoints(): undefined {
    return undefined;
  }

  apply(): Promise<ApplyOutcome> {
    return Promise.resolve({ kind: 'unreachable', reason: this.reason });
  }

  patch(): Promise<ApplyOutcome> {
    return this.apply();
  }

  dryRun(): Promise<ApplyOutcome> {
    return this.apply();
  }

  setAccessLog(): Promise<ApplyOutcome> {
    return this.apply();
  }

  remove(): Promise<ApplyOutcome> {
    return this.apply();
  }

  probe(): Promise<readonly ProbeFinding[]> {
    return Promise.resolve([{ kind: 'unreachable', detail: this.reason }]);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
