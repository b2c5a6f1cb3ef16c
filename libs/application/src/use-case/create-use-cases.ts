import { listAudit, verifyAudit, whoAmI } from './access/audit.js';
import { getMember, listMembers, putMember, removeMember } from './access/members.js';
import { createToken, getToken, listTokens, revokeToken, rotateToken } from './access/tokens.js';
import { guarded } from '../access/guard.js';
import {
  getCluster,
  getClusters,
  listClusters,
  probeCluster,
  putCluster,
  removeCluster,
} from './clusters.js';
import { changeReleaseStrategy } from './change-release-strategy.js';
import { commandRelease } from './command-release.js';
import type { UseCaseDeps } from './deps.js';
import { enforceEgress, putEgressPolicy } from './egress/change-egress.js';
import { getEgressPolicy, listEgressPolicies, reportEgress } from './egress/read-egress.js';
import { rollbackEgress } from './egress/rollback-egress.js';
import {
  getFreezeWindow,
  listFreezeWindows,
  putFreezeWindow,
  removeFreezeWindow,
} from './freeze/freeze-windows.js';
import { overrideFreeze } from './freeze/override-freeze.js';
import { listApprovalsWaiting } from './gate/approvals-waiting.js';
import { approveRelease, rejectRelease } from './gate/judge-release.js';
import { listGates, setGate } from './gate/service-gates.js';
import {
  getNotification,
  listNotifications,
  putNotification,
  removeNotification,
  testNotification,
} from './notifications.js';
import {
  getOutgoingDelivery,
  listOutgoingDeliveries,
  redeliverOutgoing,
} from './outgoing-deliveries.js';
import { listHookCalls } from './hook-calls.js';
import { planRelease } from './plan-release.js';
import { pushMeasurements } from './push-measurements.js';
import {
  getFeedPosition,
  getRelease,
  getReleases,
  getRunningReleases,
  listEvents,
  listLooks,
  listReleases,
} from './releases.js';
import { listSecrets, putSecret, removeSecret } from './secrets.js';
import { getService, getServices, listServices, putService } from './services.js';
import { getSource, listSources, putSource, removeSource } from './sources.js';
import { retryRelease, undoRelease } from './release-instead.js';
import { startRelease } from './start-release.js';
import { getStrategy, getStrategyVersions, listStrategies, putStrategy } from './strategies.js';
import {
  getReceivedDelivery,
  listReceivedDeliveries,
  redeliverReceived,
} from './webhook/deliveries.js';
import { receiveDelivery } from './webhook/receive-delivery.js';
import { getRule, listRules, putRule, removeRule } from './webhook/rules.js';
import { testRule } from './webhook/test-rule.js';
import { getWebhook, listWebhooks, putWebhook, removeWebhook } from './webhook/webhooks.js';
import type { UseCases } from './use-cases.js';
import { FeedChannel } from '../watch/feed-channel.js';
import { ReleaseChannels } from '../watch/release-channels.js';
import { followRelease, followReleases, watchRelease, type Watching } from './watch-release.js';

/** All of them over the same dependencies, each for those who may. */
export const createUseCases = (deps: UseCaseDeps): UseCases =>
  guarded(unguarded(deps), deps.unitOfWork);

const unguarded = (deps: UseCaseDeps): UseCases => ({
  createToken: createToken(deps),
  rotateToken: rotateToken(deps),
  revokeToken: revokeToken(deps),
  getToken: getToken(deps),
  listTokens: listTokens(deps),
  putMember: putMember(deps),
  removeMember: removeMember(deps),
  getMember: getMember(deps),
  listMembers: listMembers(deps),
  listAudit: listAudit(deps),
  verifyAudit: verifyAudit(deps),
  whoAmI: whoAmI(),
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
  putEgressPolicy: putEgressPolicy(deps),
  enforceEgress: enforceEgress(deps),
  rollbackEgress: rollbackEgress(deps),
  getEgressPolicy: getEgressPolicy(deps),
  listEgressPolicies: listEgressPolicies(deps),
  reportEgress: reportEgress(deps),
  putSecret: putSecret(deps),
  listSecrets: listSecrets(deps),
  removeSecret: removeSecret(deps),
  putSource: putSource(deps),
  getSource: getSource(deps),
  listSources: listSources(deps),
  removeSource: removeSource(deps),
  putNotification: putNotification(deps),
  getNotification: getNotification(deps),
  listNotifications: listNotifications(deps),
  removeNotification: removeNotification(deps),
  testNotification: testNotification(deps),
  getOutgoingDelivery: getOutgoingDelivery(deps),
  listOutgoingDeliveries: listOutgoingDeliveries(deps),
  redeliverOutgoing: redeliverOutgoing(deps),
  putWebhook: putWebhook(deps),
  getWebhook: getWebhook(deps),
  listWebhooks: listWebhooks(deps),
  removeWebhook: removeWebhook(deps),
  receiveDelivery: receiveDelivery(deps),
  getReceivedDelivery: getReceivedDelivery(deps),
  listReceivedDeliveries: listReceivedDeliveries(deps),
  redeliverReceived: redeliverReceived(deps),
  putRule: putRule(deps),
  getRule: getRule(deps),
  listRules: listRules(deps),
  removeRule: removeRule(deps),
  testRule: testRule(deps),
  pushMeasurements: pushMeasurements(deps),
  planRelease: planRelease(deps),
  startRelease: startRelease(deps),
  commandRelease: commandRelease(deps),
  retryRelease: retryRelease(deps),
  undoRelease: undoRelease(deps),
  changeReleaseStrategy: changeReleaseStrategy(deps),
  approveRelease: approveRelease(deps),
  rejectRelease: rejectRelease(deps),
  listApprovalsWaiting: listApprovalsWaiting(deps),
  overrideFreeze: overrideFreeze(deps),
  setGate: setGate(deps),
  listGates: listGates(deps),
  putFreezeWindow: putFreezeWindow(deps),
  getFreezeWindow: getFreezeWindow(deps),
  listFreezeWindows: listFreezeWindows(deps),
  removeFreezeWindow: removeFreezeWindow(deps),
  getRelease: getRelease(deps),
  getReleases: getReleases(deps),
  getRunningReleases: getRunningReleases(deps),
  listReleases: listReleases(deps),
  listEvents: listEvents(deps),
  listHookCalls: listHookCalls(deps),
  listLooks: listLooks(deps),
  getFeedPosition: getFeedPosition(deps),
  ...watched({
    unitOfWork: deps.unitOfWork,
    releases: new ReleaseChannels(deps),
    feed: new FeedChannel(deps),
  }),
});

/** They share what they read, with each other and with everybody who watches the same. */
const watched = (watching: Watching) => ({
  watchRelease: watchRelease(watching),
  followRelease: followRelease(watching),
  followReleases: followReleases(watching),
});
