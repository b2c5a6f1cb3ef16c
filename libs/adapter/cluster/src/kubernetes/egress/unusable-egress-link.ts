import type { ApplyOutcome, EgressLink, EgressLook } from '@spillway/application';
import type { ClusterName } from '@spillway/kernel';

/** Nowhere to go, because the cluster's connection cannot be used as it is written. */
export class UnusableEgressLink implements EgressLink {
  constructor(
    readonly cluster: ClusterName,
    private readonly reason: string,
  ) {}

  look(): Promise<EgressLook> {
    return Promise.resolve({ kind: 'unreachable', reason: this.reason });
  }

  write(): Promise<ApplyOutcome> {
    return Promise.resolve({ kind: 'unreachable', reason: this.reason });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
