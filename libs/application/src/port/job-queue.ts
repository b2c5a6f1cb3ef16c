import type {
  ClusterName,
  DeliveryId,
  Instant,
  NamespaceName,
  NotificationName,
  ReleaseId,
  ServiceName,
} from '@spillway/kernel';

/**
 * Work for a worker, at least once.
 *
 * The kinds are split by what they may wait for, so that a slow Prometheus or a
 * dead cluster never stands between a rollback and another cluster:
 * `reconcile` touches the database only, `apply` one cluster, `measure` the metrics of one (and of
 * others only while they answer as fast), `verify` the proxies of one, `egress` and `accessLog` one
 * cluster for what no release waits for, `hook` one address outside. `announce` finds out, in the
 * database, who is to be told of a release, and `notify` tells one of them.
 */
export type Job =
  | { readonly kind: 'reconcile'; readonly release: ReleaseId }
  | { readonly kind: 'apply'; readonly release: ReleaseId; readonly cluster: ClusterName }
  | { readonly kind: 'measure'; readonly release: ReleaseId; readonly cluster: ClusterName }
  | { readonly kind: 'verify'; readonly release: ReleaseId; readonly cluster: ClusterName }
  | {
      readonly kind: 'accessLog';
      readonly service: ServiceName;
      readonly cluster: ClusterName;
      /** Where the pods are that log, or no longer do. */
      readonly namespace: NamespaceName;
    }
  | { readonly kind: 'announce'; readonly release: ReleaseId }
  | { readonly kind: 'notify'; readonly endpoint: NotificationName }
  | { readonly kind: 'hook'; readonly release: ReleaseId; readonly hook: string }
  | { readonly kind: 'trigger'; readonly delivery: DeliveryId }
  | { readonly kind: 'egress'; readonly namespace: NamespaceName; readonly cluster: ClusterName };

export interface JobQueue {
  /**
   * Queues a job; at once without `runAt`. A waiting job of the same kind and
   * subject is replaced when the new one is due earlier, and kept otherwise.
   * Two jobs of the same kind and subject never run at the same moment.
   */
  enqueue(job: Job, runAt?: Instant): Promise<void>;
}
