import { describe } from '@jest/globals';
import { outgoingContract } from '../contract/outgoing-contract.js';
import { ScriptedOutgoing } from './scripted-outgoing.js';

describe('scripted outgoing calls', () => {
  outgoingContract(() => {
    const outgoing = new ScriptedOutgoing();
    let served = 0;
    const address = () => `https://endpoint-${(served += 1)}.test/`;
    return Promise.resolve({
      outgoing,
      serve: (endpoint) => {
        const url = address();
        outgoing.at(url, endpoint);
        return Promise.resolve(url);
      },
      vacant: () => Promise.resolve(address()),
      received: () => outgoing.sent.map((one) => ({ ...one, body: one.body ?? '' })),
    });
  });
});
