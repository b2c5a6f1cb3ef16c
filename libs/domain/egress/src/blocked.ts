import type { Instant } from '@spillway/kernel';
import { isOpen, openedByPeople, openedByUs } from './coverage.js';
import type { LiveEgress } from './live-egress.js';
import type { AllowedEgress } from './policy.js';

/** Traffic out of the mesh as proxies counted it. */
export interface SeenEgress {
  readonly workload: string;
  /** Absent where the protocol names none to the proxy, as TLS to an unknown host does. */
  readonly host?: string;
  /** Absent where it was not said. */
  readonly port?: number;
  /** As Istio says it: `http`, `grpc` or `tcp`. */
  readonly protocol: string;
  /** Requests, or connections where there are no requests. */
  readonly requests: number;
  readonly firstSeen?: Instant;
  readonly lastSeen?: Instant;
  /** Whether a proxy refused it already. */
  readonly isBlocked: boolean;
}

/** What the allow-list does not cover, the busiest first. Traffic to no known host is covered by nothing. */
export function uncovered(
  { namespace, allow }: { readonly namespace: string; readonly allow: readonly AllowedEgress[] },
  live: Pick<LiveEgress, 'objects'>,
  seen: readonly SeenEgress[],
): readonly SeenEgress[] {
  const open = [...openedByPeople(namespace, live), ...openingsOf(allow)];
  return seen
    .filter(({ host, port }) => host === undefined || !isOpen(open, destination(host, port)))
    .toSorted((a, b) => b.requests - a.requests);
}

/** Hosts that our ServiceEntries open now and the allow-list does not name any more. */
export function dropped(
  { namespace, allow }: { readonly namespace: string; readonly allow: readonly AllowedEgress[] },
  live: Pick<LiveEgress, 'objects'>,
): readonly string[] {
  const open = [...openedByPeople(namespace, live), ...openingsOf(allow)];
  return openedByUs(namespace, live).flatMap(({ hosts, ports }) =>
    hosts.filter((host) => ports.some((port) => !isOpen(open, { host, port }))),
  );
}

const openingsOf = (allow: readonly AllowedEgress[]) =>
  allow.map(({ hosts, ports }) => ({ hosts, ports: ports.map(({ number }) => number) }));

const destination = (host: string, port: number | undefined) => ({
  host,
  ...(port === undefined ? {} : { port }),
});
