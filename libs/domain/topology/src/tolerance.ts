import type { ClusterName } from '@spillway/kernel';

/**
 * Whether a release may go on while some clusters cannot be reached.
 * A cluster that is left behind is caught up when it returns.
 */
export const tolerates = (
  unreachable: readonly ClusterName[],
  maxUnavailableClusters: number,
): boolean => unreachable.length <= maxUnavailableClusters;
