import { accessSdl } from './access.js';
import { clusterSdl } from './cluster.js';
import { commonSdl } from './common.js';
import { described } from './describe/described.js';
import { egressSdl } from './egress.js';
import { eventSdl } from './event.js';
import { freezeSdl } from './freeze.js';
import { gateSdl } from './gate.js';
import { hookSdl } from './hook.js';
import { lookSdl } from './look.js';
import { liveSdl } from './live.js';
import { measurementSdl } from './measurement.js';
import { metricSdl } from './metric.js';
import { nodeSdl } from './node.js';
import { notificationSdl } from './notification.js';
import { releaseCommandSdl } from './release-command.js';
import { releaseSdl } from './release.js';
import { releasePlanSdl } from './release-plan.js';
import { serviceSdl } from './service.js';
import { sourceSdl } from './source.js';
import { strategySdl } from './strategy.js';
import { waveSdl } from './wave.js';
import { subscriptionSdl } from './subscription.js';
import { trafficSdl } from './traffic.js';
import { viewerSdl } from './viewer.js';
import { webhookSdl } from './webhook.js';

/** The whole schema, feature by feature. */
export const typeDefs: string = described(
  [
    commonSdl,
    nodeSdl,
    viewerSdl,
    clusterSdl,
    serviceSdl,
    strategySdl,
    waveSdl,
    metricSdl,
    trafficSdl,
    releaseSdl,
    releaseCommandSdl,
    liveSdl,
    releasePlanSdl,
    subscriptionSdl,
    eventSdl,
    lookSdl,
    hookSdl,
    gateSdl,
    freezeSdl,
    egressSdl,
    sourceSdl,
    measurementSdl,
    notificationSdl,
    webhookSdl,
    accessSdl,
  ].join('\n'),
);
