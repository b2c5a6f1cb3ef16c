import {
  putCluster,
  getCluster,
  getClusters,
  listClusters,
  removeCluster,
  probeCluster,
} from './clusters.js';
import type { UseCaseDeps } from './deps.js';
import { pushMeasurements } from './push-measurements.js';
import { putSecret, listSecrets, removeSecret } from './secrets.js';
import { putService, getService, getServices, listServices } from './services.js';
import { putSource, getSource, listSources, removeSource } from './sources.js';
import { putStrategy, getStrategy, getStrategyVersions, listStrategies } from './strategies.js';
import type { TopologyUseCases } from './topology-use-cases.js';

export const createTopologyUseCases = (deps: UseCaseDeps): TopologyUseCases => ({
  putCluster: putCluster(deps),
  getCluster: getCluster(deps),
  getClusters: getClusters(deps),
  listClusters: listClusters(deps),
  removeCluster: removeCluster(deps),
  probeCluster: probeCluster(deps),
  putService: putService(deps),
  getService: getService(deps),
  getServices: getServices(deps),
  listServices: listServices(deps),
  putStrategy: putStrategy(deps),
  getStrategy: getStrategy(deps),
  getStrategyVersions: getStrategyVersions(deps),
  listStrategies: listStrategies(deps),
  putSecret: putSecret(deps),
  listSecrets: listSecrets(deps),
  removeSecret: removeSecret(deps),
  putSource: putSource(deps),
  getSource: getSource(deps),
  listSources: listSources(deps),
  removeSource: removeSource(deps),
  pushMeasurements: pushMeasurements(deps),
});
