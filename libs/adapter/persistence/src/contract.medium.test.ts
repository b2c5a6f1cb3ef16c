import {
  clusterStoreContract,
  egressStoreContract,
  hookCallStoreContract,
  idempotencyStoreContract,
  measurementStoreContract,
  notificationStoreContract,
  outgoingDeliveryStoreContract,
  pushedStoreContract,
  releaseFeedContract,
  releaseStoreContract,
  secretStoreContract,
  serviceStoreContract,
  sourceStoreContract,
  strategyStoreContract,
  unitOfWorkContract,
  type ReleaseFeedHarness,
} from '@spillway/application/testing';
import { describe } from '@jest/globals';
import { freshPersistence } from './testing/fresh-persistence.js';

const make = async (): Promise<ReleaseFeedHarness> => {
  const persistence = await freshPersistence();
  return {
    uow: persistence.unitOfWork,
    feed: persistence.releaseFeed,
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
describe('hook call store', () => hookCallStoreContract(make));
describe('idempotency store', () => idempotencyStoreContract(make));
describe('release feed', () => releaseFeedContract(make));
describe('unit of work', () => unitOfWorkContract(make));
