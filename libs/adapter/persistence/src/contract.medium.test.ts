import {
  accessFeedContract,
  auditStoreContract,
  clusterStoreContract,
  egressStoreContract,
  hookCallStoreContract,
  freezeWindowStoreContract,
  gateStoreContract,
  idempotencyStoreContract,
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
} from '@spillway/application/testing';
import { describe } from '@jest/globals';
import { freshPersistence } from './testing/fresh-persistence.js';

const make = async () => {
  const persistence = await freshPersistence();
  return {
    uow: persistence.unitOfWork,
    feed: persistence.releaseFeed,
    accessFeed: persistence.accessFeed,
    close: () => persistence.close(),
  };
};

describe('cluster store', () => clusterStoreContract(make));
describe('service store', () => serviceStoreContract(make));
describe('strategy store', () => strategyStoreContract(make));
describe('release store', () => releaseStoreContract(make));
describe('measurement store', () => measurementStoreContract(make));
describe('egress store', () => egressStoreContract(make));
describe('secret store', () => secretStoreContract(make));
describe('source store', () => sourceStoreContract(make));
describe('notification store', () => notificationStoreContract(make));
describe('outgoing delivery store', () => outgoingDeliveryStoreContract(make));
describe('pushed store', () => pushedStoreContract(make));
describe('webhook store', () => webhookStoreContract(make));
describe('rule store', () => ruleStoreContract(make));
describe('received store', () => receivedStoreContract(make));
describe('freeze window store', () => freezeWindowStoreContract(make));
describe('gate store', () => gateStoreContract(make));
describe('hook call store', () => hookCallStoreContract(make));
describe('idempotency store', () => idempotencyStoreContract(make));
describe('audit store', () => auditStoreContract(make));
describe('token store', () => tokenStoreContract(make));
describe('member store', () => memberStoreContract(make));
describe('access feed', () => accessFeedContract(make));
describe('release feed', () => releaseFeedContract(make));
describe('unit of work', () => unitOfWorkContract(make));
