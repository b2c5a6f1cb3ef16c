import type { Harness } from './harness.js';
import { releaseEventsContract } from './release-events-contract.js';
import { releaseGatesContract } from './release-gates-contract.js';
import { releaseListContract } from './release-list-contract.js';
import { releaseRecentContract } from './release-recent-contract.js';
import { releaseSaveContract } from './release-save-contract.js';
import { unsettledContract } from './unsettled-contract.js';

/** What every `ReleaseStore` promises. */
export function releaseStoreContract(make: () => Promise<Harness>): void {
  releaseSaveContract(make);
  releaseEventsContract(make);
  releaseGatesContract(make);
  releaseListContract(make);
  releaseRecentContract(make);
  unsettledContract(make);
}
