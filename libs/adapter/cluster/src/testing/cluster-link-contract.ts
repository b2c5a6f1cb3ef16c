import { afterEach, beforeEach } from '@jest/globals';
import { applyContract } from './apply-contract.js';
import type { ClusterHarness, MakeClusterHarness } from './cluster-harness.js';
import { endpointsContract } from './endpoints-contract.js';
import { patchContract } from './patch-contract.js';
import { removeContract } from './remove-contract.js';
import { rereadContract } from './reread-contract.js';
import { routingContract } from './routing-contract.js';
import { stateContract } from './state-contract.js';

/**
 * What every `ClusterLink` promises, whatever is behind it. Call it inside a
 * `describe`; each test gets a harness of its own.
 */
export function clusterLinkContract(make: MakeClusterHarness): void {
  let harness: ClusterHarness;
  beforeEach(async () => {
    harness = await make();
    await harness.eventually(() => harness.link.state().kind === 'ready');
  });
  afterEach(async () => {
    await harness.dispose();
  });

  applyContract(() => harness);
  patchContract(() => harness);
  removeContract(() => harness);
  rereadContract(() => harness);
  routingContract(() => harness);
  endpointsContract(() => harness);
  stateContract(() => harness);
}
