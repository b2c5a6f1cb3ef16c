import type { ClusterLink, LinkState } from '@spillway/application';
import type { LiveRouting } from '@spillway/domain-istio';
import { instant, type Instant } from '@spillway/kernel';
import type { Life } from './life.js';

/** A link of a process: its calls end with the process, and its moments are by the process's clock. */
export function aliveLink(link: ClusterLink, life: Life, skew: number): ClusterLink {
  const call = <T>(verb: string, run: () => Promise<T>): Promise<T> =>
    life.guard(run, `${verb} in ${link.cluster}`);
  return {
    cluster: link.cluster,
    state: () => stateBy(link.state(), skew),
    routing: (service) => routingBy(link.routing(service), skew),
    reread: (service) => call('reread', () => link.reread(service)),
    follow: (service) => link.follow(service),
    unfollow: (service) => link.unfollow(service),
    readyEndpoints: (service, version) => link.readyEndpoints(service, version),
    apply: (object, expected) => call('apply', () => link.apply(object, expected)),
    patch: (write) => call('patch', () => link.patch(write)),
    setAccessLog: (setting) => call('access log', () => link.setAccessLog(setting)),
    dryRun: (write) => call('dry run', () => link.dryRun(write)),
    remove: (write) => call('remove', () => link.remove(write)),
    probe: () => link.probe(),
    close: () => link.close(),
  };
}

const by = (at: Instant, skew: number): Instant => instant(at + skew);

const stateBy = (state: LinkState, skew: number): LinkState =>
  skew === 0 ? state : { ...state, since: by(state.since, skew) };

function routingBy(live: LiveRouting | undefined, skew: number): LiveRouting | undefined {
  if (live === undefined || skew === 0) return live;
  const { destinationRuleSince: rule, virtualServiceSince: route } = live;
  return {
    ...live,
    ...(rule !== undefined && { destinationRuleSince: by(rule, skew) }),
    ...(route !== undefined && { virtualServiceSince: by(route, skew) }),
  };
}
