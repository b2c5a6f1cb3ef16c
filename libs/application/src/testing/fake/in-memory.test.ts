import { describe } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import {
  accessFeedContract,
  auditStoreContract,
  clusterStoreContract,
  egressStoreContract,
  freezeWindowStoreContract,
  gateStoreContract,
  hookCallStoreContract,
  idempotencyStoreContract,
  jobQueueContract,
  measurementStoreContract,
  memberStoreContract,
  notificationStoreContract,
  outgoingDeliveryStoreContract,
  pushedStoreContract,
  receivedStoreContract,
  releaseFeedContract,
  releaseStoreContract,
  ruleStoreContract,
  secretStoreContract,
  serviceStoreContract,
  sourceStoreContract,
  strategyStoreContract,
  tokenStoreContract,
  unitOfWorkContract,
  webhookStoreContract,
} from '../contract/index.js';
import { createInMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { VirtualClock } from './virtual-clock.js';

const make = () => {
  const uow = createInMemoryUnitOfWork({ clock: new VirtualClock(aMoment) });
  const { jobs, feed, accessFeed } = uow;
  return Promise.resolve({
    uow,
    feed,
    accessFeed,
    drain: async (handler: Parameters<typeof jobs.run>[0]) => void (await jobs.run(handler)),
  });
};

describe('unit of work in memory', () => unitOfWorkContract(make));
describe('clusters in memory', () => clusterStoreContract(make));
describe('services in memory', () => serviceStoreContract(make));
describe('strategies in memory', () => strategyStoreContract(make));
describe('releases in memory', () => releaseStoreContract(make));
describe('measurements in memory', () => measurementStoreContract(make));
describe('egress policies in memory', () => egressStoreContract(make));
describe('secrets in memory', () => secretStoreContract(make));
describe('freeze windows in memory', () => freezeWindowStoreContract(make));
describe('gates in memory', () => gateStoreContract(make));
describe('sources in memory', () => sourceStoreContract(make));
describe('notification endpoints in memory', () => notificationStoreContract(make));
describe('outgoing deliveries in memory', () => outgoingDeliveryStoreContract(make));
describe('pushed measurements in memory', () => pushedStoreContract(make));
describe('webhooks in memory', () => webhookStoreContract(make));
describe('rules in memory', () => ruleStoreContract(make));
describe('received deliveries in memory', () => receivedStoreContract(make));
describe('idempotency keys in memory', () => idempotencyStoreContract(make));
describe('hook calls in memory', () => hookCallStoreContract(make));
describe('audit log in memory', () => auditStoreContract(make));
describe('tokens in memory', () => tokenStoreContract(make));
describe('members in memory', () => memberStoreContract(make));
describe('access feed in memory', () => accessFeedContract(make));
describe('jobs in memory', () => jobQueueContract(make));
describe('release feed in memory', () => releaseFeedContract(make));
