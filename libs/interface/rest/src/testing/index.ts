export { callerOf, type Answer } from './caller.js';
export { startRestApp, tokens, type RestApp, type RestAppOptions } from './rest-app.js';
export { StreamReader } from './stream-reader.js';
/** For tests of clients, which know the server and not what is behind it. */
export {
  aCaller,
  aCluster,
  aDeployment,
  aService,
  furnishWebhook,
  github,
  scriptedDelivery,
  senderOf,
} from '@spillway/application/testing';
