import type { LiveRouting } from '@spillway/domain-istio';
import { duration, type Duration, type Version } from '@spillway/kernel';
import type { ClusterLink } from '../port/cluster-link.js';
import type { ServiceRecord } from '../port/service-store.js';

/** What a cluster holds for a service; `unseen` says why nothing is known. */
export type Look =
  | {
      readonly kind: 'seen';
      readonly live: LiveRouting;
      /** Ready pods by version. */
      readonly ready: ReadonlyMap<Version, number>;
    }
  | { readonly kind: 'unseen'; readonly because: string };

const between = duration(50);
const atMost = 5_000 / between;

/** Waits for the first look of a link that has just been opened, for five seconds at most. */
export async function lookAtCluster(
  link: ClusterLink,
  service: ServiceRecord,
  versions: readonly Version[],
  pause: (length: Duration) => Promise<void>,
): Promise<Look> {
  link.follow(service);
  for (let looks = 0; looks < atMost; looks += 1) {
    const state = link.state();
    if (state.kind === 'unreachable') return { kind: 'unseen', because: state.reason };
    const live = link.routing(service);
    const ready = readyOf(link, service, versions);
    if (state.kind === 'ready' && live !== undefined && ready !== undefined) {
      return { kind: 'seen', live, ready };
    }
    await pause(between);
  }
  return { kind: 'unseen', because: 'it did not say what it holds within 5 s' };
}

function readyOf(
  link: ClusterLink,
  service: ServiceRecord,
  versions: readonly Version[],
): ReadonlyMap<Version, number> | undefined {
  const counts = new Map<Version, number>();
  for (const version of versions) {
    const ready = link.readyEndpoints(service, version);
    if (ready === undefined) return undefined;
    counts.set(version, ready);
  }
  return counts;
}
