import type { Labels } from '@spillway/domain-topology';
import type { ClusterName, Instant, NamespaceName, ServiceName } from '@spillway/kernel';

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** Minutes after midnight on a wall clock; 1,440 is the end of the day. */
export type TimeOfDay = number;

/** When a window is in force. Its end does not belong to it. */
export type FreezeTimes =
  | { readonly kind: 'once'; readonly from: Instant; readonly to: Instant }
  /**
   * Exactly while a clock on the wall there shows such a time on such a day. An end that is not
   * after the beginning is one of the next day. What a clock leaves out in spring does not come,
   * and what it shows twice in autumn comes twice.
   */
  | {
      readonly kind: 'weekly';
      readonly days: readonly Weekday[];
      readonly from: TimeOfDay;
      readonly to: TimeOfDay;
      /** IANA name, such as `Europe/Berlin`. */
      readonly timeZone: string;
    };

/** What a window is about; all that is said must fit, and what is left out fits all. */
export interface FreezeScope {
  readonly namespaces?: readonly NamespaceName[];
  readonly services?: readonly ServiceName[];
  /** Labels that a cluster must have, all of them. */
  readonly clusters?: Labels;
}

/** A time in which candidates get no more traffic. Going back is always possible. */
export interface FreezeWindow {
  readonly name: string;
  readonly times: FreezeTimes;
  readonly scope: FreezeScope;
  /** Why, for people who are held by it; may be empty. */
  readonly because: string;
}

/** The clusters of a service that a window concerns. */
export function clustersFrozen(
  { scope }: Pick<FreezeWindow, 'scope'>,
  service: ServiceName,
  clusters: readonly { readonly name: ClusterName; readonly labels: Labels }[],
): readonly ClusterName[] {
  const namespace = service.slice(0, service.indexOf('/'));
  const isMeant =
    (scope.services?.includes(service) ?? true) &&
    (scope.namespaces?.some((name) => name === namespace) ?? true);
  if (!isMeant) return [];
  const wanted = Object.entries(scope.clusters ?? {});
  return clusters
    .filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value))
    .map(({ name }) => name);
}
