import { describe } from '@jest/globals';
import { proxyFleetContract } from '../contract/proxy-fleet-contract.js';
import { ScriptedFleet } from './scripted-fleet.js';

describe('a scripted fleet', () => {
  proxyFleetContract(() => {
    const fleet = new ScriptedFleet();
    return Promise.resolve({
      fleet,
      put: (name, state) => fleet.put(name, state),
      silence: () => fleet.silent('nobody is there'),
    });
  });
});
