import type { Caller, StrategyReference, UseCases } from '@spillway/application';
import type { ClusterName, ReleaseId, ServiceName } from '@spillway/kernel';
import {
  toClusterView,
  toReleaseView,
  toServiceView,
  toStrategyView,
  type ClusterView,
  type ReleaseView,
  type ServiceView,
  type StrategyView,
} from '@spillway/interface-contract';
import { loaderOf, type Loader } from './loader-of.js';

/** What leads from one object to another: a page of them takes as many statements as one. */
export interface Loaders {
  readonly clusters: Loader<ClusterName, ClusterView>;
  readonly services: Loader<ServiceName, ServiceView>;
  readonly strategies: Loader<StrategyReference, StrategyView>;
  readonly releases: Loader<ReleaseId, ReleaseView>;
  /** By the service that is being released. */
  readonly running: Loader<ServiceName, ReleaseView>;
}

const itself = (name: string): string => name;

export const createLoaders = (useCases: UseCases, caller: Caller): Loaders => ({
  clusters: loaderOf({
    ask: (names: readonly ClusterName[]) => useCases.getClusters(names, caller),
    textOf: itself,
    keyOf: ({ record }) => record.name,
    view: toClusterView,
  }),
  services: loaderOf({
    ask: (names: readonly ServiceName[]) => useCases.getServices(names, caller),
    textOf: itself,
    keyOf: ({ service }) => service,
    view: toServiceView,
  }),
  strategies: loaderOf({
    ask: (versions: readonly StrategyReference[]) => useCases.getStrategyVersions(versions, caller),
    textOf: ({ name, version }) => `${name}:${version}`,
    keyOf: ({ name, version }) => ({ name, version }),
    view: toStrategyView,
  }),
  releases: loaderOf({
    ask: (ids: readonly ReleaseId[]) => useCases.getReleases(ids, caller),
    textOf: itself,
    keyOf: ({ id }) => id,
    view: toReleaseView,
  }),
  running: loaderOf({
    ask: (services: readonly ServiceName[]) => useCases.getRunningReleases(services, caller),
    textOf: itself,
    keyOf: ({ service }) => service,
    view: toReleaseView,
  }),
});

/** A subscription goes on for hours: what it tells next is read anew. */
export function forget(loaders: Loaders): void {
  for (const loader of Object.values(loaders) as Loader<unknown, unknown>[]) loader.clearAll();
}
